import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { daysQuantile, Figures } from './figures.ts';
import { emptyCell, type Cell } from './fold.ts';
import { FEWEST } from '../../../kernel/few.ts';
import { hiddenRows } from './suppression.ts';

const cell = (service: string, month: string, counts: Record<string, number>, more: Partial<Cell> = {}): Cell => ({
  ...emptyCell(service, month),
  counts,
  ...more,
});

describe('quantiles of whole days', () => {
  it('are the nearest rank, exactly as in a sorted list', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 80 }), fc.constantFrom(0.5, 0.9), (all, share) => {
        const days: Record<string, number> = {};
        for (const day of all) days[day] = (days[day] ?? 0) + 1;
        const sorted = all.toSorted((a, b) => a - b);
        const rank = sorted.findIndex((_, index) => (index + 1) * 10 >= share * 10 * sorted.length);
        assert.equal(daysQuantile(days, share), sorted[rank]);
      }),
    );
  });
  it('of nothing are nothing', () => assert.equal(daysQuantile({}, 0.5), undefined));
});

describe('what names stand for', () => {
  const figures = new Figures();
  figures.take([
    cell('hund', '2026-01', { received: 30, counter: 10, counter_records: 1 }, { days: { '3': 5, '9': 1 } }),
    cell('hund', '2026-02', { received: 40 }),
    cell('baum', '2026-01', { received: 7 }, { days: { '20': 4 } }),
    cell('', '2026-01', { accounts: 5 }, { snapshot: { open_data: 3 } }),
    cell('', '2026-02', { accounts: 2 }, { snapshot: { open_data: 4 } }),
  ]);
  const year = figures.of(['2026-01', '2026-02']);
  it('the online share has only services and months that a counter counted', () => {
    assert.deepEqual([year.value('online_matched'), year.value('counter'), year.value('received')], [30, 10, 77]);
    assert.deepEqual([figures.of(['2026-02']).value('online_matched'), figures.of(['2026-02']).value('counter')], [undefined, undefined]);
  });
  it('a count that was taken back is none: the share stays unknown', () => {
    const undone = new Figures();
    undone.take([cell('hund', '2026-01', { received: 30, online_matched: 30, counter: 0, counter_records: 2 })]);
    assert.deepEqual([undone.of(['2026-01']).value('online_matched'), undone.of(['2026-01']).value('counter')], [undefined, undefined]);
  });
  it('days are joined before they are ranked', () => assert.equal(year.value('p90_days'), 20));
  it('stocks add up until the end of the time, snapshots are the last', () => {
    assert.deepEqual([figures.of(['2026-01']).value('accounts'), figures.of(['2026-02']).value('accounts')], [5, 7]);
    assert.equal(year.value('open_data'), 4);
  });
  it('one service is told alone', () => {
    assert.equal(figures.of(['2026-01'], 'baum').value('received'), 7);
    assert.deepEqual(figures.services(), ['baum', 'hund']);
  });
});

describe('fewer than ten', () => {
  const part = fc.oneof(fc.nat(14), fc.nat(40));
  it('are hidden, and what is left when all others are taken from the sum is nothing, or ten cases of two rows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { maxLength: 12 }), (all) => {
        const rows = new Map(all.map((parts, index) => [index, parts]));
        const { hidden, safe } = hiddenRows(rows);
        for (const [index, parts] of rows) if (parts.some((n) => n > 0 && n < FEWEST)) assert.ok(hidden.has(index));
        for (const at of [0, 1] as const) {
          const some = [...hidden].map((index) => rows.get(index)![at]).filter((n) => n > 0);
          const among = some.reduce((sum, n) => sum + n, 0);
          if (safe && some.some((n) => n < FEWEST)) assert.ok(some.length >= 2 && among >= FEWEST && among > some.length, JSON.stringify({ all, some }));
        }
        // only where nothing more can be hidden, the sum itself must not be told
        if (!safe)
          assert.ok(
            [0, 1].some((at) => [...rows].every(([index, parts]) => hidden.has(index) || parts[at] === 0)),
            JSON.stringify(all),
          );
      }),
    );
  });
  it('of one part: exactly one small row takes the next smallest with it', () => {
    const rows = (all: Record<string, number>): Map<string, number[]> => new Map(Object.entries(all).map(([key, n]) => [key, [n]]));
    assert.deepEqual([...hiddenRows(rows({ a: 4, b: 30, c: 12, d: 0 })).hidden], ['a', 'c']);
    assert.deepEqual([...hiddenRows(rows({ a: 4, b: 3, c: 12 })).hidden], ['a', 'b', 'c'], 'seven cases are too few for two');
    assert.deepEqual([...hiddenRows(rows({ a: 10, b: 11, c: 0 })).hidden], []);
    assert.equal(hiddenRows(rows({ a: 4 })).safe, false);
  });
  it('ten rows with one case each would be told by their sum', () =>
    assert.equal(hiddenRows(new Map(Array.from({ length: 10 }, (_, index) => [index, [1]]))).safe, false));
});
