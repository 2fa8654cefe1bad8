import type { JobKind } from '../../platform/jobs/port.ts';
import type { EntranceContext } from './application/context.ts';
import { countServices, measureTimes } from './application/figures.ts';

/** What runs by the clock: the figures that pages show, so that no reader waits for them. */
export function entranceJobs(ctx: EntranceContext): JobKind<never>[] {
  return [
    { name: 'entrance.measure-times', cron: '*/10 * * * *', handle: () => measureTimes(ctx) },
    { name: 'entrance.count-services', cron: '41 3 * * *', handle: () => countServices(ctx) },
  ];
}
