import { newId } from '../../../kernel/id.ts';
import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { SystemCommand } from '../domain/commands.ts';
import { firingDeadlines, type FiringDeadline } from '../store/lists.ts';
import { actBySystem } from './act.ts';
import type { ProcedureContext } from './context.ts';
import { JOB_NAMES } from './side-effects.ts';

const PAGE = 200;

/** What a deadline of each kind lets happen; `decisionId` is for the permit that a statute's fiction gives. */
function commandFor(kind: string, decisionId: string): SystemCommand {
  switch (kind) {
    case 'nachforderung':
      return { action: 'expire-request' };
    case 'anhoerung':
      return { action: 'expire-hearing' };
    case 'rechtsbehelf':
      return { action: 'become-final' };
    case 'entscheidung':
      return { action: 'watch-period', decisionId };
    default:
      throw new Error(`deadline ${kind} has no effect`);
  }
}

/** Job by the clock: lets deadlines have their effect. Idempotent; misses nothing after a standstill. */
export async function sweepDeadlines(ctx: ProcedureContext): Promise<number> {
  const today = legalDay(ctx.clock());
  let fired = 0;
  let last: FiringDeadline | undefined;
  for (;;) {
    const due: FiringDeadline[] = await firingDeadlines(ctx.database.read, today, PAGE, last);
    for (const { caseId, kind } of due) {
      const command = commandFor(kind, newId(ctx.clock().epochMilliseconds));
      expectOk(await ctx.database.transaction((tx) => actBySystem(ctx, tx, JOB_NAMES.sweepDeadlines, caseId, command)));
      fired += 1;
    }
    if (due.length < PAGE) return fired;
    last = due.at(-1);
  }
}
