import type { JobKind } from '../../platform/jobs/port.ts';
import { remind } from './application/appointments.ts';
import type { GuidesContext } from './application/context.ts';
import { CLOSE, closeQueue } from './application/close-queue.ts';
import { endLapsedHelp, SWEEP } from './application/end-help.ts';
import { forget, FORGET } from './application/forget.ts';

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
    {
      name: 'guides.remind',
      cron: '8,38 * * * *',
      handle: async () => {
        const reminders = await remind(ctx);
        if (reminders > 0) ctx.log.info('guides.reminded', { reminders });
      },
    },
    {
      name: CLOSE,
      cron: '3 0 * * *',
      handle: async () => {
        const closed = await closeQueue(ctx);
        if (closed > 0) ctx.log.info('guides.queue-closed', { closed });
      },
    },
    {
      name: FORGET,
      cron: '52 2 * * *',
      handle: async () => {
        const forgotten = await forget(ctx);
        if (forgotten > 0) ctx.log.info('guides.forgotten', { forgotten });
      },
    },
  ];
}
