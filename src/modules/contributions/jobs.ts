import type { JobKind } from '../../platform/jobs/port.ts';
import type { ContributionsContext } from './application/context.ts';
import { forgetAccounts, FORGET_ACCOUNTS } from './application/forget-accounts.ts';
import { FORGET, forget } from './application/forget.ts';
import { SERVE, serveFeature } from './application/serve-feature.ts';

/** What follows a decision, and what runs by the clock. */
export function contributionsJobs(ctx: ContributionsContext): JobKind<never>[] {
  const serve: JobKind<{ contributionId: string }> = { name: SERVE, handle: (order) => serveFeature(ctx, order) };
  const forgetting: JobKind<never> = {
    name: FORGET,
    cron: '41 2 * * *',
    handle: async () => {
      const participations = await forget(ctx);
      if (participations > 0) ctx.log.info('contributions.forgotten', { participations });
    },
  };
  const accounts: JobKind<never> = {
    name: FORGET_ACCOUNTS,
    cron: '47 * * * *',
    handle: async () => {
      await forgetAccounts(ctx);
    },
  };
  return [serve, forgetting, accounts];
}
