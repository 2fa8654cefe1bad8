/** An entry of the journal as far as indicators read it. */
export interface Fact {
  readonly seq: number;
  readonly at: Temporal.Instant;
  readonly stream: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Which events make figures, and nothing else is read. The README says which gives which. */
export const FOLLOWED: readonly string[] = [
  'procedure.antrag-eingereicht',
  'procedure.von-amts-wegen-begonnen',
  'procedure.akte-uebernommen',
  'procedure.vollstaendig',
  'procedure.nachforderung-gestellt',
  'procedure.bescheid-erlassen',
  'procedure.genehmigung-fingiert',
  'procedure.bescheid-bekanntgegeben',
  'procedure.zurueckgenommen',
  'procedure.widerspruch-eingelegt',
  'identity.account-registered',
  'identity.organisation-founded',
  'identity.signed-in',
  'identity.account-deleted',
  'identity.organisation-deleted',
  'usage.counter-cases',
  'usage.rated',
  'llm.answered',
  'proposals.settled',
  'situation.lage-opened',
  'indicators.snapshot',
];

/** Name of the entry that keeps, once a day, what no event tells. */
export const SNAPSHOT = 'indicators.snapshot';
