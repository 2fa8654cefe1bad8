import type { JobKind } from '../../platform/jobs/port.ts';
import type { FederationContext } from './application/context.ts';
import { forgetEntries } from './application/forget.ts';

/** What runs by the clock. */
export const federationJobs = (ctx: FederationContext): JobKind<never>[] => [
  { name: 'federation.forget', cron: '29 3 * * *', handle: async () => void (await forgetEntries(ctx)) },
];
