import type { Context } from '../../platform/context.ts';
import type { JobKind } from '../../platform/jobs/port.ts';
import { watch, WATCH } from './application/watch.ts';

/** What runs by the clock: rules on streams are looked at every minute. */
export function sensorsJobs(ctx: Pick<Context, 'database' | 'journal' | 'clock' | 'log'>): JobKind<never>[] {
  return [
    {
      name: WATCH,
      cron: '* * * * *',
      handle: async () => {
        const changes = await watch(ctx);
        if (changes > 0) ctx.log.info('sensors.watched', { changes });
      },
    },
  ];
}
