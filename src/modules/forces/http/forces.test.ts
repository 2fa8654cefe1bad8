import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { placeUnits } from '../public.ts';

let city: LageCity;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

interface Rec {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly body: Record<string, unknown>;
}
const unit = (callSign: string, over: object = {}): object => ({ callSign, organisation: 'thw', strength: '1/2/6//9', ...over });
const make = async (key: string, path: string, body: object, id?: string): Promise<Rec> =>
  (await city.json('leader', 'POST', `/api/lagen/${key}/${path}`, { ...(id === undefined ? {} : { id }), body })) as unknown as Rec;
const step = (who: string, key: string, path: string, { id, version }: Rec, what: object, more: object = {}): Promise<Response> =>
  city.call(who, 'POST', `/api/lagen/${key}/${path}/${id}/schritte`, { basis: version, step: what, ...more });
const objects = async (key: string): Promise<Record<string, unknown>[]> =>
  (await city.json('leader', 'GET', `/api/lagen/${key}/objects`))['items'] as Record<string, unknown>[];

describe('units', () => {
  it('made twice with one id are one, and stand in the picture', async () => {
    const key = await city.lage('Zweimal');
    const id = randomUUID();
    const [first, second] = [await make(key, 'kraefte', unit('HLRW 21-1'), id), await make(key, 'kraefte', unit('HLRW 21-1'), id)];
    assert.deepEqual([first.number, second.number, second.version], [1, 1, 1]);
    assert.equal((await make(key, 'kraefte', unit('HLRW 21-2'))).number, 2);
    const shown = (await objects(key)).find((one) => one['id'] === `unit:${id}`);
    assert.equal((shown!['facts'] as Record<string, unknown>)['staerke'], '1/2/6//9');
  });

  it('do not share a call sign, and a wrong sum is told at its field', async () => {
    const key = await city.lage('Rufname');
    await make(key, 'kraefte', unit('Florian 1'));
    const same = await city.call('leader', 'POST', `/api/lagen/${key}/kraefte`, { body: unit('FLORIAN 1') });
    assert.equal(same.status, 422);
    const sum = await city.call('leader', 'POST', `/api/lagen/${key}/kraefte`, { body: unit('Florian 2', { strength: '1/2/6//10' }) });
    assert.equal(sum.status, 422);
    assert.match(await sum.text(), /strength.*sind 9, nicht 10/);
  });

  it('a change based on an old version is refused with both shown; sent twice it is one', async () => {
    const key = await city.lage('Zugleich');
    const one = await make(key, 'kraefte', unit('Florian 3'));
    const changeId = randomUUID();
    assert.equal((await step('leader', key, 'kraefte', one, { step: 'status', status: 'anfahrt' }, { changeId })).status, 200);
    const again = await step('leader', key, 'kraefte', one, { step: 'status', status: 'anfahrt' }, { changeId });
    assert.equal(((await again.json()) as Rec).version, 2);
    const late = await step('leader', key, 'kraefte', one, { step: 'status', status: 'ruhe' });
    assert.equal(late.status, 409);
    const { current } = (await late.json()) as { current: Rec };
    assert.deepEqual([current.version, current.body['status']], [2, 'anfahrt']);
  });

  it('move many at once with one entry of the journal, the newest counts, and no version is counted', async () => {
    const key = await city.lage('Ortung');
    const one = await make(key, 'kraefte', unit('Boot 1'));
    const { ctx } = city;
    const opened = await ctx.database.read.selectFrom('situation.lage').select('id').where('key', '=', key).executeTakeFirstOrThrow();
    const now = ctx.clock();
    const place = (lon: number, seconds: number) => ({ callSign: 'boot 1', place: { lon, lat: 53.5 }, at: now.subtract({ seconds }) });
    await ctx.database.write(async (tx) => {
      const entry = await placeUnits(tx, opened.id, [place(9.9, 20), place(10, 5), place(9.8, 60), { ...place(1, 1), callSign: 'niemand' }], now);
      assert.equal((entry.payload as { count: number }).count, 1);
      await ctx.journal.append(tx, { kind: 'system' } as never, now, [entry]);
    });
    const shown = (await objects(key)).find((object) => object['id'] === `unit:${one.id}`);
    assert.deepEqual((shown!['geometry'] as { coordinates: number[] }).coordinates, [10, 53.5]);
    assert.equal((await step('leader', key, 'kraefte', one, { step: 'status', status: 'einsatz' })).status, 200);
  });

  it('released leave the picture and free their call sign', async () => {
    const key = await city.lage('Entlassen');
    const one = await make(key, 'kraefte', unit('Florian 4'));
    assert.equal((await step('leader', key, 'kraefte', one, { step: 'status', status: 'entlassen' })).status, 200);
    assert.deepEqual(await objects(key), []);
    assert.equal((await make(key, 'kraefte', unit('Florian 4'))).number, 2);
  });
});

