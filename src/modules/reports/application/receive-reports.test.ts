import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import { enterLage, readPicture } from '../../situation/public.ts';
import type { IncomingReport } from '../domain/report.ts';
import { eventDetails, eventList } from './read-reports.ts';
import { receiveReports, type Receipt } from './receive-reports.ts';

let city: LageCity;
let serial = 0;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

const report = (text: string, over: Partial<IncomingReport> = {}): Omit<IncomingReport, 'lageId'> => ({
  origin: 'person',
  sourceName: `Florian ${serial++}`,
  text,
  eventAt: city.ctx.clock(),
  receivedAt: city.ctx.clock(),
  ...over,
});

async function receive(key: string, reports: readonly Omit<IncomingReport, 'lageId'>[]): Promise<Receipt> {
  const { lage } = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
  return city.ctx.database.write(async (tx) => {
    const receipt = await receiveReports(
      tx,
      reports.map((one) => ({ ...one, lageId: lage.id })),
      city.ctx.clock(),
    );
    await city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, city.ctx.clock(), receipt.journal);
    return receipt;
  });
}

const HERE = { lon: 9.941, lat: 53.545, uncertaintyMetres: 30 };
const picture = async (key: string) => {
  const view = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
  return (await readPicture(city.ctx.database.read, view, { kinds: ['report'] })).objects;
};

describe('reports that come in', () => {
  it('are one by their source’s id, however often they are sent', async () => {
    const key = await city.lage('Einmal');
    const one = report('Keller voll Wasser am Fischmarkt', { sourceRef: 'a1', sourceName: 'Leitstelle' });
    assert.equal((await receive(key, [one, one])).repeats, 1);
    const again = await receive(key, [{ ...one, text: 'ganz anders' }]);
    assert.deepEqual([again.kept.length, again.repeats, again.journal.length], [0, 1, 0]);
    assert.equal(expectOk(await eventList(city.ctx, city.leader, key, { limit: 10 })).events.length, 1);
  });

  it('of one event become one thing of the picture, across transactions', async () => {
    const key = await city.lage('Feuer');
    const first = await receive(key, [report('Feuer am Fischmarkt, Flammen aus dem Dach', { place: HERE })]);
    const second = await receive(key, [
      report('Es brennt am Fischmarkt, starker Rauch', { place: { ...HERE, lat: 53.5452 } }),
      report('Verletzte Person am Baumwall'),
    ]);
    assert.equal(second.kept[0]!.eventId, first.kept[0]!.eventId);
    assert.notEqual(second.kept[1]!.eventId, first.kept[0]!.eventId);
    const objects = await picture(key);
    assert.deepEqual(
      new Set(objects.map(({ title, facts }) => JSON.stringify([title, facts['meldungen'], facts['quellen']]))),
      new Set(['["Feuer (2)",2,2]', '["Verletzte Person",1,1]']),
    );
    const details = expectOk(await eventDetails(city.ctx, city.leader, key, first.kept[0]!.eventId));
    assert.deepEqual(
      details.links.map(({ kind, reason }) => [kind, reason]),
      [['join', 'alike']],
    );
  });

  it('that contradict each other say so on both events', async () => {
    const key = await city.lage('Tor');
    await receive(key, [report('Tor 12 am Sandtorkai ist noch offen', { place: HERE })]);
    await receive(key, [report('Tor 12 am Sandtorkai ist geschlossen', { place: HERE })]);
    const [object] = await picture(key);
    assert.equal(object!.facts['widerspruch'], true);
  });

  it('of a flooding sender are counted, not lost and not without end', async () => {
    const key = await city.lage('Flut');
    const flood = Array.from({ length: 40 }, (_, n) => report(`Hilfe Nummer ${n} von mir`, { origin: 'social', sourceName: 'laut', sourceRef: `p${n}` }));
    const first = await receive(key, flood.slice(0, 30));
    const second = await receive(key, flood.slice(30));
    assert.deepEqual([first.kept.length, first.collapsed, second.kept.length, second.collapsed], [20, 10, 0, 10]);
    const { events } = expectOk(await eventList(city.ctx, city.leader, key, { limit: 50 }));
    assert.equal(
      events.reduce((sum, { collapsed }) => sum + collapsed, 0),
      20,
    );
    assert.equal(
      events.reduce((sum, { members }) => sum + members, 0),
      20,
    );
  });

  it('are many at once', async () => {
    const key = await city.lage('Viele');
    const many = Array.from({ length: 600 }, (_, n) =>
      report(`Baum liegt quer in der Straße ${n}`, {
        place: { lon: 9.8 + (n % 30) * 0.01, lat: 53.4 + Math.floor(n / 30) * 0.01, uncertaintyMetres: 20 },
        sourceRef: `v${n}`,
      }),
    );
    const receipt = await receive(key, many);
    assert.equal(receipt.kept.length, 600);
    assert.equal(new Set(receipt.kept.map(({ eventId }) => eventId)).size, 600);
  });
});

describe('two at once', () => {
  it('are taken in one after the other: nothing is doubled, nobody waits for ever', async () => {
    const key = await city.lage('Gleichzeitig');
    const receipts = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        receive(key, [report('Dachstuhl brennt am Sandtorkai', { place: HERE, sourceRef: `g${n % 4}`, sourceName: 'Leitstelle' })]),
      ),
    );
    assert.deepEqual([receipts.flatMap(({ kept }) => kept).length, receipts.reduce((sum, { repeats }) => sum + repeats, 0)], [4, 4]);
    const { events } = expectOk(await eventList(city.ctx, city.leader, key, { limit: 10 }));
    assert.deepEqual(
      events.map(({ number, members, sources }) => [number, members, sources]),
      [[1, 4, 1]],
    );
  });
});
