import type { JobKind } from '../../platform/jobs/port.ts';
import type { ParticipationContext } from './application/context.ts';
import { sweep, SWEEP } from './application/sweep.ts';

/** What runs by the clock: early each morning, and through the day for rounds opened late. */
export function participationJobs(ctx: ParticipationContext): JobKind<never>[] {
  return [
    {
      name: SWEEP,
      cron: '12 * * * *',
      handle: async () => {
        const events = await sweep(ctx);
        if (events > 0) ctx.log.info('participation.swept', { events });
      },
    },
  ];
}
