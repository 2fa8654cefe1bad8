import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inOrder, mergeVersions, type Version } from './merge-versions.ts';

const version = (id: string, basis: string, eventAt = 0, about = 'task:1'): Version<string> => ({ id, about, basis, eventAt, value: id });

describe('versions of a thing written apart', () => {
  it('a chain has one end, which is shown', () => {
    const merged = mergeVersions([version('a', 'desk', 1), version('b', 'a', 2), version('c', 'b', 3)]);
    assert.deepEqual(
      merged.map(({ shown, open }) => [shown.id, open.length]),
      [['c', 1]],
    );
  });

  it('two that build on the same stay open for a person to decide; the later one is shown', () => {
    const [{ shown, open } = { shown: undefined, open: [] }] = mergeVersions([version('b', 'desk', 2), version('a', 'desk', 5)]);
    assert.deepEqual([shown?.id, open.map(({ id }) => id)], ['a', ['b', 'a']]);
  });

  it('whoever has seen both and decides closes it', () => {
    const versions = [version('a', 'desk', 1), version('b', 'a', 2), version('c', 'b', 3)];
    assert.equal(mergeVersions(versions)[0]!.open.length, 1);
  });

  it('comes to the same whatever the order and the number of times they arrive, and in parts', () => {
    const one = fc.record({
      phone: fc.integer({ min: 0, max: 4 }),
      about: fc.constantFrom('task:1', 'task:2', 'unit:1'),
      eventAt: fc.integer({ min: 0, max: 20 }),
      seen: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.infiniteStream(fc.nat()), fc.nat(40), (entries, order, cut) => {
        const versions = entries.map(({ phone, about, eventAt, seen }, i) => ({
          id: `${i}-${phone}`,
          about,
          eventAt,
          basis: seen < i ? `${seen}-${entries[seen]!.phone}` : 'desk',
          value: i,
        }));
        const shuffled = versions
          .map((value) => ({ value, at: order.next().value as number }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ value }) => value);
        const twice = [...shuffled, ...versions.slice(0, cut)];
        assert.deepEqual(mergeVersions(twice), mergeVersions(versions));
        assert.deepEqual(inOrder(twice), inOrder(versions));
        // no version is lost: each is open, or somebody has built upon it
        const open = mergeVersions(versions).flatMap((thing) => thing.open.map(({ id }) => id));
        for (const { id, about } of versions) assert.ok(open.includes(id) || versions.some((other) => other.basis === id && other.about === about));
      }),
    );
  });
});
