import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { triangulate } from './triangulate.ts';

type Place = readonly [number, number];
const areaOf = (ring: readonly Place[]): number =>
  ring.reduce((sum, [x, y], at) => sum + x * ring[(at + 1) % ring.length]![1] - ring[(at + 1) % ring.length]![0] * y, 0) / 2;
function covered(rings: readonly (readonly Place[])[]): number {
  const all = rings.flat();
  return triangulate(rings).reduce((sum, triple) => {
    const one = areaOf(triple.map((at) => all[at]!));
    assert.ok(one > 0, 'against the clock');
    return sum + one;
  }, 0);
}
const box = (x: number, y: number, size: number): Place[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
];

describe('polygons cut into triangles', () => {
  for (const [name, rings] of [
    ['a square', [box(0, 0, 4)]],
    ['a square the other way round', [box(0, 0, 4).toReversed()]],
    [
      'an L',
      [
        [
          [0, 0],
          [6, 0],
          [6, 2],
          [2, 2],
          [2, 6],
          [0, 6],
        ] as Place[],
      ],
    ],
    ['a courtyard', [box(0, 0, 10), box(3, 3, 4)]],
    ['four courtyards', [box(0, 0, 10), box(1, 1, 2), box(6, 1, 2), box(1, 6, 2), box(6, 6, 2)]],
    ['corners in a line', [[...box(0, 0, 4).slice(0, 2), [4, 2], ...box(0, 0, 4).slice(2)] as Place[]]],
  ] as const)
    it(`cover ${name}`, () => {
      const wished = Math.abs(areaOf(rings[0])) - rings.slice(1).reduce((sum, hole) => sum + Math.abs(areaOf(hole)), 0);
      assert.ok(Math.abs(covered(rings) - wished) < 1e-9);
    });
  it('cover any star, with any star cut out of it', () => {
    const star = (least: number) => fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }).map((far) => ({ far, least }));
    const draw = ({ far, least }: { far: number[]; least: number }): Place[] =>
      far.map((one, at): Place => {
        const angle = (2 * Math.PI * at) / far.length;
        return [Math.cos(angle) * least * (1 + one), Math.sin(angle) * least * (1 + one)];
      });
    fc.assert(
      fc.property(star(10), star(2), (outer, inner) => {
        const rings = [draw(outer), draw(inner)];
        const wished = areaOf(rings[0]!) - areaOf(rings[1]!);
        assert.ok(Math.abs(covered(rings) - wished) < 1e-6, `${covered(rings)} instead of ${wished}`);
      }),
      { numRuns: 500 },
    );
  });
  it('ends on rings that cross themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 20 }), (ring) => {
        assert.ok(triangulate([ring]).length <= ring.length);
      }),
    );
  });
});
