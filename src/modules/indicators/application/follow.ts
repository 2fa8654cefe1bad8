import type { Context } from '../../../platform/context.ts';
import { FOLLOWED } from '../domain/event-kinds.ts';
import { cellKey, emptyCell, foldBatch, merge } from '../domain/fold.ts';
import { hasState } from '../domain/stream-state.ts';
import { lockCheckpoint, moveCheckpoint, readCells, readStates, saveCells, saveStates } from '../store/figures.ts';

type Following = Pick<Context, 'database' | 'journal' | 'clock'>;

/** Entries in one transaction: large enough to be quick, short enough to keep nobody waiting on one connection. */
export const BATCH = 2000;

export interface Progress {
  readonly entries: number;
  /** More was waiting when it stopped. */
  readonly more: boolean;
}

/** Takes one run of entries into the figures: both and the checkpoint change in one transaction, or nothing does. */
export async function followOnce(ctx: Following, limit: number = BATCH): Promise<Progress> {
  return ctx.database.write(async (tx) => {
    const { seq, firstAt } = await lockCheckpoint(tx);
    const facts = await ctx.journal.readAfter(tx, seq, { kinds: FOLLOWED, limit });
    // before 0002 nobody kept when the oldest entry was made
    const before = firstAt === null && seq > 0 ? await ctx.journal.readAfter(tx, 0, { kinds: FOLLOWED, limit: 1 }) : [];
    const last = facts.at(-1)?.seq ?? seq;
    if (facts.length > 0) {
      const states = await readStates(tx, [...new Set(facts.filter(hasState).map(({ stream }) => stream))]);
      const { changes, touched } = foldBatch(facts, states);
      const kept = new Map((await readCells(tx, [...changes.values()])).map((cell) => [cellKey(cell), cell]));
      await saveStates(
        tx,
        [...touched].map((stream) => [stream, states.get(stream)!]),
      );
      const merged = [...changes].map(([key, change]) => merge(kept.get(key) ?? emptyCell(change.service, change.month), change));
      await saveCells(tx, merged, last);
    }
    const [now, more] = [ctx.clock(), facts.length === limit];
    // while more is waiting the figures are those of the last entry, and not of now
    const followedAt = more ? earliest([now, facts.at(-1)!.at]) : now;
    const oldest = [...(firstAt === null ? [] : [firstAt]), ...before.map(({ at }) => at), ...facts.map(({ at }) => at)];
    await moveCheckpoint(tx, { seq: last, followedAt, firstAt: oldest.length === 0 ? null : earliest(oldest) });
    return { entries: facts.length, more };
  });
}

const earliest = (all: readonly Temporal.Instant[]): Temporal.Instant => all.reduce((a, b) => (Temporal.Instant.compare(b, a) < 0 ? b : a));

/**
 * Follows the journal until nothing is left or the time is over; the next run goes on where this one stopped.
 * @param options.milliseconds how long at most
 */
export async function follow(ctx: Following, options: { readonly milliseconds?: number; readonly batch?: number } = {}): Promise<Progress> {
  const until = performance.now() + (options.milliseconds ?? Number.POSITIVE_INFINITY);
  for (let entries = 0; ;) {
    const done = await followOnce(ctx, options.batch);
    entries += done.entries;
    if (!done.more || performance.now() >= until) return { entries, more: done.more };
    // whoever waits for the one connection of the embedded database comes in between
    await new Promise((resolve) => setImmediate(resolve));
  }
}
