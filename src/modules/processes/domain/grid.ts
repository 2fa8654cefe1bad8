import type { Box, Loop, Patch, Spot } from './plane.ts';

/** Square cells over a part of the plane, row by row from south-west. */
export interface Grid {
  readonly west: number;
  readonly south: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
}

/** One byte a cell; 0 is empty. */
export type Mask = Uint8Array;

/** @param wanted width of a cell in metres; wider where the box would have more than `most` cells */
export function gridOver({ west, south, east, north }: Box, wanted: number, most: number): Grid {
  const cell = Math.max(wanted, Math.sqrt(((east - west) * (north - south)) / most));
  return { west, south, cell, columns: Math.max(1, Math.ceil((east - west) / cell)), rows: Math.max(1, Math.ceil((north - south) / cell)) };
}

export const emptyMask = ({ columns, rows }: Grid): Mask => new Uint8Array(columns * rows);

/** First row or column whose middle is not before the place. */
const firstAt = (place: number, from: number, cell: number): number => Math.ceil((place - from) / cell - 0.5);

/** Marks the cells of one row whose middle lies from `x0` up to `x1`. */
function markSpan(mask: Mask, { west, cell, columns }: Grid, row: number, x0: number, x1: number, value: number): void {
  const from = Math.max(0, firstAt(x0, west, cell));
  const to = Math.min(columns, firstAt(x1, west, cell));
  if (from < to) mask.fill(value, row * columns + from, row * columns + to);
}

/** Marks the cells whose middle lies inside the polygon (even-odd over all rings). */
export function fillPatch(mask: Mask, grid: Grid, patch: Patch, value = 1): void {
  const crossings = new Map<number, number[]>();
  for (const loop of patch) {
    for (let i = 1; i < loop.length; i++) {
      const [low, high] = loop[i - 1]![1] < loop[i]![1] ? [loop[i - 1]!, loop[i]!] : [loop[i]!, loop[i - 1]!];
      const to = Math.min(grid.rows, firstAt(high[1], grid.south, grid.cell));
      for (let row = Math.max(0, firstAt(low[1], grid.south, grid.cell)); row < to; row++) {
        const y = grid.south + (row + 0.5) * grid.cell;
        const x = low[0] + ((high[0] - low[0]) * (y - low[1])) / (high[1] - low[1]);
        const known = crossings.get(row);
        if (known === undefined) crossings.set(row, [x]);
        else known.push(x);
      }
    }
  }
  for (const [row, xs] of crossings) {
    xs.sort((a, b) => a - b);
    for (let i = 1; i < xs.length; i += 2) markSpan(mask, grid, row, xs[i - 1]!, xs[i]!, value);
  }
}

/** As `fillPatch`, for corners that make a convex shape. */
export function fillConvex(mask: Mask, grid: Grid, corners: Loop, value = 1): void {
  let [south, north] = [Infinity, -Infinity];
  for (const [, y] of corners) {
    if (y < south) south = y;
    if (y > north) north = y;
  }
  const to = Math.min(grid.rows, firstAt(north, grid.south, grid.cell));
  for (let row = Math.max(0, firstAt(south, grid.south, grid.cell)); row < to; row++) {
    const y = grid.south + (row + 0.5) * grid.cell;
    let [x0, x1] = [Infinity, -Infinity];
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
      const [ax, ay] = corners[j]!;
      const [bx, by] = corners[i]!;
      if (ay > y === by > y) continue;
      const x = ax + ((bx - ax) * (y - ay)) / (by - ay);
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
    }
    if (x0 < x1) markSpan(mask, grid, row, x0, x1, value);
  }
}

/** Marks the cells whose middle lies within `radius` of a spot. */
export function fillDisc(mask: Mask, grid: Grid, [x, y]: Spot, radius: number, value = 1): void {
  const to = Math.min(grid.rows, firstAt(y + radius, grid.south, grid.cell));
  for (let row = Math.max(0, firstAt(y - radius, grid.south, grid.cell)); row < to; row++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (grid.south + (row + 0.5) * grid.cell - y) ** 2));
    markSpan(mask, grid, row, x - half, x + half, value);
  }
}

/** Marked cells, where `within` is marked too. */
export function countMarked(mask: Mask, within: Mask): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0 && within[i] !== 0) count += 1;
  return count;
}

/** The mask inside of another one. */
export const inside = (mask: Mask, within: Mask): Mask => mask.map((value, i) => (within[i] === 0 ? 0 : value));
