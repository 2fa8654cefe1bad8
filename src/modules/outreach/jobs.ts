import type { JobKind } from '../../platform/jobs/port.ts';
import type { OutreachContext } from './application/context.ts';
import { settleExperiments } from './application/experiments.ts';

/** What campaigns do by the clock: comparisons are read when a day is whole. */
export function outreachJobs(ctx: OutreachContext): readonly JobKind<never>[] {
  return [{ name: 'outreach.settle-experiments', cron: '20 3 * * *', handle: () => settleExperiments(ctx) }];
}
