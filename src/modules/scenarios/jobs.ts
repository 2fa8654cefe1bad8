import type { JobKind } from '../../platform/jobs/port.ts';
import { collectRuns } from './application/collect-runs.ts';
import type { Writing } from './application/context.ts';

/** Whoever opens a scenario sees what is there; this brings results in that nobody looks at. */
export function scenariosJobs(ctx: Writing): JobKind<never>[] {
  return [{ name: 'scenarios.collect', cron: '*/5 * * * *', handle: () => collectRuns(ctx) }];
}
