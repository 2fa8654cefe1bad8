import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fromUtm32 } from './geo.ts';
import { areaSquareMetres, lengthMetres } from './measure.ts';

const at = (east: number, north: number) => fromUtm32(566_000 + east, 5_934_000 + north);

it('lengths and areas are those of EPSG:25832', () => {
  assert.ok(Math.abs(lengthMetres([at(0, 0), at(300, 400), at(300, 500)]) - 600) < 0.001);
  const square = [at(0, 0), at(100, 0), at(100, 100), at(0, 100)];
  assert.ok(Math.abs(areaSquareMetres(square) - 10_000) < 0.01);
  assert.ok(Math.abs(areaSquareMetres([...square.toReversed(), square[3]!]) - 10_000) < 0.01);
});
it('nothing measures nothing', () => {
  assert.deepEqual([lengthMetres([]), lengthMetres([at(0, 0)]), areaSquareMetres([]), areaSquareMetres([at(0, 0)])], [0, 0, 0, 0]);
});
