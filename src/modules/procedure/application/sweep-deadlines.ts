import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { dueDeadlines } from '../store/lists.ts';
import { actBySystem } from './act.ts';
import type { ProcedureContext } from './context.ts';
import { JOB_NAMES } from './side-effects.ts';

const PAGE = 200;
const ACTIONS = { nachforderung: 'expire-request', anhoerung: 'expire-hearing', rechtsbehelf: 'become-final' } as const;

/** Job by the clock: lets passed deadlines have their effect. Idempotent; misses nothing after a standstill. */
export async function sweepDeadlines(ctx: ProcedureContext): Promise<number> {
  const today = legalDay(ctx.clock());
  let fired = 0;
  for (;;) {
    const due = await dueDeadlines(ctx.database.read, today, PAGE);
    for (const { caseId, kind } of due) {
      const action = ACTIONS[kind as keyof typeof ACTIONS];
      expectOk(await ctx.database.transaction((tx) => actBySystem(ctx, tx, JOB_NAMES.sweepDeadlines, caseId, { action })));
      fired += 1;
    }
    if (due.length < PAGE) return fired;
  }
}
