import { legalDay } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/context.ts';
import { keyOf } from '../domain/cell.ts';
import { addToCells, forgetWriters, noteBatch } from '../store/cells.ts';
import type { UseCounter } from './counter.ts';

/**
 * Writes what is full. Safe to call at any time and again: a batch counts once, and one that fails is tried again as it was.
 * @returns how many counters changed
 */
export async function flush(ctx: Pick<Context, 'database' | 'clock'>, counter: UseCounter): Promise<number> {
  const batch = counter.batch();
  if (batch === undefined) return 0;
  const today = legalDay(ctx.clock()).toString();
  await ctx.database.write(async (tx) => {
    if (!(await noteBatch(tx, { writer: batch.writer, number: batch.number, day: today }))) return;
    await addToCells(
      tx,
      batch.cells.map(({ day, cell, add }) => ({ day, add, ...keyOf(cell) })),
    );
    await forgetWriters(tx, legalDay(ctx.clock()).subtract({ days: 2 }).toString());
  });
  counter.settle(batch);
  return batch.cells.length;
}
