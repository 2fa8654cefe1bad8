import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { expectOk, ok, refuse, type Result } from '../../../kernel/result.ts';
import { featuresIn } from '../../geodata/public.ts';
import { checkInputs } from '../domain/check-inputs.ts';
import { combinations } from '../domain/ensemble.ts';
import { LIMITS } from '../domain/limits.ts';
import { findModel } from '../domain/models.ts';
import type { DataUsed } from '../domain/process.ts';
import { claimJob, endJob, findJob, holdJob, keepData, type KeptJob } from '../store/jobs.ts';
import { forgetMembers, keepMember, keptMembers } from '../store/members.ts';
import { RUNNER, streamOf, type Calculating } from './context.ts';
import type { ThreadAnswer } from './model-thread.ts';
import { ThreadEnded, type ModelThread } from './model-threads.ts';

/** A process that says nothing for this long is taken to be gone. */
const LEASE = { seconds: 12 };
const HOLD_EVERY_MS = 3_000;
/** Progress when the data have been read. */
const DATA_READ = 5;

/** Ended by a person or by the limits; `message` is for them. */
class Stop extends Error {}

/**
 * Calculates a job: once the data are read, a member at a time, each kept with the progress. Idempotent:
 * after a crash it goes on behind the last member that is kept, and from the start where the city's data
 * have changed since. Throws where another process holds the job, to be tried again.
 */
export async function runJob(ctx: Calculating, jobId: string): Promise<void> {
  const found = await findJob(ctx.database.read, jobId);
  if (found === undefined || !(await isOpen(ctx, jobId))) return;
  await ctx.threads.use(async (thread) => {
    const now = ctx.clock();
    const job = await ctx.database.write((tx) => claimJob(tx, jobId, now, now.add(LEASE)));
    if (job === undefined) {
      if (await isOpen(ctx, jobId)) throw new Error('another process calculates this job');
      return;
    }
    const watch = holdOn(ctx, job.id, thread);
    try {
      await calculate(ctx, job, thread);
      await finish(ctx, job, { status: 'successful', message: 'Die Rechnung ist fertig.' });
    } catch (error) {
      const message = watch.timedOut() ? TOO_LONG : saidOf(error);
      if (message === undefined) throw error;
      if (message === OUR_FAULT) ctx.log.error('processes.model-failed', { jobId, process: job.processId, error: String(error) });
      await finish(ctx, job, { status: 'failed', message });
    } finally {
      watch.end();
    }
  });
}

async function isOpen(ctx: Calculating, jobId: string): Promise<boolean> {
  const status = (await findJob(ctx.database.read, jobId))?.status;
  return status === 'accepted' || status === 'running';
}

const TOO_LONG = `Die Rechnung hat länger als ${LIMITS.seconds / 60} Minuten gedauert und wurde beendet. Wählen Sie ein kleineres Gebiet oder weniger Kombinationen.`;
const TOO_MUCH = 'Die Rechnung hat mehr Speicher gebraucht, als sie darf. Wählen Sie ein kleineres Gebiet.';
const OUR_FAULT = 'Das Modell ist an einem Fehler von uns gescheitert. Wir haben ihn aufgezeichnet.';

/** What the person is told; `undefined` for troubles of the database, after which it is tried again. */
function saidOf(error: unknown): string | undefined {
  if (error instanceof Stop) return error.message;
  if (error instanceof ThreadEnded) return { memory: TOO_MUCH, stopped: 'Die Rechnung wurde beendet.', broken: OUR_FAULT }[error.why];
  return error instanceof Error && ('code' in error || error.name === 'error') ? undefined : OUR_FAULT;
}

