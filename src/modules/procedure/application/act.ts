import type { Actor } from '../../../kernel/actor.ts';
import { actorRef, inOwnName, ownerOf } from '../../../kernel/actor.ts';
import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import { staffMember } from '../../identity/public.ts';
import { appliedBy, type Applying } from '../domain/applicants.ts';
import type { Party } from '../domain/available-actions.ts';
import type { Case } from '../domain/case.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import { conflict, notFound, type CaseProblem } from '../domain/problems.ts';
import { currentVersions } from '../domain/versions.ts';
import { findCase } from '../store/cases.ts';
import { listUploads, submitUploads } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { feeBefore } from './demand-fee.ts';
import { noteLapsedPeriod } from './lapsed-period.ts';
import { numbered } from './register-number.ts';
import { stepDocuments, unmetStep } from './steps.ts';
import { unmetRequirement } from './requirements.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';
import { withSheets } from './sheets-of-decision.ts';

type Belonging = Applying & Pick<Case, 'authority' | 'service'>;

/** Whether this actor may see the case at all: an applicant or who acts for them within their mandate, or an officer of the responsible authority. */
export function maySee(actor: Actor, state: Belonging): boolean {
  switch (actor.kind) {
    case 'citizen':
      return appliedBy(ownerOf(actor), state);
    case 'staff':
      return actor.roles.includes('revision') || (decides(actor) && actor.authorities.includes(state.authority));
    default:
      return false;
  }
}

/** Whether this actor may change the case. Revision sees every authority's cases and changes none; a member who only reads changes none either. */
export function mayAct(actor: Actor, state: Belonging): boolean {
  if (actor.kind === 'citizen' && actor.agent?.writes === false) return false;
  if (actor.kind !== 'staff') return maySee(actor, state);
  return decides(actor) && actor.authorities.includes(state.authority);
}

/** A case can only go to an authority that exists, or to somebody who works there. */
async function unknownTarget(ctx: ProcedureContext, tx: Tx, state: Case, command: CaseCommand): Promise<CaseProblem | undefined> {
  if (command.action === 'transfer' && !ctx.desk.services.authorities.some((one) => one.id === command.authority)) {
    return invalidField('authority', 'Diese Behörde gibt es nicht. Wählen Sie eine aus der Liste.');
  }
  if (command.action === 'assign' && command.staffId !== null) {
    const member = await staffMember(tx, command.staffId);
    if (!member?.authorities.includes(state.authority)) {
      return invalidField('staffId', 'Diese Person arbeitet nicht in der zuständigen Behörde. Wählen Sie jemanden aus der Liste.');
    }
  }
  return undefined;
}

const decides = (actor: Extract<Actor, { kind: 'staff' }>): boolean => actor.roles.includes('sachbearbeitung') || actor.roles.includes('leitung');

/** The actor as procedure law sees them; revision looks and does nothing. */
export function partyOf(actor: Actor): Party {
  const leads = actor.kind === 'staff' && actor.roles.includes('leitung');
  const ref = actorRef(actor);
  return actor.kind === 'citizen' ? { ref, kind: 'applicant', accountId: actor.accountId, leads } : { ref, kind: 'authority', leads };
}

export interface ActInput {
  readonly caseId: string;
  readonly command: CaseCommand;
  /** Version the person saw; another one means that somebody was faster. */
  readonly expectedVersion?: number | undefined;
}

