import type { JobKind } from '../../platform/jobs/port.ts';
import type { FeedsDesk } from './application/feeds-desk.ts';

/** What runs by the clock: addresses are asked, and streams looked at that other processes wrote. */
export function feedsJobs(desk: FeedsDesk): JobKind<never>[] {
  return [
    { name: 'feeds.poll', cron: '* * * * *', handle: () => Promise.resolve(desk.poller.wake()) },
    { name: 'feeds.streams', cron: '* * * * *', handle: async () => void (await desk.follower.sweep()) },
  ];
}
