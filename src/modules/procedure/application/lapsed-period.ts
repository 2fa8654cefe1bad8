import { newId } from '../../../kernel/id.ts';
import { legalDay } from '../../../kernel/time.ts';
import { decisionDue } from '../domain/deadlines.ts';
import { findCase } from '../store/cases.ts';
import { actBySystem } from './act-by-system.ts';
import type { ProcedureContext } from './context.ts';
import { rulesOf } from './rules-of.ts';
import { JOB_NAMES } from './side-effects.ts';

/**
 * § 42a(1) VwVfG: a permit that a statute gives with the end of the period is there from that day on. It is
 * noted before anybody does anything else to the case: the sweeper may not have come yet, after a standstill
 * for days, and nobody may undo the permit by being faster than a clock.
 */
export async function noteLapsedPeriod(ctx: ProcedureContext, caseId: string): Promise<void> {
  const state = await findCase(ctx.database.read, caseId);
  if (state === undefined) return;
  const rules = rulesOf(await ctx.desk.pinned(state.packageHash));
  const due = rules.fictionBasis === undefined ? undefined : decisionDue(state, rules);
  const now = ctx.clock();
  if (due === undefined || Temporal.PlainDate.compare(due, legalDay(now)) >= 0) return;
  const command = { action: 'watch-period', decisionId: newId(now.epochMilliseconds) } as const;
  // refused only where somebody was faster: then what they did is examined on its own
  await ctx.database.transaction((tx) => actBySystem(ctx, tx, JOB_NAMES.sweepDeadlines, caseId, command));
}
