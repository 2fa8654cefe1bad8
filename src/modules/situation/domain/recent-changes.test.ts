import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LAYERS, type Layer, type StaffFunction } from '../../../kernel/lage.ts';
import type { Box } from '../../../kernel/picture.ts';
import { RecentChanges, type LiveChange, type Looking } from './recent-changes.ts';

const all = new Set<Layer>(LAYERS);
const viewer = (box?: Box, who: StaffFunction = 'S3', layers: ReadonlySet<Layer> = all): Looking => ({ function: who, layers, box });
const at = (x: number, y = 0): Box => ({ west: x, east: x, south: y, north: y });
const HERE: Box = { west: 0, south: -1, east: 10, north: 1 };
const change = (seq: number, id: string, box: Box | undefined, more: Partial<LiveChange> = {}): LiveChange => ({
  seq,
  id,
  layer: 'kraefte',
  needToKnow: null,
  box,
  json: Buffer.from(`${id}@${seq}`),
  ...more,
});
const told = (changes: RecentChanges, after: number, who: Looking): { objects: string[]; gone: readonly string[] } => {
  const { objects, gone } = changes.since(after, who);
  return { objects: objects.map((json) => Buffer.from(json).toString()), gone };
};

describe('the newest changes of a picture', () => {
  it('gives each object once, as it is now, in the order of its last change', () => {
    const changes = new RecentChanges(0, 100);
    changes.add([change(1, 'a', at(1)), change(2, 'b', at(2)), change(3, 'a', at(3))], 0);
    assert.deepEqual(told(changes, 0, viewer()), { objects: ['b@2', 'a@3'], gone: [] });
    assert.deepEqual(told(changes, 2, viewer()), { objects: ['a@3'], gone: [] });
    assert.deepEqual(told(changes, 3, viewer()), { objects: [], gone: [] });
  });

  it('tells who looked where a thing was that it has gone, and nobody else', () => {
    const changes = new RecentChanges(0, 100);
    changes.add([change(1, 'a', at(5)), change(2, 'far', at(50))], 0);
    changes.add([change(3, 'a', at(20)), change(4, 'far', at(51))], 100);
    assert.deepEqual(told(changes, 2, viewer(HERE)), { objects: [], gone: ['a'] });
    assert.deepEqual(told(changes, 2, viewer({ ...HERE, west: 19, east: 21 })), { objects: ['a@3'], gone: [] });
  });

  it('tells a viewer who is further behind than the reach, whatever part they look at', () => {
    const changes = new RecentChanges(0, 100);
    for (const [seq, x] of [5, 30, 60, 90].entries()) changes.add([change(seq + 1, 'a', at(x))], seq * 10_000);
    assert.deepEqual(told(changes, 1, viewer(HERE)), { objects: [], gone: ['a'] }, 'it was here when they last heard');
    assert.deepEqual(told(changes, 3, viewer(HERE)), { objects: [], gone: [] });
  });

  it('gives what has no place to everybody, and what is not for them to nobody', () => {
    const changes = new RecentChanges(0, 100);
    changes.add([change(1, 'table', undefined), change(2, 'name', at(1), { layer: 'personen' }), change(3, 'note', at(1), { needToKnow: ['S1'] })], 0);
    assert.deepEqual(told(changes, 0, viewer(HERE)).objects, ['table@1', 'name@2']);
    assert.deepEqual(told(changes, 0, viewer(HERE, 'S1')).objects, ['table@1', 'name@2', 'note@3']);
    assert.deepEqual(told(changes, 0, viewer(HERE, 'leiter')).objects, ['table@1', 'name@2', 'note@3']);
    assert.deepEqual(told(changes, 0, viewer(undefined, 'S1', new Set(['kraefte']))).objects, ['table@1', 'note@3']);
  });

  it('holds a bounded number of objects and says from where on it is whole', () => {
    const changes = new RecentChanges(10, 3);
    changes.add(
      Array.from({ length: 5 }, (_, i) => change(11 + i, `o${i}`, at(i))),
      0,
    );
    assert.equal(changes.floor, 12);
    assert.deepEqual(told(changes, 12, viewer()).objects, ['o2@13', 'o3@14', 'o4@15']);
  });

  it('whoever follows at any pace ends with exactly the things of their part, as they are', () => {
    const step = fc.record({
      id: fc.integer({ min: 0, max: 5 }),
      x: fc.integer({ min: -5, max: 15 }),
      ms: fc.integer({ min: 0, max: 4000 }),
      reads: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const changes = new RecentChanges(0, 100);
        const truth = new Map<string, { x: number; json: string }>();
        const seen = new Map<string, string>();
        let [cursor, now] = [0, 0];
        const read = (): void => {
          const { objects, gone } = told(changes, cursor, viewer(HERE));
          for (const json of objects) seen.set(json.split('@')[0]!, json);
          for (const id of gone) seen.delete(id);
          cursor = changes.head;
        };
        for (const [i, { id, x, ms, reads }] of steps.entries()) {
          now += ms;
          truth.set(`o${id}`, { x, json: `o${id}@${i + 1}` });
          changes.add([change(i + 1, `o${id}`, at(x))], now);
          if (reads) read();
        }
        read();
        const expected = [...truth].filter(([, { x }]) => x >= 0 && x <= 10).map(([, { json }]) => json);
        assert.deepEqual([...seen.values()].toSorted(), expected.toSorted());
      }),
      { numRuns: 300 },
    );
  });
});
