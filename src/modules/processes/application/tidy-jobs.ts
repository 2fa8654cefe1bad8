import { LIMITS } from '../domain/limits.ts';
import { abandonedJobs, endJob, forgetJobs } from '../store/jobs.ts';
import { streamOf, type Writing } from './context.ts';

export const TIDY = 'processes.tidy';
/** Nobody comes for a job after this: its order has been tried for the last time. */
const ABANDONED_AFTER = { hours: 24 };

/** Job by the clock: ends what nobody calculates any more, and forgets what is old. */
export async function tidyJobs(ctx: Writing): Promise<{ readonly ended: number; readonly forgotten: number }> {
  const now = ctx.clock();
  const abandoned = await abandonedJobs(ctx.database.read, now.subtract(ABANDONED_AFTER));
  for (const id of abandoned)
    await ctx.database.write(async (tx) => {
      const ended = await endJob(tx, id, { status: 'failed', message: 'Die Rechnung wurde nicht fertig. Starten Sie sie neu.' }, now);
      if (ended === undefined) return;
      const payload = { process: ended.processId, inputsHash: ended.inputsHash, status: 'failed' };
      await ctx.journal.append(tx, { kind: 'system', job: TIDY }, now, [{ stream: streamOf(id), kind: 'processes.job-finished', payload }]);
    });
  const forgotten = await ctx.database.write((tx) => forgetJobs(tx, now.subtract({ hours: 24 * LIMITS.daysKept })));
  return { ended: abandoned.length, forgotten };
}
