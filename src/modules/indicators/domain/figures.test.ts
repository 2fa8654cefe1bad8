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
  it('are hidden, and never alone, so that the sum minus the others tells nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 12 }), (all) => {
        const rows = new Map(all.map((n, index) => [index, n]));
        const hidden = [...hiddenRows(rows)].map((index) => rows.get(index)!);
        for (const [index, n] of rows) if (n > 0 && n < FEWEST) assert.ok(hiddenRows(rows).has(index));
        if (hidden.length === 0) return;
        const others = [...rows.values()].filter((n) => n > 0).length - hidden.length;
        // what is left when all others are taken from the sum: at least ten cases of at least two, or nothing is shown beside it
        const among = hidden.reduce((sum, n) => sum + n, 0);
        assert.ok(others === 0 || (hidden.length >= 2 && among >= FEWEST), JSON.stringify({ all, hidden }));
      }),
    );
  });
  it('hides nothing where all are enough', () =>
    assert.equal(
      hiddenRows(
        new Map([
          ['a', 10],
          ['b', 11],
          ['c', 0],
        ]),
      ).size,
      0,
    ));
});
