import { codeOf } from '../../../kernel/error-code.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Database } from '../../../platform/database/port.ts';
import type { Json, NewObservation } from '../domain/observation.ts';
import { toObservation } from '../domain/read-observation.ts';
import { findFeatures, findStreams } from '../store/write-links.ts';
import { keepObservations } from './keep-observations.ts';

/** A single observation whose stream and feature are there already. */
export interface SingleObservation {
  readonly streamId: number;
  readonly featureId?: number;
  readonly values: Readonly<Record<string, Json>>;
}

interface Waiting {
  readonly observation: SingleObservation;
  readonly done: (result: Result<number, Problem>) => void;
  readonly failed: (error: unknown) => void;
}

type Keeping = Pick<Context, 'database' | 'clock'>;
const MOST_AT_ONCE = 1000;

/** What waits for each database; while one commit is on its way, the next one gathers. */
const queues = new WeakMap<Database, { waiting: Waiting[]; working: boolean }>();

/**
 * Keeps single observations that arrive at the same time in one durable commit, and answers each only
 * after it. A wrong one is refused alone.
 */
export function keepSingle(ctx: Keeping, observation: SingleObservation): Promise<Result<number, Problem>> {
  const queue = queues.get(ctx.database) ?? { waiting: [], working: false };
  queues.set(ctx.database, queue);
  return new Promise((done, failed) => {
    queue.waiting.push({ observation, done, failed });
    if (!queue.working) void work(ctx, queue);
  });
}

async function work(ctx: Keeping, queue: { waiting: Waiting[]; working: boolean }): Promise<void> {
  queue.working = true;
  while (queue.waiting.length > 0) {
    // whatever else arrives in this turn of the loop comes along
    await new Promise((next) => setImmediate(next));
    const batch = queue.waiting.splice(0, MOST_AT_ONCE);
    await keepBatch(ctx, batch).catch((error: unknown) => (isUndone(error) ? keepAlone(ctx, batch) : batch.forEach((one) => one.failed(error))));
  }
  queue.working = false;
}

/** One after the other: the one that broke the batch is found, and the others are kept. */
const keepAlone = async (ctx: Keeping, batch: readonly Waiting[]): Promise<void> => {
  await Promise.all(batch.map((one) => keepBatch(ctx, [one]).catch(one.failed)));
};

/**
 * The database itself said that it kept nothing. A lost connection (08) or a stopped server (57) says nothing:
 * the commit may have been done, and keeping the batch again would double it.
 */
function isUndone(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('08') && !code.startsWith('57');
}

/** @throws when the database refuses: then nothing of the batch is kept */
async function keepBatch(ctx: Keeping, batch: readonly Waiting[]): Promise<void> {
  const streams = await findStreams(ctx.database.read, [...new Set(batch.map(({ observation }) => observation.streamId))]);
  const named = [...new Set(batch.flatMap(({ observation }) => observation.featureId ?? []))];
  const features = await findFeatures(ctx.database.read, named);
  const good: { readonly one: Waiting; readonly row: NewObservation }[] = [];
  const now = ctx.clock();
  for (const one of batch) {
    const { streamId, featureId, values } = one.observation;
    const stream = streams.get(streamId);
    if (stream === undefined) one.done(refuse(invalidField('Datastream', `Datastream(${streamId}) gibt es nicht.`)));
    else if (featureId !== undefined && !features.has(featureId))
      one.done(refuse(invalidField('FeatureOfInterest', `FeatureOfInterest(${featureId}) gibt es nicht.`)));
    else {
      const read = toObservation(values, stream, featureId, now);
      if (read.ok) good.push({ one, row: read.value });
      else one.done(read);
    }
  }
  const kept = await keepObservations(
    ctx,
    good.map(({ row }) => row),
  );
  for (const [index, { one }] of good.entries()) one.done(ok(kept[index]!.id));
}
