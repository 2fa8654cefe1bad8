import type { JobKind } from '../../platform/jobs/port.ts';
import { collectRuns } from './application/collect-runs.ts';
import { forgetAccounts } from './application/forget-accounts.ts';
import type { Writing } from './application/context.ts';

/** Whoever opens a scenario sees what is there; this brings results in that nobody looks at. */
export function scenariosJobs(ctx: Writing): JobKind<never>[] {
  return [
    { name: 'scenarios.collect', cron: '*/5 * * * *', handle: () => collectRuns(ctx) },
    {
      name: 'scenarios.forget',
      cron: '37 * * * *',
      handle: async () => {
        await forgetAccounts(ctx);
      },
    },
  ];
}
