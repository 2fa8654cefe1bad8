import type { JobKind } from '../../platform/jobs/port.ts';
import { tidyDrafts } from './application/abandoned-drafts.ts';
import type { ProcedureContext } from './application/context.ts';
import { decideAutomatically, decidePaid } from './application/decide-automatically.ts';
import { demandFee } from './application/demand-fee.ts';
import { JOB_NAMES } from './application/side-effects.ts';
import { sweepDeadlines } from './application/sweep-deadlines.ts';
import { warnDesk } from './application/warn-desk.ts';
import { issueDecision, writeLetter } from './application/write-letter.ts';

/** What leaves through the outbox or runs by the clock. */
export function procedureJobs(ctx: ProcedureContext): JobKind<never>[] {
  const kinds: JobKind<{ caseId: string; version: number; decisionId: string }>[] = [
    { name: JOB_NAMES.decideAutomatically, urgent: true, handle: (payload) => decideAutomatically(ctx, payload) },
    { name: JOB_NAMES.issueDecision, urgent: true, handle: (payload) => issueDecision(ctx, payload) },
    { name: JOB_NAMES.writeLetter, handle: (payload) => writeLetter(ctx, payload) },
    { name: JOB_NAMES.resumePaid, urgent: true, handle: (payload) => decidePaid(ctx, payload) },
    { name: JOB_NAMES.demandFee, handle: (payload) => demandFee(ctx, payload) },
    { name: JOB_NAMES.warnDesk, handle: (payload) => warnDesk(ctx, payload) },
    { name: JOB_NAMES.tidyDrafts, cron: '23 4 * * *', handle: async () => void (await tidyDrafts(ctx)) },
    { name: JOB_NAMES.sweepDeadlines, cron: '7 * * * *', handle: async () => void (await sweepDeadlines(ctx)) },
  ];
  return kinds;
}
