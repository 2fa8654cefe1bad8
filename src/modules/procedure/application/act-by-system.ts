import { refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Case } from '../domain/case.ts';
import type { SystemCommand } from '../domain/commands.ts';
import { decideBySystem } from '../domain/decide.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { findCase } from '../store/cases.ts';
import type { ProcedureContext } from './context.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';

/** As `act`, for what the city itself does. Idempotent: nothing to do is fine. */
export async function actBySystem(ctx: ProcedureContext, tx: Tx, job: string, caseId: string, command: SystemCommand): Promise<Result<Case, CaseProblem>> {
  const state = await findCase(tx, caseId);
  if (state === undefined) return refuse(notFound);
  const rules = rulesOf(await ctx.desk.pinned(state.packageHash));
  const now = ctx.clock();
  const decided = decideBySystem(command, { state, rules, now });
  if (!decided.ok) return decided;
  if (decided.value.length === 0) return { ok: true, value: state };
  return saveEvents(ctx, tx, { before: state, events: decided.value, actor: { kind: 'system', job }, now, rules });
}
