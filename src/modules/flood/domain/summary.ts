import type { GridFrame } from './grid.ts';
import type { Model, RunInput } from './run.ts';

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

export type RunStatus = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Run {
  readonly id: string;
  readonly lageId: string;
  readonly gridId: string;
  readonly title: string;
  readonly model: Model;
  readonly version: string;
  readonly input: RunInput;
  readonly inputHash: string;
  readonly members: number;
  readonly status: RunStatus;
  readonly progress: number;
  /** What happened, as a German sentence. */
  readonly message: string;
  readonly owner: string;
  readonly ownerName: string;
  readonly summary: RunSummary | null;
  readonly createdAt: Temporal.Instant;
  readonly finishedAt: Temporal.Instant | null;
}
