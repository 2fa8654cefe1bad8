import type { NameOfFormula } from './counters.ts';

const APPLIED = 'procedure.antrag-eingereicht';
const COMPLETE = 'procedure.vollstaendig';
const REQUESTED = 'procedure.nachforderung-gestellt';
const DECIDED = 'procedure.bescheid-erlassen';
const COUNTED = 'usage.counter-cases';

/** Name of the entry that keeps, once a day, what no event tells. */
export const SNAPSHOT = 'indicators.snapshot';

const TIMED = [APPLIED, COMPLETE, REQUESTED, DECIDED] as const;
const ACCOUNT = ['identity.account-registered', 'identity.signed-in', 'identity.account-deleted'] as const;

/**
 * Of which events of the journal each name of a formula is made: a kind stands with a name that would be another number
 * without its entries. `event-kinds.test.ts` takes them away kind by kind and compares.
 */
export const MADE_OF = {
  received: [APPLIED],
  counter: [COUNTED],
  counter_records: [COUNTED],
  own_motion: ['procedure.von-amts-wegen-begonnen'],
  taken_over: ['procedure.akte-uebernommen'],
  completed: [APPLIED, COMPLETE],
  complete_first: [APPLIED, COMPLETE, REQUESTED],
  decided: [APPLIED, DECIDED],
  automated: [APPLIED, DECIDED],
  timed: TIMED,
  undated: TIMED,
  requests: [APPLIED, REQUESTED, DECIDED],
  media_breaks: [APPLIED, DECIDED, 'procedure.bescheid-bekanntgegeben'],
  fictions: [APPLIED, 'procedure.genehmigung-fingiert'],
  // withdrawn after its Bescheid, it is decided and not withdrawn
  withdrawn: [APPLIED, 'procedure.zurueckgenommen', DECIDED],
  objections: [APPLIED, 'procedure.widerspruch-eingelegt'],
  ratings: ['usage.rated'],
  rating_sum: ['usage.rated'],
  llm_answers: ['llm.answered'],
  items_settled: ['proposals.settled'],
  items_accepted: ['proposals.settled'],
  items_changed: ['proposals.settled'],
  exercises: ['situation.lage-opened'],
  consultations: ['guides.consultations'],
  accounts: ACCOUNT,
  eid_accounts: ACCOUNT,
  organisations: ['identity.organisation-founded', 'identity.organisation-deleted'],
  sensors_all: [SNAPSHOT],
  sensors_fresh: [SNAPSHOT],
  open_data: [SNAPSHOT],
  online_matched: [APPLIED, COUNTED],
  median_days: TIMED,
  p90_days: TIMED,
} as const satisfies Readonly<Record<NameOfFormula, readonly string[]>>;

/** A kind of entries that makes figures. */
export type FollowedKind = (typeof MADE_OF)[NameOfFormula][number];

/** The events of one module, without its name: a `case` of a `switch` over them that no figure is made of is refused by the compiler. */
export type EventOf<M extends string, K = FollowedKind> = K extends `${M}.${infer E}` ? E : never;

/** Everything that is read of the journal. */
export const FOLLOWED: readonly FollowedKind[] = [...new Set(Object.values(MADE_OF).flat())];
