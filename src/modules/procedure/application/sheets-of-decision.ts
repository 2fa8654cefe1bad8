import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Case } from '../domain/case.ts';
import type { CaseCommand } from '../domain/commands.ts';
import type { CaseProblem } from '../domain/problems.ts';
import type { ProcedureContext } from './context.ts';

/**
 * A draft that grants takes the stamped sheets along as they are; the decision is then about these very
 * sheets. What was entered or changed since must be seen in a new draft.
 */
export async function withSheets(ctx: ProcedureContext, tx: Tx, state: Case, command: CaseCommand): Promise<Result<CaseCommand, CaseProblem>> {
  const drafts = command.action === 'draft-decision' && command.outcome !== 'refuse';
  const decides = SETTLES.includes(command.action) && state.draft?.decisionKind === 'bescheid' && state.draft.outcome !== 'refuse';
  if (ctx.sheets === undefined || (!drafts && !decides)) return ok(command);
  const found = await ctx.sheets.forDecision(tx, state.id);
  if (!found.ok) return refuse(wrongState(found.problem));
  if (command.action === 'draft-decision') return ok(found.value.length === 0 ? command : { ...command, text: { ...command.text, sheets: found.value } });
  return comparable(found.value) === comparable(state.draft?.text.sheets ?? []) ? ok(command) : refuse(wrongState(CHANGED));
}

/** What rests on the draft as it was seen. */
const SETTLES: readonly CaseCommand['action'][] = ['submit-for-approval', 'decide', 'approve'];
const CHANGED =
  'Seit dem Entwurf wurden Eintragungen auf den Planblättern geändert. Speichern Sie den Entwurf neu, dann gelten die Blätter, wie sie jetzt sind.';

/** JSON with sorted keys: the draft came back from the database. */
const comparable = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
