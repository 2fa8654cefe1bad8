import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cell, indicatorsOver } from '../../../../test/support/known-figures.ts';
import type { Indicators } from '../../../kernel/indicator.ts';
import { expectOk } from '../../../kernel/result.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { nameOf } from '../domain/definition.ts';
import { Figures } from '../domain/figures.ts';
import type { Cell } from '../domain/fold.ts';
import { addMonths, monthsBetween } from '../domain/months.ts';
import type { Known } from './desk.ts';
import { indicatorsAt } from './indicators.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const MONTHS = monthsBetween('2025-01', '2026-11');
const definitions = new Map(BUILT_IN.map((one) => [nameOf(one.key), one]));
const rowOf = (service: string, month: string, n: number): Cell =>
  cell(service, month, {
    received: n,
    counter: n,
    counter_records: 1,
    decided: n,
    automated: 20,
    completed: n,
    complete_first: 20,
    ratings: n,
    rating_sum: 3 * n,
  });
const start: readonly Cell[] = MONTHS.flatMap((month, index) => [
  ...['hund', 'baum', 'haus'].map((service, place) => rowOf(service, month, 60 + 5 * index + place)),
  cell('', month, { accounts: 20, eid_accounts: 10 }),
]);

/** Everything that is remembered of the city. */
const told = async (indicators: Indicators): Promise<unknown> =>
  Promise.all(
    BUILT_IN.map(async ({ key }) => [
      expectOk(await indicators.one(key)),
      await indicators.history(key, { months: 120 }),
      await indicators.during(key, { first: '2026-07', last: '2026-09' }),
      await indicators.forecast(key, 6),
      await indicators.forecast(key, 6, { until: '2026-06' }),
    ]),
  );

describe('what is remembered of the months', () => {
  it('is what would be reckoned anew, whatever month changes', async () => {
    const figures = new Figures();
    figures.take(start);
    let known: Known = {
      imported: new Map(),
      definitions,
      figures,
      stamp: { seq: 1, revision: 0, followedAt: NOW, firstAt: Temporal.Instant.from('2020-01-01T00:00:00Z') },
    };
    const indicators = indicatorsAt({ known: async () => known }, () => NOW);
    let cells = start;
    await told(indicators);
    for (const changed of [
      rowOf('hund', '2026-11', 300),
      rowOf('baum', '2026-08', 4),
      cell('', '2025-02', { accounts: 300, eid_accounts: 40 }),
      rowOf('neu', '2026-09', 500),
      rowOf('hund', '2024-12', 50),
    ]) {
      figures.take([changed]);
      known = { ...known, stamp: { ...known.stamp, seq: known.stamp.seq + 1 } };
      cells = [...cells.filter(({ service, month }) => service !== changed.service || month !== changed.month), changed];
      assert.deepEqual(await told(indicators), await told(indicatorsOver(cells, NOW).indicators), `${changed.service} ${changed.month}`);
    }
  });
  it('the forecast of a month gone by is made of the months until it', async () => {
    const { indicators } = indicatorsOver(start, NOW);
    const then = (await indicators.forecast('automation', 3, { until: '2026-06' }))!;
    assert.equal(then.points[0]!.month, '2026-07');
    assert.match(then.method.de, /aus 18 Monaten/);
    assert.equal((await indicators.forecast('automation', 3))!.points[0]!.month, addMonths('2026-10', 1));
  });
  it('whole things are forecast whole, and what never changes is not forecast', async () => {
    const { indicators } = indicatorsOver(
      MONTHS.map((month, index) => cell('', month, { consultations: 40 + 7 * (index % 5), ratings: 40, rating_sum: 120 })),
      NOW,
    );
    const values = (await indicators.forecast('consultations', 6))!.points.flatMap(({ low, mid, high }) => [low, mid, high]);
    assert.ok(
      values.every((value) => Number.isInteger(value)),
      values.join(' '),
    );
    assert.equal(await indicators.forecast('satisfaction', 6), undefined);
  });
});
