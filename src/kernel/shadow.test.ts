import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { shadowOfPrism, shadowPerMetre } from './shadow.ts';

type Place = readonly [number, number];
const SQUARE: readonly Place[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
];
const HOLE: readonly Place[] = [
  [3, 3],
  [3, 7],
  [7, 7],
  [7, 3],
  [3, 3],
];

/** Winding number of all rings around a point, as the nonzero rule counts. */
function winding(polygons: readonly (readonly (readonly Place[])[])[], [px, py]: Place): number {
  let turns = 0;
  for (const ring of polygons.flat()) {
    for (let at = 1; at < ring.length; at++) {
      const [[ax, ay], [bx, by]] = [ring[at - 1]!, ring[at]!];
      const side = (bx - ax) * (py - ay) - (px - ax) * (by - ay);
      if (ay <= py && by > py && side > 0) turns += 1;
      if (ay > py && by <= py && side < 0) turns -= 1;
    }
  }
  return turns;
}
const inSquare = ([x, y]: Place, ring: readonly Place[]): boolean => {
  const [low, high] = [Math.min(...ring.map(([one]) => one)), Math.max(...ring.map(([one]) => one))];
  return x > low && x < high && y > low && y < high;
};

describe('where shadows fall', () => {
  it('to the north at noon, as long as high at 45°, and nowhere at night', () => {
    const [east, north] = shadowPerMetre({ elevationDegrees: 45, azimuthDegrees: 180 })!;
    assert.ok(Math.abs(east) < 1e-9 && Math.abs(north - 1) < 1e-9);
    const [evening] = shadowPerMetre({ elevationDegrees: 10, azimuthDegrees: 270 })!;
    assert.ok(evening > 5);
    assert.equal(shadowPerMetre({ elevationDegrees: -0.1, azimuthDegrees: 0 }), undefined);
    const [, lowest] = shadowPerMetre({ elevationDegrees: 0.01, azimuthDegrees: 180 })!;
    assert.ok(lowest <= 30);
  });
});

describe('the shadow of a prism', () => {
  it('holds every place from which the way to the sun meets it, and turns never against itself', () => {
    const coordinate = fc.double({ min: -40, max: 40, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x, y, dx, dy) => {
        const parts = shadowOfPrism([SQUARE, HOLE], [dx, dy]);
        const hit = Array.from({ length: 2001 }, (_, step): Place => [x - (dx * step) / 2000, y - (dy * step) / 2000]);
        const solid = (place: Place): boolean => inSquare(place, SQUARE) && !inSquare(place, HOLE);
        const turns = winding(parts, [x, y]);
        assert.ok(turns >= 0);
        // sampling misses corners that the way only grazes
        if (hit.some(solid)) assert.ok(turns > 0, `${x} ${y} ${dx} ${dy}`);
      }),
    );
  });
  it('leaves a courtyard lit where the sun reaches it, and fills it when it does not', () => {
    assert.equal(winding(shadowOfPrism([SQUARE, HOLE], [0, 1]), [5, 6]), 0);
    assert.ok(winding(shadowOfPrism([SQUARE, HOLE], [0, 3]), [5, 5.5]) > 0);
    assert.equal(winding(shadowOfPrism([SQUARE], [0, 5]), [5, 16]), 0);
    assert.ok(winding(shadowOfPrism([SQUARE.toReversed()], [0, 5]), [5, 14]) > 0);
  });
});
