import type { JobKind } from '../../platform/jobs/port.ts';
import type { SurgeContext } from './application/context.ts';
import { watchSurge, WATCH_SURGE } from './application/watch-surge.ts';

/** Every minute: streams are taken in, rules look. */
export function surgeJobs(ctx: SurgeContext): JobKind<never>[] {
  return [
    {
      name: WATCH_SURGE,
      cron: '* * * * *',
      handle: async () => {
        await watchSurge(ctx);
      },
    },
  ];
}
