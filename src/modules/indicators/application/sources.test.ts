import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { engines, temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import { memoryLog } from '../../../../test/support/test-server.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { Indicators, IndicatorState } from '../../../kernel/indicator.ts';
import { expectOk, ok, refuse } from '../../../kernel/result.ts';
import type { Database } from '../../../platform/database/port.ts';
import { createJournal } from '../../../platform/journal/journal.ts';
import { allValues, findSource } from '../store/sources.ts';
import type { IndicatorsContext } from './context.ts';
import { define } from './define.ts';
import { Desk } from './desk.ts';
import { fetchDue, fetchNow } from './fetch-sources.ts';
import { indicatorsAt } from './indicators.ts';
import { setSource, type SourceInput } from './sources.ts';

const STRATEGY: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000000a', roles: ['strategie'], authorities: [] };
const START = Temporal.Instant.from('2026-11-24T09:00:00Z');
const three = { de: 'Probe', en: 'Probe', leicht: 'Probe' };

let database: Database;
let ctx: IndicatorsContext;
let indicators: Indicators;
let now = START;
/** What other computers answer, by the beginning of the address; the addresses that were asked. */
const answers = new Map<string, string | (() => never)>();
let asked: string[] = [];

before(async () => {
  ({ database } = await temporaryDatabase(engines[0]));
  ctx = {
    ...{ database, journal: createJournal(), clock: () => now, log: memoryLog(), ports: {}, serviceName: () => undefined },
    settings: { env: 'demo', publicUrl: 'http://localhost:8080', city: 'Demo-Stadt' },
    outbound: {
      async text(url) {
        asked.push(decodeURIComponent(url.replaceAll('+', ' ')));
        const found = [...answers].filter(([begin]) => asked.at(-1)!.includes(begin)).at(-1)?.[1];
        if (found === undefined) return refuse({ kind: 'unavailable', detail: 'Niemand antwortet.' });
        return ok({ text: typeof found === 'string' ? found : found(), mediaType: 'text/plain' });
      },
      download: () => assert.fail('nothing is downloaded'),
      admit: () => assert.fail('no other protocol'),
    },
  };
  indicators = indicatorsAt(new Desk(ctx), ctx.clock);
});
after(() => database.close());
beforeEach(() => {
  answers.clear();
  [asked, now] = [[], START];
});

const csv = (key: string, more: Partial<SourceInput> = {}): SourceInput => ({
  ...{ key, active: true, kind: 'csv', url: `https://daten.example/${key}`, value: 'wert', day: 'tag', query: '', aggregate: 'mean' },
  ...{ days: 1, everyHours: 24, staleAfterDays: 40 },
  ...more,
});
async function sourceOf(input: SourceInput): Promise<void> {
  const { ok: known } = await indicators.one(input.key);
  if (!known)
    expectOk(
      await define(ctx, STRATEGY, {
        ...{ key: input.key, kind: 'imported', name: three, definition: three, confidenceReason: three, formula: '', unit: 'count', better: 'more' },
        ...{ origin: 'imported', source: 'Probe', owner: 'Leitstelle', confidence: 'high', reason: 'Probe', version: 0 },
      }),
    );
  expectOk(await setSource(ctx, STRATEGY, input));
}
const state = async (key: string): Promise<IndicatorState> => expectOk(await indicators.one(key)).state;
const valuesOf = async (key: string): Promise<number> => (await allValues(database.read)).filter((one) => one.key === key).length;
const TWO = 'tag,wert\n2026-11-01,5\n2026-11-20,7\n';

describe('another source', () => {
  for (const [name, other] of Object.entries({
    url: { url: 'https://daten.example/anderswo' },
    kind: { kind: 'json', value: '/wert' },
    value: { value: 'anzahl' },
    day: { day: 'stand' },
    query: { query: 'select ?x where {}' },
    aggregate: { aggregate: 'sum' },
  } as const))
    it(`takes the figures of the one before with it: another ${name}`, async () => {
      const key = `other-${name}`;
      answers.set(key, TWO);
      await sourceOf(csv(key));
      expectOk(await fetchNow(ctx, STRATEGY, key));
      assert.deepEqual(await state(key), { kind: 'known', value: 7 });
      await sourceOf(csv(key, other));
      assert.equal(await valuesOf(key), 0);
      assert.equal((await state(key)).kind, 'unknown', 'the old figure is not one of the new source');
      const kept = (await ctx.journal.readStream(database.read, `indicators:${key}`)).filter(({ kind }) => kind === 'indicators.source-set');
      assert.deepEqual(
        kept.map(({ payload }) => payload['dropped']),
        [undefined, 2],
      );
    });
  it('is the same one when it is only asked more often: figures stay', async () => {
    answers.set('same', TWO);
    await sourceOf(csv('same'));
    expectOk(await fetchNow(ctx, STRATEGY, 'same'));
    await sourceOf(csv('same', { everyHours: 1, staleAfterDays: 60, active: false }));
    assert.equal(await valuesOf('same'), 2);
  });
  it('that is set while the one before still answers is not given its figures', async () => {
    await sourceOf(csv('slow'));
    const slow: IndicatorsContext = {
      ...ctx,
      outbound: {
        ...ctx.outbound,
        async text() {
          await sourceOf(csv('slow', { url: 'https://daten.example/neu' }));
          return ok({ text: TWO, mediaType: 'text/csv' });
        },
      },
    };
    const late = await fetchNow(slow, STRATEGY, 'slow');
    assert.ok(!late.ok && late.problem.kind === 'conflict');
    assert.equal(await valuesOf('slow'), 0);
  });
});

describe('all sources that are due', () => {
  it('are asked, also where the program breaks on one before them', async () => {
    now = START.add({ hours: 24 * 40 });
    await fetchDue(ctx);
    await sourceOf(csv('aa-broken', { url: 'https://daten.example/aa-broken' }));
    await sourceOf(csv('zz-later', { url: 'https://daten.example/zz-later' }));
    answers.set('aa-broken', () => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    answers.set('zz-later', TWO);
    assert.deepEqual(await fetchDue(ctx), { fetched: 1, failed: 1 });
    assert.equal(await valuesOf('zz-later'), 2);
    const broken = (await findSource(database.read, 'aa-broken'))!;
    assert.match(broken.problem!, /konnte Kontor nicht verarbeiten/);
    assert.equal(broken.triedAt?.toString(), now.toString(), 'it is not tried again at once');
  });
  it('a day that no database takes is refused with its place', async () => {
    answers.set('odd-day', 'tag,wert\n2026-11-01,5\n+012026-11-02,7\n');
    await sourceOf(csv('odd-day'));
    const odd = await fetchNow(ctx, STRATEGY, 'odd-day');
    assert.ok(!odd.ok && /„\+012026-11-02“ \(Zeile 3\) ist kein Tag/.test(odd.problem.detail));
  });
});

describe('a Datastream', () => {
  const rows = (...days: string[]): string => JSON.stringify({ value: days.map((day) => ({ result: 3, phenomenonTime: `${day}T10:00:00Z` })) });
  const stream = (key: string, more: Partial<SourceInput> = {}): SourceInput =>
    csv(key, { kind: 'sensorthings', url: `https://sta.example/${key}`, aggregate: 'count', staleAfterDays: 3, ...more });
  const fetchOn = async (key: string, day: string, inDay: string, newest: string): Promise<IndicatorState> => {
    now = Temporal.Instant.from(`${day}T09:00:00Z`);
    answers.clear();
    answers.set(`${key}/Observations`, inDay);
    answers.set('phenomenonTime desc', newest);
    await fetchNow(ctx, STRATEGY, key);
    return state(key);
  };
  it('that counts nothing on a day is 0 as long as it is alive, and stale with its last day once it is not', async () => {
    await sourceOf(stream('dead'));
    assert.deepEqual(await fetchOn('dead', '2026-11-11', rows('2026-11-10', '2026-11-10'), rows('2026-11-10')), { kind: 'known', value: 2 });
    assert.deepEqual(await fetchOn('dead', '2026-11-12', rows(), rows('2026-11-10')), { kind: 'known', value: 0 });
    assert.ok(asked.some((url) => url.includes('$orderby=phenomenonTime desc') && url.includes('$top=1')));
    const gone = { kind: 'stale', last: 2, since: Temporal.PlainDate.from('2026-11-10').toZonedDateTime('Europe/Berlin').toInstant() };
    assert.deepEqual(await fetchOn('dead', '2026-11-14', rows(), rows('2026-11-10')), gone);
    assert.match((await findSource(database.read, 'dead'))!.problem!, /zuletzt am 10\.11\.2026/);
    assert.deepEqual(await fetchOn('dead', '2026-12-20', rows(), rows('2026-11-10')), gone, 'a zero of yesterday would look fresh');
    assert.deepEqual(await fetchOn('dead', '2026-12-22', rows('2026-12-21'), rows('2026-12-21')), { kind: 'known', value: 1 }, 'it lives again');
  });
  it('whose days reach further back than it may be silent is stale, too', async () => {
    await sourceOf(stream('week', { days: 7, aggregate: 'sum', staleAfterDays: 3 }));
    assert.deepEqual(await fetchOn('week', '2026-11-12', rows('2026-11-10', '2026-11-11'), ''), { kind: 'known', value: 6 });
    const silent = await fetchOn('week', '2026-11-16', rows('2026-11-10', '2026-11-11'), '');
    assert.ok(silent.kind === 'stale' && silent.since.toString() === '2026-11-10T23:00:00Z' && silent.last === 6, JSON.stringify(silent));
  });
  it('that never measured has no figure', async () => {
    await sourceOf(stream('never'));
    assert.equal((await fetchOn('never', '2026-11-12', rows(), rows())).kind, 'unknown');
    assert.match((await findSource(database.read, 'never'))!.problem!, /noch nie gemessen/);
  });
});
