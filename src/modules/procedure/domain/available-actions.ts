import { hasWithdrawn } from './applicants.ts';
import { presentDecision, sourceOf, type Case } from './case.ts';
import { openSteps } from './course.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { APPLICANT_ACTIONS, type CaseAction, type CaseStatus } from './status.ts';

/** Who acts, as far as procedure law asks. */
export interface Party {
  /** `actorRef` notation. */
  readonly ref: string;
  /** The applicant's account. */
  readonly accountId?: string;
  readonly kind: 'applicant' | 'authority' | 'system';
  /** Holds the role Leitung and may give the second signature. */
  readonly leads: boolean;
}

/** Conditions beyond the package's table; the law sets them whatever a package offers. */
const CONDITIONS: Readonly<Partial<Record<CaseAction, (state: Case, rules: ProcedureRules, party: Party) => boolean>>> = {
  // § 42a(2) sentence 3 VwVfG: once, and only where a statute sets a period
  extend: (state, rules) => rules.extension !== undefined && rules.decisionPeriod !== undefined && state.extension === undefined,
  suspend: (state) => state.completeOn !== undefined,
  resume: (state) => state.suspensions.some((part) => part.to === undefined),
  'submit-for-approval': (state, rules) => state.draft !== undefined && needsApproval(state.draft.outcome, rules),
  // the second pair of eyes is another person's
  approve: (state, _rules, party) => party.leads && state.draft !== undefined && state.draft.by !== party.ref,
  'return-draft': (state, _rules, party) => party.leads && state.draft !== undefined,
  decide: (state, rules) => state.draft !== undefined && !needsApproval(state.draft.outcome, rules),
  'record-bekanntgabe': (state) => presentDecision(state)?.pdfSha256 !== undefined,
  'answer-request': (state) => state.request !== undefined,
  'answer-hearing': (state) => state.hearing?.open === true,
  // one request is answered once: the certificate lies among the letters
  'request-certificate': (state) => presentDecision(state)?.kind === 'fiktion' && presentDecision(state)?.certified === undefined,
  // before the decision; each applicant for themselves, once
  withdraw: (state, _rules, party) => state.decisions.length === 0 && !hasWithdrawn(state, party.accountId),
  // a norm has no Widerspruch (§ 68 VwGO speaks of Verwaltungsakte)
  object: (state, rules, party) =>
    !hasWithdrawn(state, party.accountId) &&
    !hasObjected(state, party) &&
    rules.promulgation === undefined &&
    presentDecision(state)?.delivery !== undefined &&
    presentDecision(state)?.kind !== 'widerspruchsbescheid',
  'record-step': (state, rules) => openSteps(state, rules).length > 0,
  'decide-objection': (state) => state.objection !== undefined,
  'follow-decision': (state) => state.decisions.length > 0,
};

/** A Widerspruch is filed once; where several applied, each files for themselves. */
function hasObjected({ coApplicants, objection, furtherObjections = [] }: Case, { accountId }: Party): boolean {
  if (objection === undefined) return false;
  return coApplicants === undefined || [objection, ...furtherObjections].some((one) => one.accountId === accountId);
}

/** The package's table; where it offers a Widerspruch, the month runs whatever the desk does meanwhile (§ 70 VwGO). */
const ENDED: readonly CaseStatus[] = ['zurueckgenommen', 'abgeschlossen'];

function offeredIn(state: Case, { offered, checklist }: ProcedureRules): readonly CaseAction[] {
  const listed = offered[state.status] ?? [];
  const meanwhile = ['anhoerung', 'freigabe'].includes(state.status) || (state.status === 'widerspruch' && state.coApplicants !== undefined);
  const objects = meanwhile && state.decisions.length > 0 && offered.bekanntgegeben?.includes('object') === true;
  // who may write a note may tick off what they checked, until it is decided
  const checks = listed.includes('note') && checklist !== undefined && state.decisions.length === 0 && !ENDED.includes(state.status);
  return [...listed, ...(objects && !listed.includes('object') ? (['object'] as const) : []), ...(checks ? (['check-tasks'] as const) : [])];
}

/** Whether the package asks for a second pair of eyes. */
export function needsApproval(outcome: 'grant' | 'partial' | 'refuse', rules: ProcedureRules): boolean {
  return rules.fourEyes === 'always' || (rules.fourEyes === 'refusal' && outcome !== 'grant');
}

/** Where the applicant has no Servicekonto, the authority records what they write. */
function isFor(party: Party, action: CaseAction, state: Case): boolean {
  if (!APPLICANT_ACTIONS.includes(action)) return party.kind !== 'applicant';
  return party.kind === 'applicant' || (party.kind === 'authority' && sourceOf(state) !== undefined);
}

/** The actions that the state, the package and the law leave to this party, in the package's order. */
export function availableActions(state: Case, rules: ProcedureRules, party: Party): CaseAction[] {
  const offered = offeredIn(state, rules);
  return offered.filter((action) => {
    if (!isFor(party, action, state)) return false;
    return CONDITIONS[action]?.(state, rules, party) ?? true;
  });
}
