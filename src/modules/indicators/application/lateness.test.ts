import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cell, indicatorsOver } from '../../../../test/support/known-figures.ts';
import type { IndicatorState } from '../../../kernel/indicator.ts';
import { expectOk } from '../../../kernel/result.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { nameOf, type Definition } from '../domain/definition.ts';
import { addMonths, monthsBetween } from '../domain/months.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const [LAST, RUNNING] = ['2026-10', '2026-11'] as const;
const CELLS = monthsBetween(addMonths(LAST, -20), RUNNING).map((month) => cell('hund', month, { received: 40, decided: 40, automated: 20 }));
const TARGET: Partial<Definition> = {
  target: { value: 0.8, by: Temporal.PlainDate.from('2027-12-31'), source: 'Probe' },
  start: { value: 0.3, on: Temporal.PlainDate.from('2026-01-01') },
};
const { base: _, ...automation } = BUILT_IN.find(({ key }) => key === 'automation')!;
const DEFINITIONS = new Map(
  [
    ...BUILT_IN.map((one) => (one.key === 'automation' ? { ...one, ...TARGET } : one)),
    { ...automation, ...TARGET, key: 'people', kind: 'defined', formula: '1 - automation' } as const,
  ].map((one) => [nameOf(one.key), one]),
);
const read = (followedAt: Temporal.Instant | null, now = NOW) => indicatorsOver(CELLS, now, { definitions: DEFINITIONS, stamp: { followedAt } }).indicators;
const state = async (followedAt: Temporal.Instant | null, key: string): Promise<IndicatorState> => expectOk(await read(followedAt).one(key)).state;

describe('a journal that nobody reads any more', () => {
  it('gives figures of now within a day, with their light', async () => {
    const one = expectOk(await read(NOW.subtract({ hours: 24 })).one('automation'));
    assert.deepEqual([one.state, one.light?.light, one.cases], [{ kind: 'known', value: 0.5 }, 'yellow', 480]);
  });
  for (const key of ['automation', 'people', 'applications'])
    it(`${key}: later it is stale, says since when, and has neither light nor number of cases`, async () => {
      const since = NOW.subtract({ hours: 24, seconds: 1 });
      const one = expectOk(await read(since).one(key));
      assert.deepEqual([one.state.kind, one.state.kind === 'stale' && one.state.since.toString()], ['stale', since.toString()]);
      assert.deepEqual([one.light, one.cases, one.asOf?.toString()], [undefined, undefined, since.toString()]);
      assert.equal(expectOk(await read(since).one(key, { service: 'hund' })).state.kind, 'stale');
    });
  it('that was never read gives no number', async () => {
    for (const key of ['automation', 'people', 'applications', 'accounts', 'sensor-freshness']) {
      const unread = await state(null, key);
      assert.ok(unread.kind === 'unknown' && /noch nicht gelesen/.test(unread.reason.de), key);
    }
  });
  it('grows stale although nothing of it changes', async () => {
    let now = NOW;
    const { indicators } = indicatorsOver(CELLS, NOW, { stamp: { followedAt: NOW } }, () => now);
    assert.equal(expectOk(await indicators.one('automation')).state.kind, 'known');
    now = NOW.add({ hours: 25 });
    assert.equal(expectOk(await indicators.one('automation')).state.kind, 'stale');
  });
  it('ends its history where it was read to: later months are not zero', async () => {
    const history = await read(Temporal.Instant.from('2026-09-14T09:00:00Z')).history('applications');
    assert.deepEqual(history.at(-1), { month: '2026-08', value: 40, cases: 40 });
  });
});

describe('one application of long ago', () => {
  const cells = [cell('hund', '2019-03', { received: 1 }), ...CELLS];
  const firstAt = Temporal.Instant.from(`${addMonths(LAST, -20)}-03T09:00:00Z`);
  const { indicators } = indicatorsOver(cells, NOW, { stamp: { firstAt } });
  it('makes no years of zeros', async () => {
    const history = await indicators.history('applications', { months: 120 });
    assert.deepEqual([history.length, history[0]?.month], [21, addMonths(LAST, -20)]);
    assert.ok(history.every(({ value }) => value === 40));
  });
  it('and the forecast sees none', async () => {
    // months that are all the same are forecast by nobody
    const uneven = cells.map((one, index) => (index % 2 === 1 ? { ...one, counts: { ...one.counts, received: 50 } } : one));
    const forecast = (await indicatorsOver(uneven, NOW, { stamp: { firstAt } }).indicators.forecast('applications', 3))!;
    assert.match(forecast.method.de, /aus 21 Monaten/);
    assert.ok(forecast.points.every(({ low, mid, high }) => low >= 30 && mid >= 40 && mid <= 50 && high <= 60));
  });
  it('what was counted later begins later', async () => {
    const later = [...cells, cell('hund', '2026-05', { ratings: 20, rating_sum: 70 })];
    const history = await indicatorsOver(later, NOW, { stamp: { firstAt } }).indicators.history('satisfaction');
    assert.deepEqual([history[0]?.month, history[0]?.value], ['2026-05', 3.5]);
  });
});
