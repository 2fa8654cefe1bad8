import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { countMarked, emptyMask, fillConvex, fillDisc, fillPatch, gridOver, type Mask } from './grid.ts';
import { outlines } from './outline.ts';
import { inPatch, patchArea, signedArea } from './plane.ts';

const GRID = gridOver({ west: 100, south: 200, east: 112, north: 210 }, 1, 1e6);
const drawn = (...rows: readonly string[]): Mask => Uint8Array.from([...rows].reverse().flatMap((row) => [...row].map((sign) => (sign === '#' ? 1 : 0))));

describe('outlines of cells', () => {
  const small = gridOver({ west: 0, south: 0, east: 4, north: 3 }, 1, 1e6);
  it('a block is one ring of four corners', () =>
    assert.deepEqual(outlines(small, drawn('....', '.##.', '.##.')), [
      [
        [
          [1, 0],
          [3, 0],
          [3, 2],
          [1, 2],
          [1, 0],
        ],
      ],
    ]));
  it('cells that touch at a corner are apart', () => assert.equal(outlines(small, drawn('....', '.#..', '..#.')).length, 2));
  it('a hole turns the other way', () => {
    const [patch, ...more] = outlines(small, drawn('###.', '#.#.', '###.'));
    assert.deepEqual(more, []);
    assert.deepEqual(
      patch!.map((loop) => Math.sign(signedArea(loop))),
      [1, -1],
    );
  });
  it('hold exactly the marked cells, whatever is marked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 120, maxLength: 120 }), (cells) => {
        const mask = Uint8Array.from(cells);
        const patches = outlines(GRID, mask);
        assert.equal(
          patches.reduce((sum, patch) => sum + patchArea(patch), 0),
          cells.reduce((sum, one) => sum + one, 0),
        );
        for (const [i, marked] of cells.entries()) {
          const middle = [100.5 + (i % 12), 200.5 + Math.floor(i / 12)] as const;
          assert.equal(patches.filter((patch) => inPatch(middle, patch)).length, marked);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

describe('shapes on cells', () => {
  const grid = gridOver({ west: 0, south: 0, east: 100, north: 100 }, 0.5, 1e6);
  const area = (fill: (mask: Mask) => void): number => {
    const mask = emptyMask(grid);
    fill(mask);
    return countMarked(mask, mask) * 0.25;
  };
  it('a disc has πr², a triangle half of its box, a patch loses its hole', () => {
    assert.ok(Math.abs(area((mask) => fillDisc(mask, grid, [50, 50], 30)) - Math.PI * 900) < 10);
    assert.ok(
      Math.abs(
        area((mask) =>
          fillConvex(mask, grid, [
            [10, 10],
            [90, 10],
            [10, 60],
          ]),
        ) - 2000,
      ) < 20,
    );
    const [outer, hole] = [
      [
        [10, 10],
        [50, 10],
        [50, 50],
        [10, 50],
        [10, 10],
      ],
      [
        [20, 20],
        [30, 20],
        [30, 30],
        [20, 30],
        [20, 20],
      ],
    ] as const;
    assert.equal(
      area((mask) => fillPatch(mask, grid, [outer, hole])),
      1500,
    );
  });
  it('what reaches beyond the grid is cut off', () =>
    assert.equal(
      area((mask) =>
        fillPatch(mask, grid, [
          [
            [-50, -50],
            [150, -50],
            [150, 150],
            [-50, 150],
            [-50, -50],
          ],
        ]),
      ),
      10_000,
    ));
});
