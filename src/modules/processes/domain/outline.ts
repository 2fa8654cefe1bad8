import { emptyMask, type Grid, type Mask } from './grid.ts';
import { signedArea, toLonLat, type Loop, type Patch, type Spot } from './plane.ts';

/** East, north, west, south. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/**
 * The marked cells as polygons along the edges of the cells: outer rings counter-clockwise, holes
 * clockwise, nothing twice. Cells that only touch at a corner are apart.
 */
export function outlines(grid: Grid, mask: Mask): readonly Patch[] {
  const { columns, rows } = grid;
  const labels = labelled(grid, mask);
  const edges = edgesOf(grid, mask);
  const found = new Map<number, { outer: Loop[]; holes: Loop[] }>();
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      for (let edge = edges[row * (columns + 1) + column]!; edge !== 0; edge = edges[row * (columns + 1) + column]!) {
        const direction = 31 - Math.clz32(edge & -edge);
        const label = labels[cellBeside(columns, column, row, direction)]!;
        const loop = walk(grid, edges, column, row, direction);
        const patch = found.get(label) ?? { outer: [], holes: [] };
        (signedArea(loop) > 0 ? patch.outer : patch.holes).push(loop);
        found.set(label, patch);
      }
    }
  }
  return [...found.values()].map(({ outer, holes }) => [...outer, ...holes]);
}

/** The cell to the left of an edge. */
function cellBeside(columns: number, column: number, row: number, direction: number): number {
  const [dc, dr] = (
    [
      [0, 0],
      [-1, 0],
      [-1, -1],
      [0, -1],
    ] as const
  )[direction]!;
  return (row + dr) * columns + column + dc;
}

/** For each corner which edges leave it, one bit a direction; what is marked lies to the left of each. */
function edgesOf({ columns, rows }: Grid, mask: Mask): Uint8Array {
  const edges = new Uint8Array((columns + 1) * (rows + 1));
  const at = (column: number, row: number): number => row * (columns + 1) + column;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (mask[cell] === 0) continue;
      if (row === 0 || mask[cell - columns] === 0) edges[at(column, row)]! |= 1;
      if (column === columns - 1 || mask[cell + 1] === 0) edges[at(column + 1, row)]! |= 2;
      if (row === rows - 1 || mask[cell + columns] === 0) edges[at(column + 1, row + 1)]! |= 4;
      if (column === 0 || mask[cell - 1] === 0) edges[at(column, row + 1)]! |= 8;
    }
  }
  return edges;
}

/** Follows a ring and takes its edges away; corners only where it turns. */
function walk({ west, south, cell, columns }: Grid, edges: Uint8Array, startColumn: number, startRow: number, startDirection: number): Loop {
  const loop: Spot[] = [];
  let [column, row, direction] = [startColumn, startRow, startDirection];
  for (let before = -1; ;) {
    const at = row * (columns + 1) + column;
    edges[at]! &= ~(1 << direction);
    if (direction !== before) loop.push([west + column * cell, south + row * cell]);
    before = direction;
    column += STEPS[direction]![0];
    row += STEPS[direction]![1];
    const onward = edges[row * (columns + 1) + column]!;
    // left first: so a ring stays with its cell where two cells touch at a corner
    const turn = [direction + 1, direction, direction + 3].map((one) => one % 4).find((one) => (onward & (1 << one)) !== 0);
    if (turn === undefined) break;
    direction = turn;
  }
  return [...loop, loop[0]!];
}

/** A number for each connected region of marked cells. */
function labelled(grid: Grid, mask: Mask): Int32Array {
  const { columns } = grid;
  const labels = new Int32Array(emptyMask(grid).length);
  const stack: number[] = [];
  let label = 0;
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || labels[start] !== 0) continue;
    labels[start] = label += 1;
    stack.push(start);
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      const column = cell % columns;
      for (const [next, there] of [
        [cell - 1, column > 0],
        [cell + 1, column < columns - 1],
        [cell - columns, cell >= columns],
        [cell + columns, cell + columns < mask.length],
      ] as const) {
        if (!there || mask[next] === 0 || labels[next] !== 0) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
  }
  return labels;
}

/** The marked cells as a GeoJSON MultiPolygon. */
export function multiPolygon(grid: Grid, mask: Mask): { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Loop[])[] } {
  return { type: 'MultiPolygon', coordinates: outlines(grid, mask).map((patch) => patch.map((loop) => loop.map((spot) => toLonLat(spot)))) };
}
