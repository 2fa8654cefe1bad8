import type { JobKind } from '../../platform/jobs/port.ts';
import { RUN, type Calculating } from './application/context.ts';
import { runJob } from './application/run-job.ts';
import { TIDY, tidyJobs } from './application/tidy-jobs.ts';

/** Calculating is urgent to the runner: it happens in threads with turns of their own, and must not keep letters waiting. */
export function processJobs(ctx: Calculating): JobKind<never>[] {
  return [
    { name: RUN, urgent: true, handle: ({ jobId }: { readonly jobId: string }) => runJob(ctx, jobId) },
    {
      name: TIDY,
      cron: '23 * * * *',
      handle: async () => {
        const { ended, forgotten } = await tidyJobs(ctx);
        if (ended + forgotten > 0) ctx.log.info('processes.tidied', { ended, forgotten });
      },
    },
  ];
}
