import { cellAt, cellsOf, type HeightGrid } from './grid.ts';

/** Where the gauge's water comes in. */
export interface TideInlet {
  /** Cells at the border of the grid that lie below this are under the gauge's water at all times. */
  readonly belowMetres: number;
  /** Places inside, easting and northing, that are so, too. */
  readonly places?: readonly (readonly [number, number])[];
}

/** Cells whose level is the gauge's: low ones at the border, and those of the places named. */
export function tideCells(grid: HeightGrid, { belowMetres, places = [] }: TideInlet): Int32Array {
  const { columns, rows, heights } = grid;
  const cells = new Set<number>();
  const look = (cell: number): void => {
    if (heights[cell]! < belowMetres) cells.add(cell);
  };
  for (let column = 0; column < columns; column++) {
    look(column);
    look((rows - 1) * columns + column);
  }
  for (let row = 0; row < rows; row++) {
    look(row * columns);
    look(row * columns + columns - 1);
  }
  for (const [easting, northing] of places) {
    const cell = cellAt(grid, easting, northing);
    if (cell !== undefined && !Number.isNaN(heights[cell]!)) cells.add(cell);
  }
  return Int32Array.from(cells).sort();
}

/** Depths of all that is connected to the inlet below a level: the river as it is when the run begins. */
export function depthsBelow(grid: HeightGrid, levels: Int16Array, levelMetres: number): Float64Array {
  const depths = new Float64Array(cellsOf(grid));
  for (let cell = 0; cell < depths.length; cell++) {
    const height = grid.heights[cell]!;
    if (levels[cell]! <= levelMetres * 100 && height < levelMetres) depths[cell] = levelMetres - height;
  }
  return depths;
}
