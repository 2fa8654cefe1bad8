import { lageStream } from '../../situation/public.ts';
import { abandonedRuns, endRun } from '../store/runs.ts';
import { RUNNER, type FloodContext } from './context.ts';

/** The outbox's name for ending runs that nobody calculates any more. */
export const TIDY = 'flood.tidy';

/** Ends runs that nobody has touched for a day: their order was lost. @returns how many */
export async function tidyRuns(ctx: Pick<FloodContext, 'database' | 'journal' | 'clock'>): Promise<number> {
  const now = ctx.clock();
  const left = await abandonedRuns(ctx.database.read, now.subtract({ hours: 24 }));
  for (const id of left)
    await ctx.database.write(async (tx) => {
      const ended = await endRun(tx, id, { status: 'failed', message: 'Die Rechnung ist liegen geblieben. Starten Sie sie noch einmal.' }, now);
      if (ended === undefined) return;
      await ctx.journal.append(tx, RUNNER, now, [{ stream: lageStream(ended.lageId), kind: 'flood.run-finished', payload: { runId: id, status: 'failed' } }]);
    });
  return left.length;
}
