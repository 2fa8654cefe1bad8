/**
 * A Forderung as folded from its events. Every part grows only, and each fact has its own id, so that
 * facts which come twice or in another order give the same claim: attempts take the furthest step
 * they were seen at, money is a set of bookings, and what is shown is computed from them.
 */
export interface Claim {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly fileNumber: string;
  /** The debtor's account; null where they have none and pay by transfer. */
  readonly accountId: string | null;
  readonly authority: string;
  readonly kassenzeichen: string;
  /** Integer cents, more than 0. */
  readonly amountCents: number;
  /** Id of the text that says what for, e.g. `baumfaellung.gebuehr`. */
  readonly purpose: string;
  readonly legalBasis: string;
  /** Legal days as `YYYY-MM-DD`. */
  readonly demandedOn: string;
  readonly dueOn: string;
  readonly attempts: readonly Attempt[];
  /** Money that came (more than 0) or was taken back (less than 0), each verified, by id. */
  readonly bookings: readonly Booking[];
  readonly refunds: readonly Refund[];
  readonly cancelledOn?: string;
  readonly remindedOn?: string;
  readonly dunnedOn?: string;
  /** Whether the procedure has been told that the claim is settled. */
  readonly handedOn: boolean;
}

/** How far an attempt was seen; a later step wins, whatever the order of the news. */
export const ATTEMPT_STEPS = ['planned', 'started', 'expired', 'failed', 'succeeded'] as const;
export type AttemptStep = (typeof ATTEMPT_STEPS)[number];

export interface Attempt {
  readonly id: string;
  readonly provider: string;
  readonly amountCents: number;
  readonly step: AttemptStep;
  readonly providerRef?: string;
  /** Where the person pays. */
  readonly redirectUrl?: string;
  readonly plannedAt: string;
}

export interface Booking {
  /** `demo-payment:<provider's id>` or `transfer:<hash of the bank's entry>`. */
  readonly id: string;
  /** A provider's name, or `transfer`. */
  readonly via: string;
  readonly amountCents: number;
  /** Day of the credit (§ 19 Abs. 3 GebG: that day counts as the day of payment). */
  readonly on: string;
}

/** Money to give back; two people must agree (four eyes). */
export interface Refund {
  readonly id: string;
  readonly amountCents: number;
  readonly requestedBy: string;
  /** Absent until the second person has confirmed that it left. */
  readonly doneBy?: string;
  readonly doneOn?: string;
}

const sum = (amounts: readonly { readonly amountCents: number }[]): number => amounts.reduce((total, { amountCents }) => total + amountCents, 0);

/** Cents that are here now. */
export const balanceCents = (claim: Claim): number => sum(claim.bookings) - sum(claim.refunds.filter((refund) => refund.doneBy !== undefined));

/** Cents that are owed in all: nothing once the Bescheid has been set aside. */
export const owedCents = (claim: Claim): number => (claim.cancelledOn === undefined ? claim.amountCents : 0);

/** Cents still to pay, 0 or more. */
export const outstandingCents = (claim: Claim): number => Math.max(0, owedCents(claim) - balanceCents(claim));

/** Cents to give back, 0 or more. */
export const surplusCents = (claim: Claim): number => Math.max(0, balanceCents(claim) - owedCents(claim));

/** Whether verified money covers what is owed. */
export const isSettled = (claim: Claim): boolean => claim.cancelledOn === undefined && balanceCents(claim) >= claim.amountCents;

/** The attempt under way, if any: the newest one that nobody has seen end. */
export const runningAttempt = (claim: Claim): Attempt | undefined => claim.attempts.findLast(({ step }) => step === 'planned' || step === 'started');

/** The day from which verified money covered the amount, and by which way the last part came. */
export function paidFact(claim: Claim): { readonly on: string; readonly via: string } | undefined {
  if (!isSettled(claim)) return undefined;
  let total = 0;
  for (const booking of claim.bookings.toSorted((a, b) => (`${a.on}|${a.id}` < `${b.on}|${b.id}` ? -1 : 1))) {
    total += booking.amountCents;
    if (total >= claim.amountCents) return { on: booking.on, via: booking.via };
  }
  return undefined;
}

export const CLAIM_STATUSES = ['open', 'in-payment', 'partly', 'paid', 'overpaid', 'dunned', 'cancelled', 'refund-due', 'refunded'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

/**
 * What may be said of the claim, from verified facts alone: `paid` only where the money is here, and
 * never `open` while it is.
 */
export function statusOf(claim: Claim): ClaimStatus {
  const balance = balanceCents(claim);
  if (claim.cancelledOn !== undefined) return balance > 0 ? 'refund-due' : claim.bookings.length > 0 ? 'refunded' : 'cancelled';
  if (balance > claim.amountCents) return 'overpaid';
  if (balance === claim.amountCents) return 'paid';
  if (balance > 0) return 'partly';
  if (runningAttempt(claim) !== undefined) return 'in-payment';
  return claim.dunnedOn === undefined ? 'open' : 'dunned';
}
