import type { Context } from '../../../platform/context.ts';
import type { Database } from '../../../platform/database/port.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { ChangesWhoSees } from '../store/picture.ts';
import { showInPicture } from './picture.ts';

interface Waiting {
  readonly lageId: string;
  readonly objects: readonly PictureObject[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Objects that one commit takes at most. */
const MOST_AT_ONCE = 2000;
/** Objects that wait at most, for all callers together: who brings more is refused and tries again. */
const MOST_WAITING = 50_000;

interface Queue {
  waiting: Waiting[];
  objects: number;
  working: boolean;
}

const queues = new WeakMap<Database, Queue>();

type Taking = Pick<Context, 'database' | 'journal' | 'clock'>;

/**
 * Shows what arrives at high rates (positions, levels) in the picture: what comes at the same time shares one durable
 * commit, with its history and one journal entry. Resolves after the commit. Of one object the order of calls holds.
 * What cannot be shown fails alone: everything else of the same commit is kept.
 * @returns `false`, at once, when more waits than may: nothing of this was kept, bring it again later
 */
export function takeIn(ctx: Taking, lageId: string, objects: readonly PictureObject[]): Promise<boolean> {
  const queue = queues.get(ctx.database) ?? { waiting: [], objects: 0, working: false };
  queues.set(ctx.database, queue);
  if (queue.objects + objects.length > MOST_WAITING) return Promise.resolve(false);
  queue.objects += objects.length;
  return new Promise((resolve, failed) => {
    queue.waiting.push({ lageId, objects, done: () => resolve(true), failed });
    if (!queue.working) void work(ctx, queue);
  });
}

async function work(ctx: Taking, queue: Queue): Promise<void> {
  queue.working = true;
  while (queue.waiting.length > 0) {
    // whatever else arrives in this turn of the loop comes along
    await new Promise((next) => setImmediate(next));
    const batch = nextBatch(queue.waiting);
    queue.waiting.splice(0, batch.length);
    await keepApart(ctx, batch);
    queue.objects -= batch.reduce((sum, { objects }) => sum + objects.length, 0);
  }
  queue.working = false;
}

/** The first that wait, of one Lage, with what one commit takes; whoever brings more has one alone. */
function nextBatch(waiting: readonly Waiting[]): readonly Waiting[] {
  let objects = 0;
  const end = waiting.findIndex((one) => {
    objects += one.objects.length;
    return one.lageId !== waiting[0]!.lageId || objects > MOST_AT_ONCE;
  });
  return end === -1 ? waiting.slice() : waiting.slice(0, Math.max(1, end));
}

/** What fails is parted from what does not: objects that are named, else call by call. */
async function keepApart(ctx: Taking, batch: readonly Waiting[]): Promise<void> {
  try {
    await keep(ctx, batch, new Set());
    for (const one of batch) one.done();
  } catch (error) {
    if (error instanceof ChangesWhoSees) await keepWithout(ctx, batch, error);
    else if (batch.length > 1) for (const one of batch) await keepApart(ctx, [one]);
    else batch[0]!.failed(error);
  }
}

async function keepWithout(ctx: Taking, batch: readonly Waiting[], why: ChangesWhoSees): Promise<void> {
  const left = new Set(why.ids);
  try {
    await keep(ctx, batch, left);
    for (const one of batch)
      if (one.objects.some(({ id }) => left.has(id))) one.failed(why);
      else one.done();
  } catch (error) {
    for (const one of batch) one.failed(error);
  }
}

async function keep(ctx: Taking, batch: readonly Waiting[], left: ReadonlySet<string>): Promise<void> {
  const { lageId } = batch[0]!;
  const objects = batch.flatMap((one) => one.objects.filter(({ id }) => !left.has(id)));
  if (objects.length === 0) return;
  const now = ctx.clock();
  await ctx.database.write(async (tx) => {
    const told = await showInPicture(tx, lageId, objects, now);
    await ctx.journal.append(tx, { kind: 'system', job: 'situation.take-in' }, now, [told]);
  });
}
