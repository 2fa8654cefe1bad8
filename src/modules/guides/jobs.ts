import type { JobKind } from '../../platform/jobs/port.ts';
import type { GuidesContext } from './application/context.ts';
import { endLapsedHelp, SWEEP } from './application/end-help.ts';

/** What runs by the clock. */
export function guidesJobs(ctx: GuidesContext): JobKind<never>[] {
  return [
    {
      name: SWEEP,
      cron: '* * * * *',
      handle: async () => {
        const { ended, deleted } = await endLapsedHelp(ctx);
        if (ended + deleted > 0) ctx.log.info('guides.help-ended', { ended, deleted });
      },
    },
  ];
}
