import type { Position } from '../../../kernel/geo.ts';
import type { AnswerKind, CaseEvent, CaseEventKind, CaseEventOf, Day, FileRef, Meta, PeriodStep, RoundKind, Via } from './events.ts';
import type { ConsulteeKind, Silence } from '../../catalogue/public.ts';

/** One round: agencies and neighbours asked one by one, or a public display. */
export interface Round {
  readonly id: string;
  readonly kind: RoundKind;
  readonly planId?: string;
  readonly title: string;
  readonly request: string;
  readonly legalBasis: string;
  readonly openedOn: Day;
  readonly startsOn: Day;
  readonly dueOn: Day;
  readonly noticedOn?: Day;
  readonly graceDays: number;
  readonly steps: readonly PeriodStep[];
  readonly place?: Position;
  readonly status: 'open' | 'due' | 'closed';
  readonly closedOn?: Day;
  readonly repeatOf?: string;
  readonly changes?: string;
  readonly shortenedBecause?: string;
  readonly limited: boolean;
  readonly documents: readonly FileRef[];
}

/** One consultee asked in a round. */
export interface Consultation {
  readonly id: string;
  readonly roundId: string;
  readonly planId?: string;
  readonly kind: ConsulteeKind;
  readonly name: string;
  readonly email?: string;
  readonly legalBasis: string;
  readonly silence: Silence;
  readonly askedOn: Day;
  readonly dueOn: Day;
  readonly remindOn: Day;
  readonly remindedOn?: Day;
  readonly status: 'asked' | 'answered' | 'expired' | 'withdrawn';
  readonly answer?: { readonly kind: AnswerKind; readonly statementId: string; readonly receivedOn: Day; readonly late: boolean; readonly via: Via };
  readonly extensions: readonly { readonly from: Day; readonly to: Day; readonly reason: string }[];
  readonly withdrawnBecause?: string;
  /** `actorRef` of the account that took it over. */
  readonly claimedBy?: string;
  readonly linkRevoked: boolean;
}

/** The Beteiligung of a case, folded from its events. Plain JSON. */
export interface Participation {
  readonly caseId: string;
  readonly version: number;
  readonly rounds: readonly Round[];
  readonly consultations: readonly Consultation[];
  /** "No consultees needed" is an answer of its own, with its reason. */
  readonly noneNeeded?: { readonly reason: string; readonly on: Day; readonly by: string };
}

export const emptyParticipation = (caseId: string): Participation => ({ caseId, version: 0, rounds: [], consultations: [] });

type Fold<K extends CaseEventKind> = (state: Participation, event: CaseEventOf<K>, meta: Meta) => Participation;

const changeRound = (state: Participation, id: string, change: (round: Round) => Round): Participation => ({
  ...state,
  rounds: state.rounds.map((round) => (round.id === id ? change(round) : round)),
});

const changeConsultation = (state: Participation, id: string, change: (one: Consultation) => Consultation): Participation => ({
  ...state,
  consultations: state.consultations.map((one) => (one.id === id ? change(one) : one)),
});

/** A round of agencies lasts as long as the longest deadline in it. */
function stretchRound(state: Participation, roundId: string, dueOn: Day): Participation {
  return changeRound(state, roundId, (round) => (dueOn > round.dueOn ? { ...round, dueOn, status: round.status === 'due' ? 'open' : round.status } : round));
}

const FOLDS: { [K in CaseEventKind]: Fold<K> } = {
  'keine-stellen': (state, { facts, content }, { actor }) => ({ ...state, noneNeeded: { reason: content.reason, on: facts.on, by: actor } }),
  'runde-eroeffnet': (state, { facts, content }) => {
    const { roundId, roundKind, shortened: _shortened, ...rest } = facts;
    return { ...state, rounds: [...state.rounds, { id: roundId, kind: roundKind, ...rest, ...content, status: 'open', documents: [] }] };
  },
  'unterlage-beigefuegt': (state, { facts: { roundId, documentId, ...rest }, content }) =>
    changeRound(state, roundId, (round) => ({ ...round, documents: [...round.documents, { id: documentId, ...rest, ...content }] })),
  'stelle-beteiligt': (state, { facts, content }) => {
    const { consultationId, consulteeKind, ...rest } = facts;
    const one: Consultation = { id: consultationId, kind: consulteeKind, ...rest, ...content, status: 'asked', extensions: [], linkRevoked: false };
    const { noneNeeded: _none, ...asked } = { ...state, consultations: [...state.consultations, one] };
    return stretchRound(asked, facts.roundId, facts.dueOn);
  },
  'stelle-erinnert': (state, { facts }) => changeConsultation(state, facts.consultationId, (one) => ({ ...one, remindedOn: facts.on })),
  'stelle-frist-verlaengert': (state, { facts, content }) => {
    const roundId = state.consultations.find((one) => one.id === facts.consultationId)?.roundId ?? '';
    const extended = changeConsultation(state, facts.consultationId, ({ remindedOn: _reminded, ...one }) => ({
      ...one,
      status: 'asked',
      dueOn: facts.dueOn,
      remindOn: facts.remindOn,
      extensions: [...one.extensions, { from: one.dueOn, to: facts.dueOn, reason: content.reason }],
    }));
    return stretchRound(extended, roundId, facts.dueOn);
  },
  'stelle-geantwortet': (state, { facts: { consultationId, answer, ...rest } }) =>
    changeConsultation(state, consultationId, (one) => ({ ...one, status: 'answered', answer: { kind: answer, ...rest } })),
  'stelle-schweigt': (state, { facts }) => changeConsultation(state, facts.consultationId, (one) => ({ ...one, status: 'expired' })),
  'beteiligung-zurueckgezogen': (state, { facts, content }) =>
    changeConsultation(state, facts.consultationId, (one) => ({ ...one, status: 'withdrawn', withdrawnBecause: content.reason, linkRevoked: true })),
  'link-erneuert': (state, { facts }) => changeConsultation(state, facts.consultationId, (one) => ({ ...one, linkRevoked: false })),
  'link-widerrufen': (state, { facts }) => changeConsultation(state, facts.consultationId, (one) => ({ ...one, linkRevoked: true })),
  'stelle-uebernommen': (state, { facts }) => changeConsultation(state, facts.consultationId, (one) => ({ ...one, claimedBy: facts.by })),
  'runde-faellig': (state, { facts }) => changeRound(state, facts.roundId, (round) => ({ ...round, status: 'due' })),
  'runde-geschlossen': (state, { facts }) => changeRound(state, facts.roundId, (round) => ({ ...round, status: 'closed', closedOn: facts.on })),
};

/** Folds one accepted event. Pure and total. */
export function evolve(state: Participation, event: CaseEvent, meta: Meta): Participation {
  const fold = FOLDS[event.kind] as Fold<CaseEventKind>;
  return { ...fold(state, event, meta), version: meta.version };
}
