import type { GridFrame } from './grid.ts';

/** What a finished run comes to. */
export interface RunSummary {
  /** Grid of its layers. */
  readonly frame: GridFrame;
  /** Cells of the height grid along a side of one of these. */
  readonly coarsening: number;
  readonly gridName: string;
  readonly gridSha256: string;
  readonly demo: boolean;
  readonly floodedSquareKilometres: { readonly least: number; readonly median: number; readonly worst: number };
  readonly deepestMetres: number;
  readonly massError: number;
  readonly people: number;
  readonly buildings: number;
  readonly facilities: number;
  /** Collections that were not there. */
  readonly unknown: readonly string[];
}