/** Does something to a case: loads it, lets the law decide, keeps what follows. */
export async function act(ctx: ProcedureContext, actor: Actor, input: ActInput): Promise<Result<Case, CaseProblem>> {
  await noteLapsedPeriod(ctx, input.caseId);
  return ctx.database.transaction(async (tx) => {
    const state = await findCase(tx, input.caseId);
    if (state === undefined || !maySee(actor, state)) return refuse(notFound);
    if (!mayAct(actor, state)) return refuse(READS_ONLY);
    const unknown = await unknownTarget(ctx, tx, state, input.command);
    if (unknown !== undefined) return refuse(unknown);
    if (input.expectedVersion !== undefined && input.expectedVersion !== state.version) return refuse(conflict);
    const refusal = trustRefusal(actor, input.command);
    if (refusal !== undefined) return refuse(refusal);
    const pkg = await ctx.desk.pinned(state.packageHash);
    const rules = rulesOf(pkg);
    const now = ctx.clock();
    const unmet = (await unmetCondition(ctx, tx, pkg, state, input.command)) ?? (await unmetStep(ctx, tx, pkg, state, input.command));
    if (unmet !== undefined) return refuse(unmet);
    const command = await withSheets(ctx, tx, state, await completed(tx, pkg, state, input.command, now));
    if (!command.ok) return command;
    const decided = decide(command.value, { state, rules, party: partyOf(actor), now });
    if (!decided.ok) return decided;
    return saveEvents(ctx, tx, { before: state, events: decided.value, actor, now, rules });
  });
}

const NOT_PAID = 'Die Gebühr ist noch nicht bezahlt; sie ist vor der Entscheidung fällig. Warten Sie auf die Zahlung, oder lehnen Sie ab.';
const READS_ONLY: CaseProblem = { kind: 'not-allowed', detail: 'Ihre Rolle darf Vorgänge lesen, aber nicht ändern.' };

/** § 70(1) VwGO with § 3a(3) VwVfG: an electronic form needs the identity proven by eID: that of the person who declares it. */
function trustRefusal(actor: Actor, command: CaseCommand): CaseProblem | undefined {
  if (command.action !== 'object' || actor.kind !== 'citizen' || inOwnName(actor).trust !== 'einfach') return undefined;
  return {
    kind: 'not-allowed',
    detail:
      'Für einen Widerspruch müssen wir sicher wissen, wer Sie sind (§ 70 VwGO). Melden Sie sich mit dem Online-Ausweis an, oder legen Sie ihn schriftlich oder zur Niederschrift ein. Die Frist läuft weiter.',
  };
}

/** What must be there before a decision: answers of those who were asked, and before a grant the case it builds on. */
async function unmetCondition(ctx: ProcedureContext, tx: Tx, pkg: ServicePackage, state: Case, command: CaseCommand): Promise<CaseProblem | undefined> {
  if (command.action !== 'decide' && command.action !== 'approve') return undefined;
  if (state.draft?.decisionKind === 'bescheid') {
    for (const gate of ctx.gates ?? []) {
      const open = await gate(tx, state.id);
      if (open !== undefined) return wrongState(open);
    }
  }
  if (!grants(command, state)) return undefined;
  if (feeBefore(pkg, state) > 0 && (await ctx.cashier?.isPaid(tx, state.id)) !== true) return wrongState(NOT_PAID);
  return unmetRequirement(tx, pkg, state);
}

/** Whether the command would give what was applied for. */
function grants({ action }: CaseCommand, { draft }: Case): boolean {
  return (action === 'decide' || action === 'approve') && draft?.decisionKind === 'bescheid' && draft.outcome !== 'refuse';
}

/** What was uploaded since becomes part of the answer; a grant gets its public number. */
async function completed(tx: Tx, pkg: ServicePackage, state: Case, command: CaseCommand, now: Temporal.Instant): Promise<CaseCommand> {
  if (command.action === 'decide' || command.action === 'approve') {
    const documents = currentVersions(await listUploads(tx, state.id));
    return { ...command, documents, ...(grants(command, state) ? await numbered(tx, pkg, now) : {}) };
  }
  if (command.action === 'record-step') return { ...command, documents: await stepDocuments(tx, pkg, state, command.step) };
  if (command.action !== 'answer-request') return command;
  const handed = await submitUploads(tx, state.id);
  return { ...command, documents: handed.map((upload) => upload.sha256) };
}
