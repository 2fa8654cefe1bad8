import type { JobKind } from '../../platform/jobs/port.ts';
import type { CockpitContext } from './application/context.ts';
import { FORGET_ACCOUNTS, forgetAccounts } from './application/comments.ts';
import { makeMissingReports, REPORT_JOB } from './application/quarter-report.ts';

/** What runs by the clock. The report is tried every night: a night without power loses none. */
export function cockpitJobs(ctx: CockpitContext): JobKind<never>[] {
  return [
    {
      name: REPORT_JOB,
      cron: '19 4 * * *',
      handle: async () => {
        for (const quarter of await makeMissingReports(ctx)) ctx.log.info('cockpit.report-made', { quarter });
      },
    },
    { name: FORGET_ACCOUNTS, cron: '53 * * * *', handle: () => forgetAccounts(ctx) },
  ];
}
