import type { JobKind } from '../../platform/jobs/port.ts';
import { RUN, type FloodContext } from './application/context.ts';
import { runFlood } from './application/run-flood.ts';
import { TIDY, tidyRuns } from './application/tidy-runs.ts';

/** Calculating is urgent to the runner: it happens in threads with turns of their own, and must not keep letters waiting. */
export function floodJobs(ctx: FloodContext): JobKind<never>[] {
  return [
    { name: RUN, urgent: true, handle: ({ runId }: { readonly runId: string }) => runFlood(ctx, runId) },
    {
      name: TIDY,
      cron: '37 * * * *',
      handle: async () => {
        const ended = await tidyRuns(ctx);
        if (ended > 0) ctx.log.info('flood.tidied', { ended });
      },
    },
  ];
}
