import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Position, Ring } from '../../../kernel/geo.ts';
import { expectOk } from '../../../kernel/result.ts';
import { anchorOf, areaProblem, shapeOf, type ShapeKind } from './shape.ts';

/** An L: the upper right quarter is missing. */
const L: Ring = [
  [0, 0],
  [2, 0],
  [2, 1],
  [1, 1],
  [1, 2],
  [0, 2],
  [0, 0],
];
const at = (...pairs: readonly (readonly [number, number])[]): Position[] => pairs.map(([lon, lat]) => ({ lon, lat }));
const refusal = (kind: ShapeKind, points: readonly Position[], area: readonly Ring[] = [L]): string | undefined => {
  const made = shapeOf(kind, points, area);
  return made.ok ? undefined : made.problem.fields?.[0]?.message;
};

describe('the shape of a contribution', () => {
  it('is none without points: a place is free', () => assert.equal(expectOk(shapeOf('line', [], [L])), undefined));
  it('is a point, a line or a closed area', () => {
    assert.deepEqual(expectOk(shapeOf('point', at([0.5, 0.5]), [L])), { type: 'Point', coordinates: [0.5, 0.5] });
    assert.deepEqual(expectOk(shapeOf('line', at([0.5, 0.5], [1.5, 0.5]), [L])), {
      type: 'LineString',
      coordinates: [
        [0.5, 0.5],
        [1.5, 0.5],
      ],
    });
    const area = expectOk(shapeOf('area', at([0.2, 0.2], [0.8, 0.2], [0.8, 0.8]), [L]))!;
    assert.deepEqual(area.type === 'Polygon' && area.coordinates[0]!.length, 4);
    assert.deepEqual(expectOk(shapeOf('area', at([0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.2]), [L])), area, 'closed by hand is the same');
  });
  for (const [what, kind, points, said] of [
    ['outside of the area', 'point', at([1.5, 1.5]), /nicht ganz im Gebiet/],
    ['far away', 'point', at([170, -80]), /nicht ganz im Gebiet/],
    ['corners inside, but the line leaves the area in between', 'line', at([0.5, 1.8], [1.8, 0.5]), /nicht ganz im Gebiet/],
    ['an area over the missing corner', 'area', at([0.1, 0.1], [1.9, 0.9], [0.9, 1.9]), /nicht ganz im Gebiet/],
    ['several points that are no point', 'point', at([0.5, 0.5], [0.6, 0.6]), /Linie oder eine Fläche/],
    ['one point that is no line', 'line', at([0.5, 0.5], [0.5, 0.5]), /zwei verschiedene Punkte/],
    ['two points that are no area', 'area', at([0.5, 0.5], [0.6, 0.6], [0.5, 0.5]), /drei verschiedene Punkte/],
    ['a rim that crosses itself', 'area', at([0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]), /kreuzt sich selbst/],
    ['no number', 'point', at([Number.NaN, 0.5]), /können wir nicht lesen/],
    ['infinity', 'point', at([0.5, Infinity]), /können wir nicht lesen/],
    ['more corners than anybody clicks', 'line', Array.from({ length: 51 }, (_, index) => ({ lon: 0.01 * index, lat: 0.5 })), /zu viele Punkte/],
  ] as const)
    it(`is refused: ${what}`, () => assert.match(refusal(kind, points) ?? '', said));
  it('lies in one ring of several, not in two of them', () => {
    const apart: Ring[] = [L, L.map(([lon, lat]) => [lon + 5, lat] as const)];
    assert.equal(refusal('point', at([5.5, 0.5]), apart), undefined);
    assert.match(refusal('line', at([0.5, 0.5], [5.5, 0.5]), apart) ?? '', /nicht ganz im Gebiet/);
  });
  it('has its marker inside, also where the middle of its corners is not', () => {
    const bow = expectOk(shapeOf('area', at([0.1, 0.1], [1.9, 0.1], [1.9, 0.2], [0.2, 0.2], [0.2, 1.9], [0.1, 1.9]), [L]))!;
    assert.deepEqual(anchorOf(bow), { lon: 0.1, lat: 0.1 });
    assert.deepEqual(
      anchorOf({
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
      }),
      { lon: 1, lat: 1 },
    );
  });
});

describe('the area of a participation', () => {
  it('is one or more closed rings on the earth', () => {
    assert.equal(areaProblem([L]), undefined);
    assert.match(areaProblem([]) ?? '', /Nennen Sie das Gebiet/);
    assert.match(areaProblem([L.slice(0, -1)]) ?? '', /gleich dem ersten/);
    assert.match(
      areaProblem([
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ]) ?? '',
      /drei verschiedene/,
    );
    assert.match(
      areaProblem([
        [
          [0, 0],
          [Number.NaN, 1],
          [1, 1],
          [0, 0],
        ],
      ]) ?? '',
      /Länge, Breite/,
    );
    assert.match(
      areaProblem([
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ]) ?? '',
      /kreuzt sich/,
    );
  });
});
