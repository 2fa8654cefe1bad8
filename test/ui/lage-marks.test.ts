import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chooseNames, type NameBox } from '../../src/browser/lage-name-places.ts';
import { Projection } from '../../src/browser/lage-projection.ts';

const SIZE = { width: 800, height: 600 };
/** Columns of a matrix that puts a place of the flat world where an eye sees it that looks down, tilted by a share. */
function looking(scale: number, x: number, y: number, tilt: number): Float64Array {
  const [across, down] = [(2 * scale) / SIZE.width, (2 * scale) / SIZE.height];
  return new Float64Array([across, 0, 0, 0, 0, -down, 0, -tilt * scale, 0, 0, 1, 0, -across * x, down * y, 0, 1 + tilt * scale * y]);
}
const pixelsOf = (projection: Projection, places: readonly number[]): number[] => {
  const into = new Float64Array(places.length);
  projection.write(places, places.length / 2, into);
  return [...into];
};

describe('places on the screen', () => {
  it('the middle of the map is the middle of the screen, and south is down', () => {
    const projection = new Projection();
    projection.set(looking(1e8, 0.53, 0.32, 0), SIZE.width, SIZE.height);
    const step = 100 / 1e8;
    const [x, y, x2, y2] = pixelsOf(projection, [0.53, 0.32, 0.53 + step, 0.32 + step]) as [number, number, number, number];
    assert.ok(Math.abs(x - 400) < 1e-3 && Math.abs(y - 300) < 1e-3, `${x} ${y}`);
    assert.ok(Math.abs(x2 - 500) < 1e-3 && Math.abs(y2 - 400) < 1e-3, `${x2} ${y2}: a pixel is exact in the closest zoom`);
  });
  it('on a tilted map what is farther is closer together, and what is behind the eye is nowhere', () => {
    const projection = new Projection();
    projection.set(looking(1000, 0.5, 0.5, 0.002), SIZE.width, SIZE.height);
    const [, near, , far, , behind] = pixelsOf(projection, [0.5, 0.6, 0.5, 0.4, 0.5, 1.1]) as [number, number, number, number, number, number];
    assert.ok(near - 300 > 300 - far, `${near} ${far}`);
    assert.ok(behind < -1e5);
  });
});

describe('names on the map', () => {
  const box = (x: number, y: number): NameBox => ({ x, y, width: 60, height: 16 });
  it('what lies above is named first; what would lie over a name is not', () => {
    const places = [box(100, 100), box(120, 105), box(300, 100)];
    assert.deepEqual([...chooseNames(3, (index) => places[index], new Set())], [2, 1]);
  });
  it('what has a name keeps it, so that names do not flicker', () => {
    const places = [box(100, 100), box(120, 105)];
    assert.deepEqual([...chooseNames(2, (index) => places[index], new Set([0, 7]))], [0]);
  });
  it('no two names of any map overlap, and none that had room is left out', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 200 }) });
    const over = (a: NameBox, b: NameBox): boolean => Math.abs(a.x - b.x) < 60 && Math.abs(a.y - b.y) < 16;
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (places) => {
        const boxes = places.map(({ x, y }) => box(x, y));
        const chosen = chooseNames(boxes.length, (index) => boxes[index], new Set());
        const named = [...chosen].map((index) => boxes[index]!);
        for (const [i, one] of boxes.entries())
          assert.equal(
            named.some((other) => other !== one && over(one, other)),
            !chosen.has(i),
          );
      }),
    );
  });
});
