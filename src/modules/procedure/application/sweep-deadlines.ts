import { newId } from '../../../kernel/id.ts';
import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { SystemCommand } from '../domain/commands.ts';
import { firingDeadlines, type FiringDeadline } from '../store/lists.ts';
import { actBySystem } from './act-by-system.ts';
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
  const failed: string[] = [];
  let last: FiringDeadline | undefined;
  for (;;) {
    const due: FiringDeadline[] = await firingDeadlines(ctx.database.read, today, PAGE, last);
    for (const { caseId, kind } of due) {
      const command = commandFor(kind, newId(ctx.clock().epochMilliseconds));
      if (await hasEffect(ctx, caseId, command)) fired += 1;
      else failed.push(caseId);
    }
    if (due.length < PAGE) break;
    last = due.at(-1);
  }
  // the job fails aloud, after everybody else has had their right
  if (failed.length > 0) throw new Error(`deadlines without effect in ${failed.length} cases: ${failed.slice(0, 10).join(', ')}`);
  return fired;
}

/** One case that cannot be worked on must not keep the others waiting. */
async function hasEffect(ctx: ProcedureContext, caseId: string, command: SystemCommand): Promise<boolean> {
  try {
    expectOk(await ctx.database.transaction((tx) => actBySystem(ctx, tx, JOB_NAMES.sweepDeadlines, caseId, command)));
    return true;
  } catch (error) {
    ctx.log.error('procedure.deadline-failed', { caseId, action: command.action, error: String(error) });
    return false;
  }
}
