import type { JobKind } from '../../platform/jobs/port.ts';
import type { IdentityContext } from './application/context.ts';
import { advanceRecoveries } from './application/recovery.ts';
import { endIdleVisits } from './application/shared-devices.ts';
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
    {
      name: 'identity.end-idle-visits',
      cron: '*/10 * * * *',
      handle: async () => {
        const ended = await endIdleVisits(ctx, now());
        if (ended > 0) ctx.log.info('identity.idle-visits-ended', { ended });
      },
    },
    {
      name: 'identity.advance-recoveries',
      cron: '*/10 * * * *',
      handle: async () => {
        const steps = await advanceRecoveries(ctx, now());
        if (steps > 0) ctx.log.info('identity.recoveries-advanced', { steps });
      },
    },
  ];
}
