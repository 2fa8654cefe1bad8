import type { Case } from '../domain/case.ts';
import type { EventKind, StoredEvent } from '../domain/events.ts';
import type { ProcedureRules } from '../domain/procedure-rules.ts';

/** An order for the outbox; `key` keeps it from being carried out twice. */
export interface SideEffect {
  readonly job: (typeof JOB_NAMES)[keyof typeof JOB_NAMES];
  readonly payload: { readonly caseId: string; readonly version: number; readonly decisionId?: string };
  readonly key: string;
}

export const JOB_NAMES = {
  writeLetter: 'procedure.write-letter',
  decideAutomatically: 'procedure.decide-automatically',
  issueDecision: 'procedure.issue-decision',
  warnDesk: 'procedure.warn-desk',
  demandFee: 'procedure.demand-fee',
  resumePaid: 'procedure.resume-paid',
  sweepDeadlines: 'procedure.sweep-deadlines',
  tidyDrafts: 'procedure.tidy-drafts',
} as const;

/** Events that the applicant is told by a letter into the Postfach. */
export const LETTER_EVENTS: readonly EventKind[] = [
  'antrag-eingereicht',
  'nachforderung-gestellt',
  'anhoerung-eingeleitet',
  'frist-verlaengert',
  'widerspruch-eingelegt',
  'bescheinigung-verlangt',
];

const costs = (state: Case, decisionId: string): boolean => state.decisions.some(({ id, feeCents }) => id === decisionId && feeCents > 0);

/** What must leave the house because of these events. */
export function sideEffects(state: Case, events: readonly StoredEvent[], rules: ProcedureRules): SideEffect[] {
  return events.flatMap((event) => {
    const payload = { caseId: state.id, version: event.version };
    const order = (job: SideEffect['job'], extra: { decisionId?: string } = {}): SideEffect => ({
      job,
      payload: { ...payload, ...extra },
      key: `${state.id}.${event.version}.${job}`,
    });
    const effects: SideEffect[] = [];
    if (event.kind === 'antrag-eingereicht' && rules.automationBasis !== undefined) {
      effects.push(order(JOB_NAMES.decideAutomatically));
    }
    if (LETTER_EVENTS.includes(event.kind)) effects.push(order(JOB_NAMES.writeLetter));
    if (event.kind === 'antrag-eingereicht' && rules.paidBefore) effects.push(order(JOB_NAMES.demandFee));
    if (event.kind === 'bescheid-bekanntgegeben' && costs(state, event.facts.decisionId)) {
      effects.push(order(JOB_NAMES.demandFee, { decisionId: event.facts.decisionId }));
    }
    if (event.kind === 'frist-gewarnt') effects.push(order(JOB_NAMES.warnDesk));
    if (event.kind === 'bescheid-erlassen') {
      effects.push(order(JOB_NAMES.issueDecision, { decisionId: event.facts.decisionId }));
    }
    return effects;
  });
}
