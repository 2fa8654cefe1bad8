import type { CommonProblem } from '../../../kernel/problem.ts';
import type { Context } from '../../../platform/context.ts';
import type { FloodThreads } from './flood-threads.ts';
import type { SpillDesk } from './spill-desk.ts';

export interface FloodContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'outbox' | 'log'> {
  /** Where files that arrive lie until they are read. */
  readonly uploads: string;
  readonly threads: FloodThreads;
  readonly spill: SpillDesk;
}

export type Reading = Pick<Context, 'database' | 'clock'>;
export type Writing = Reading & Pick<Context, 'journal'>;

/** The outbox's name for calculating a run. */
export const RUN = 'flood.run';
export const RUNNER = { kind: 'system', job: RUN } as const;

/** Layer of the picture that results of models belong to. */
export const LAYER = 'prognose';

export const NO_RUN: CommonProblem = { kind: 'not-found', detail: 'Diese Rechnung gibt es in dieser Lage nicht. Die vorhandenen stehen auf der Seite „Flut“.' };
export const NO_GRID: CommonProblem = {
  kind: 'not-found',
  detail: 'Dieses Höhenraster gibt es nicht. Wählen Sie eines aus der Liste, oder bringen Sie eines mit (Seite „Flut“).',
};
export const NOT_YOUR_LAYER: CommonProblem = {
  kind: 'not-allowed',
  detail: 'Prognosen gehören nicht zu dem, was Sie in dieser Lage sehen. Wenden Sie sich an die Leitung der Lage.',
};
