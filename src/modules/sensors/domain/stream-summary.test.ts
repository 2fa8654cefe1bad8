import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { summariesOf } from './stream-summary.ts';

const START = Temporal.Instant.from('2026-03-29T00:00:00Z');
/** The same instants, written in every way that devices write them. */
const written = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom('millisecond', 'second', 'auto', 'offset')).map(([milliseconds, how]) => {
  const at = START.add({ milliseconds: how === 'second' ? milliseconds - (milliseconds % 1000) : milliseconds });
  return how === 'offset' ? at.toString({ timeZone: 'Europe/Berlin' }) : at.toString(how === 'auto' ? {} : { smallestUnit: how as 'second' });
});

describe('what observations say of their stream', () => {
  it('is what looking at each of them says', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record(
            { streamId: fc.integer({ min: 1, max: 3 }), phenomenonStart: written, resultTime: written, featureId: fc.integer({ min: 1, max: 4 }) },
            { requiredKeys: ['streamId', 'phenomenonStart'] },
          ),
          { minLength: 1, maxLength: 30 },
        ),
        (rows) => {
          const of = (text: string): bigint => Temporal.Instant.from(text).epochNanoseconds;
          const ids = rows.map((_, index) => 100 + index);
          const found = summariesOf(rows, ids);
          assert.deepEqual(
            found.map(({ streamId }) => streamId),
            [...new Set(rows.map(({ streamId }) => streamId))].toSorted((a, b) => a - b),
          );
          for (const one of found) {
            const own = rows.flatMap((row, index) => (row.streamId === one.streamId ? [{ ...row, id: ids[index]! }] : []));
            const starts = own.map(({ phenomenonStart }) => of(phenomenonStart)).toSorted((a, b) => (a < b ? -1 : 1));
            assert.equal(one.observations, own.length);
            assert.deepEqual([of(one.phenomenonStart), of(one.phenomenonEnd), of(one.latestStart)], [starts[0], starts.at(-1), starts.at(-1)]);
            assert.equal(one.latestId, own.findLast(({ phenomenonStart }) => of(phenomenonStart) === starts.at(-1))!.id);
            const results = own.flatMap(({ resultTime }) => (resultTime === undefined ? [] : [of(resultTime)])).toSorted((a, b) => (a < b ? -1 : 1));
            assert.deepEqual(
              [one.resultStart, one.resultEnd].map((text) => text && of(text)),
              [results[0], results.at(-1)],
            );
            assert.deepEqual(new Set(one.featureIds), new Set(own.flatMap(({ featureId }) => featureId ?? [])));
          }
        },
      ),
    );
  });
  it('ends with the period that ends last', () => {
    const rows = [
      { streamId: 1, phenomenonStart: '2026-01-01T00:00:00Z', phenomenonEnd: '2026-01-03T00:00:00Z' },
      { streamId: 1, phenomenonStart: '2026-01-02T00:00:00Z' },
    ];
    const [one] = summariesOf(rows, [1, 2]);
    assert.deepEqual([one!.phenomenonEnd, one!.latestId], ['2026-01-03T00:00:00Z', 2]);
  });
});
