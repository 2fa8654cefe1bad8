import { randomBytes } from 'node:crypto';
import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import type { Job, JobAnswer } from '../domain/process.ts';
import { deleteJob, endJob, findJob, listJobs, setShare, type JobQuery, type KeptJob } from '../store/jobs.ts';
import { NO_JOB, ownerOf, streamOf, type Reading, type Writing } from './context.ts';

/** A job with what its owner may know besides. */
export type OwnJob = Job & { readonly shared: boolean; readonly answer: JobAnswer };

/** Own jobs; the system sees all, for modules that have asked themselves who may look. */
export async function readJob(ctx: Reading, actor: Actor, jobId: string): Promise<Result<OwnJob, Problem>> {
  const found = await keptJob(ctx, actor, jobId);
  return found.ok ? ok<OwnJob>(found.value) : found;
}

export async function keptJob(ctx: Reading, actor: Actor, jobId: string): Promise<Result<KeptJob, Problem>> {
  const known = actor.kind !== 'anonymous' && parseId(jobId) !== undefined;
  const found = known ? await findJob(ctx.database.read, jobId, ownerOf(actor)) : undefined;
  return found === undefined ? refuse(NO_JOB) : ok(found);
}

export interface JobPage {
  readonly jobs: readonly Job[];
  /** The last of this page, where another one follows. */
  readonly next?: string;
}

export type JobsWish = Omit<JobQuery, 'owner'>;

/** Own jobs, newest first. */
export async function listOwnJobs(ctx: Reading, actor: Actor, wish: JobsWish): Promise<JobPage> {
  if (actor.kind === 'anonymous') return { jobs: [] };
  const rows = await listJobs(ctx.database.read, { ...wish, owner: actorRef(actor), limit: wish.limit + 1 });
  const jobs = rows.slice(0, wish.limit);
  return { jobs, ...(rows.length > wish.limit ? { next: jobs.at(-1)!.id } : {}) };
}

/** Ends a job that waits or runs; one that is over stays as it is. */
export async function cancelJob(ctx: Writing, actor: Actor, jobId: string): Promise<Result<Job, Problem>> {
  const found = await keptJob(ctx, actor, jobId);
  if (!found.ok) return found;
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const ended = await endJob(tx, jobId, { status: 'dismissed', message: 'Die Rechnung wurde abgebrochen.' }, now);
    if (ended === undefined) return refuse(wrongState('Diese Rechnung ist schon zu Ende. Laden Sie ihren Stand neu.'));
    const { processId, inputsHash } = ended;
    await ctx.journal.append(tx, actor, now, [{ stream: streamOf(jobId), kind: 'processes.job-dismissed', payload: { process: processId, inputsHash } }]);
    return ok<Job>(ended);
  });
}

/** Ends a job that waits or runs, and forgets one that is over with its results (OGC API Processes, dismiss). */
export async function dismissJob(ctx: Writing, actor: Actor, jobId: string): Promise<Result<Job, Problem>> {
  const cancelled = await cancelJob(ctx, actor, jobId);
  if (cancelled.ok || cancelled.problem.kind !== 'wrong-state') return cancelled;
  const found = await keptJob(ctx, actor, jobId);
  if (!found.ok) return found;
  const now = ctx.clock();
  await ctx.database.write(async (tx) => {
    await deleteJob(tx, jobId);
    const { processId, inputsHash } = found.value;
    await ctx.journal.append(tx, actor, now, [{ stream: streamOf(jobId), kind: 'processes.job-forgotten', payload: { process: processId, inputsHash } }]);
  });
  return ok<Job>({ ...found.value, status: 'dismissed', message: 'Die Rechnung und ihr Ergebnis wurden gelöscht.' });
}

const NOT_DONE = wrongState('Teilen lässt sich nur ein fertiges Ergebnis. Warten Sie, bis die Rechnung fertig ist.');
const INTERNAL: Problem = {
  kind: 'not-allowed',
  detail: 'Dieses Ergebnis beruht auf Daten, die nur für Beschäftigte bestimmt sind. Rechnen Sie ohne diese Sammlungen, um es zu teilen.',
};

/** A new link that shows the result to whoever has it; an older one ends. @returns the key of the link, which is kept nowhere */
export async function shareJob(ctx: Writing, actor: Actor, jobId: string): Promise<Result<{ readonly key: string }, Problem>> {
  const found = await keptJob(ctx, actor, jobId);
  if (!found.ok) return found;
  if (found.value.status !== 'successful') return refuse(NOT_DONE);
  if (found.value.data?.some(({ internal }) => internal) === true) return refuse(INTERNAL);
  const key = randomBytes(24).toString('base64url');
  await keepShare(ctx, actor, jobId, sha256Hex(key));
  return ok({ key });
}

/** Ends the link. */
export async function unshareJob(ctx: Writing, actor: Actor, jobId: string): Promise<Result<{ readonly id: string }, Problem>> {
  const found = await keptJob(ctx, actor, jobId);
  if (!found.ok) return found;
  await keepShare(ctx, actor, jobId, null);
  return ok({ id: jobId });
}

const keepShare = (ctx: Writing, actor: Actor, jobId: string, hash: string | null): Promise<void> =>
  ctx.database.write(async (tx) => {
    await setShare(tx, jobId, hash);
    const kind = hash === null ? 'processes.job-unshared' : 'processes.job-shared';
    await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: streamOf(jobId), kind, payload: {} }]);
  });