describe('who may', () => {
  it('a phone reports for its own unit and its task, and for nothing else', async () => {
    const key = await city.lage('Telefon');
    const member = await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, {
      staffId: city.stranger.staffId,
      organisation: 'THW',
      function: 'einheit',
    });
    const own = await make(key, 'kraefte', unit('Heros 1', { memberId: member['id'] }));
    const other = await make(key, 'kraefte', unit('Heros 2'));
    const task = await make(key, 'auftraege', { title: 'Pumpen am Fährstieg', unitId: own.id });
    assert.equal((await step('stranger', key, 'kraefte', own, { step: 'status', status: 'einsatz' })).status, 200);
    assert.equal((await step('stranger', key, 'kraefte', other, { step: 'status', status: 'einsatz' })).status, 403);
    assert.equal((await step('stranger', key, 'auftraege', task, { step: 'withdraw' })).status, 403);
    assert.equal((await step('stranger', key, 'auftraege', task, { step: 'acknowledge' })).status, 200);
    assert.equal((await city.call('stranger', 'POST', `/api/lagen/${key}/kraefte`, { body: unit('Heros 3') })).status, 403);
  });

  it('who does not belong to the Lage sees nothing of it', async () => {
    const key = await city.lage('Fremd');
    assert.equal((await city.call('stranger', 'GET', `/api/lagen/${key}/kraefte`)).status, 404);
  });
});

describe('the overview', () => {
  it('sums strength and names what is missing', async () => {
    const key = await city.lage('Lücken');
    await make(key, 'kraefte', unit('A', { reliefAt: '2026-11-28T18:00:00Z' }));
    await make(key, 'kraefte', unit('B', { organisation: 'drk', strength: '0/1/3' }));
    await make(key, 'auftraege', { title: 'Tor 7 schließen', deadline: '2026-11-28T18:30:00Z' });
    const request = await make(key, 'anforderungen', { what: 'Pumpen', quantity: 4 });
    await step('leader', key, 'anforderungen', request, { step: 'fulfil', quantity: 3 });
    const sums = (await city.json('leader', 'GET', `/api/lagen/${key}/kraefte/uebersicht`)) as { total: string; gaps: { kind: string; missing?: number }[] };
    assert.equal(sums.total, '1/3/9//13');
    assert.deepEqual(sums.gaps.map(({ kind, missing }) => `${kind} ${missing ?? ''}`.trim()).toSorted(), [
      'relief-due',
      'request 1',
      'task-overdue',
      'task-without-unit',
    ]);
  });

  it('keeps each count of a shelter with who and when, and pages by cursor', async () => {
    const key = await city.lage('Belegung');
    const school = await make(key, 'unterkuenfte', { name: 'Schule', capacity: 2 });
    await step('leader', key, 'unterkuenfte', school, { step: 'count', count: 2 });
    const { changes, body } = (await city.json('leader', 'GET', `/api/lagen/${key}/unterkuenfte/${school.id}`)) as unknown as {
      changes: Rec[];
      body: Rec['body'];
    };
    assert.deepEqual([changes.length, body['state'], body['occupancy']], [2, 'full', 2]);
    await make(key, 'unterkuenfte', { name: 'Halle', capacity: 5 });
    const first = await city.json('leader', 'GET', `/api/lagen/${key}/unterkuenfte?limit=1`);
    const second = await city.json('leader', 'GET', `/api/lagen/${key}/unterkuenfte?limit=1&cursor=${String(first['next'])}`);
    assert.deepEqual(
      (second['items'] as Rec[]).map((one) => one.body['name']),
      ['Halle'],
    );
  });
});