/** Keeps the lease alive, ends the thread of a job that nobody wants any more, or that takes too long. */
function holdOn(ctx: Calculating, jobId: string, thread: ModelThread): { readonly timedOut: () => boolean; readonly end: () => void } {
  const started = performance.now();
  let timedOut = false;
  const look = async (): Promise<void> => {
    timedOut = performance.now() - started > LIMITS.seconds * 1000;
    if (timedOut || !(await ctx.database.write((tx) => holdJob(tx, jobId, ctx.clock(), ctx.clock().add(LEASE))))) await thread.end();
  };
  const timer = setInterval(() => void look().catch((error: unknown) => ctx.log.warn('processes.not-held', { jobId, error: String(error) })), HOLD_EVERY_MS);
  return { timedOut: () => timedOut, end: () => clearInterval(timer) };
}

async function calculate(ctx: Calculating, job: KeptJob, thread: ModelThread): Promise<void> {
  const read = await readData(ctx, job);
  if (!read.ok) throw new Stop(read.problem.detail);
  const { used, texts } = read.value;
  await ctx.database.write(async (tx) => {
    if (await keepData(tx, job.id, used)) await forgetMembers(tx, job.id);
    await holdJob(tx, job.id, ctx.clock(), ctx.clock().add(LEASE), DATA_READ);
  });
  const { numbers, layerBytes } = await keptMembers(ctx.database.read, job.id);
  const done = new Set(numbers);
  let bytes = layerBytes;
  said(await thread.prepare({ processId: job.processId, inputs: job.inputs, data: texts }));
  for (let number = 1; number <= job.members; number++) {
    if (done.has(number)) continue;
    const answer = said(await thread.member(number));
    if (answer.kind !== 'member') throw new Error('the thread answers something else');
    const { layers, ...member } = answer.member;
    const kept = layers.length <= LIMITS.layerBytes && bytes + layers.length <= LIMITS.layerBytesOfJob;
    if (kept) bytes += layers.length;
    done.add(number);
    const progress = DATA_READ + Math.floor(((100 - DATA_READ - 1) * done.size) / job.members);
    const wanted = await ctx.database.write(async (tx) => {
      await keepMember(tx, job.id, { number, ...member }, kept ? layers : null);
      return holdJob(tx, job.id, ctx.clock(), ctx.clock().add(LEASE), progress);
    });
    if (!wanted) throw new ThreadEnded('stopped');
  }
}

function said(answer: ThreadAnswer): ThreadAnswer {
  if (answer.kind === 'not-calculable') throw new Stop(answer.message);
  return answer;
}

interface ReadData {
  readonly used: readonly DataUsed[];
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

async function readData(ctx: Calculating, job: KeptJob): Promise<Result<ReadData, Problem>> {
  const model = findModel(job.processId)!;
  const checked = expectOk(checkInputs(model.description, job.inputs));
  const actor: Actor = job.internal ? RUNNER : { kind: 'anonymous' };
  const used: DataUsed[] = [];
  const texts: Record<string, readonly string[]> = {};
  for (const { input, collection: id, box } of model.needs(checked, combinations(checked.numbers))) {
    const found = await featuresIn(ctx, actor, id, box, LIMITS.cityFeatures);
    if (!found.ok) return refuse(found.problem);
    const { collection, count } = found.value;
    texts[input] = found.value.texts;
    used.push({
      ...{ input, collection: id, title: collection.title, features: count },
      changedAt: collection.changedAt.toString(),
      dataAsOf: collection.dataAsOf?.toString() ?? null,
      licence: collection.about.licence ?? null,
      demo: collection.about.demo === true,
      internal: collection.access === 'internal',
    });
  }
  return ok({ used, texts });
}

/** The end and its journal entry in one transaction; a job that was cancelled meanwhile stays so. */
async function finish(ctx: Calculating, job: KeptJob, end: { readonly status: 'successful' | 'failed'; readonly message: string }): Promise<void> {
  await ctx.database.write(async (tx) => {
    const now = ctx.clock();
    const ended = await endJob(tx, job.id, end, now);
    if (ended === undefined) return;
    const { processId, processVersion, inputsHash, owner } = ended;
    const payload = { process: processId, version: processVersion, inputsHash, status: end.status, orderedBy: owner };
    await ctx.journal.append(tx, RUNNER, now, [{ stream: streamOf(job.id), kind: 'processes.job-finished', payload }]);
  });
}
