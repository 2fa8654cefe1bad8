import type { JobKind } from '../../platform/jobs/port.ts';
import type { IdentityContext } from './application/context.ts';
import { sweepIdentity } from './application/sweep.ts';

/** What this module does by the clock. */
export function identityJobs(ctx: IdentityContext, now: () => Temporal.Instant): readonly JobKind<never>[] {
  return [
    {
      name: 'identity.sweep',
      cron: '17 * * * *',
      handle: async () => {
        const swept = await sweepIdentity(ctx, now());
        ctx.log.info('identity.swept', { ...swept });
      },
    },
  ];
}
