import type { Context } from '../../../platform/context.ts';
import { FOLLOWED } from '../domain/event-kinds.ts';
import { cellKey, firstDifference, Recomputation, type Cells, type Difference } from '../domain/fold.ts';
import { cellsChangedAfter, readCheckpoint } from '../store/figures.ts';

export interface Verified {
  /** The entry up to which figures and journal were compared. */
  readonly seq: number;
  readonly cells: number;
  readonly difference?: Difference;
}

const PAGE = 5000;

/**
 * Reckons every figure anew from the first entry of the journal and compares it with what is kept.
 * Reads cells and checkpoint as they were at one moment, also beside a running city.
 */
export async function verifyFigures(ctx: Pick<Context, 'database' | 'journal'>): Promise<Verified> {
  const { seq, kept } = await momentOf(ctx);
  const anew = new Recomputation();
  for (let at = 0; at < seq;) {
    const facts = await ctx.journal.readAfter(ctx.database.read, at, { kinds: FOLLOWED, limit: PAGE });
    anew.take(facts.filter((fact) => fact.seq <= seq));
    if (facts.length < PAGE) break;
    at = facts.at(-1)!.seq;
  }
  const difference = firstDifference(kept, anew.cells());
  return { seq, cells: kept.size, ...(difference === undefined ? {} : { difference }) };
}

async function momentOf({ database }: Pick<Context, 'database'>): Promise<{ seq: number; kept: Cells }> {
  for (;;) {
    const { seq } = await readCheckpoint(database.read);
    const kept: Cells = new Map((await cellsChangedAfter(database.read, -1)).map((cell) => [cellKey(cell), cell]));
    if ((await readCheckpoint(database.read)).seq === seq) return { seq, kept };
  }
}
