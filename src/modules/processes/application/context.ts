import { actorRef, type Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Context } from '../../../platform/context.ts';
import type { ModelThreads } from './model-threads.ts';

export type Reading = Pick<Context, 'database'>;
export type Writing = Pick<Context, 'database' | 'journal' | 'clock'>;
export type Ordering = Writing & Pick<Context, 'outbox'>;
/** What calculating needs. */
export type Calculating = Writing & Pick<Context, 'log'> & { readonly threads: ModelThreads };

/** The outbox's name for calculating a job. */
export const RUN = 'processes.run';
export const RUNNER = { kind: 'system', job: RUN } as const;

export const streamOf = (jobId: string): string => `processes:job:${jobId}`;

/** Whose jobs the actor sees: their own; the system sees all. */
export const ownerOf = (actor: Actor): string | undefined => (actor.kind === 'system' ? undefined : actorRef(actor));

export const NO_JOB: Problem = {
  kind: 'not-found',
  detail: 'Diese Rechnung gibt es nicht, oder sie gehört jemand anderem. Ihre Rechnungen stehen unter /ogc/jobs.',
};

export const NO_PROCESS: Problem = { kind: 'not-found', detail: 'Dieses Modell gibt es nicht. Welche es gibt, steht unter /ogc/processes.' };
