/**
 * Heights of the ground on a square grid in EPSG:25832. Row 0 is the northern one, as in a raster
 * file. `NaN`: nothing is known there; water does not go there.
 */
export interface HeightGrid {
  readonly columns: number;
  readonly rows: number;
  readonly cellMetres: number;
  /** Outer edge of the westernmost column. */
  readonly westMetres: number;
  /** Outer edge of the southernmost row. */
  readonly southMetres: number;
  /** Metres above NHN, row by row. */
  readonly heights: Float32Array | Float64Array;
}

/** Where a grid lies: all but its heights. */
export type GridFrame = Omit<HeightGrid, 'heights'>;

export const cellsOf = ({ columns, rows }: Pick<GridFrame, 'columns' | 'rows'>): number => columns * rows;

/** Column and row of a place, with fractions: 0.5 is the middle of the first cell. */
export function inGrid({ westMetres, southMetres, rows, cellMetres }: GridFrame, eastingMetres: number, northingMetres: number): readonly [number, number] {
  return [(eastingMetres - westMetres) / cellMetres, rows - (northingMetres - southMetres) / cellMetres];
}

/** Index of the cell at a place; `undefined` outside the grid. */
export function cellAt(frame: GridFrame, eastingMetres: number, northingMetres: number): number | undefined {
  const [column, row] = inGrid(frame, eastingMetres, northingMetres);
  const inside = column >= 0 && row >= 0 && column < frame.columns && row < frame.rows;
  return inside ? Math.floor(row) * frame.columns + Math.floor(column) : undefined;
}

/** The mean of `factor` times `factor` cells each; cells without a height do not count. Structures are laid over the coarser grid anew. */
export function coarser(grid: HeightGrid, factor: number): HeightGrid {
  if (factor === 1) return grid;
  const columns = Math.ceil(grid.columns / factor);
  const rows = Math.ceil(grid.rows / factor);
  const sum = new Float64Array(columns * rows);
  const count = new Uint32Array(columns * rows);
  for (let row = 0; row < grid.rows; row++) {
    const into = Math.floor(row / factor) * columns;
    for (let column = 0; column < grid.columns; column++) {
      const height = grid.heights[row * grid.columns + column]!;
      if (Number.isNaN(height)) continue;
      const cell = into + Math.floor(column / factor);
      sum[cell]! += height;
      count[cell]! += 1;
    }
  }
  const heights = Float32Array.from(sum, (total, cell) => (count[cell] === 0 ? Number.NaN : total / count[cell]!));
  const cellMetres = grid.cellMetres * factor;
  const southMetres = grid.southMetres + grid.rows * grid.cellMetres - rows * cellMetres;
  return { columns, rows, cellMetres, westMetres: grid.westMetres, southMetres, heights };
}
