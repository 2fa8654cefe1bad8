import type { JobKind } from '../../platform/jobs/port.ts';
import type { FeedsContext } from './application/context.ts';
import type { FeedsDesk } from './application/feeds-desk.ts';
import { forgetPositions } from './application/forget.ts';

/** What runs by the clock: addresses are asked, and streams looked at that other processes wrote. */
export function feedsJobs(ctx: FeedsContext, desk: FeedsDesk): JobKind<never>[] {
  return [
    { name: 'feeds.poll', cron: '* * * * *', handle: () => Promise.resolve(desk.poller.wake()) },
    { name: 'feeds.forget', cron: '17 3 * * *', handle: async () => void (await forgetPositions(ctx)) },
    { name: 'feeds.streams', cron: '* * * * *', handle: async () => void (await desk.follower.sweep()) },
  ];
}
