import type { Booking } from './claim.ts';

/** What became true of a claim. No event names a person but by id. */
export type ClaimEvent =
  | {
      readonly kind: 'demanded';
      readonly caseId: string;
      readonly fileNumber: string;
      readonly accountId: string | null;
      readonly authority: string;
      readonly kassenzeichen: string;
      readonly amountCents: number;
      readonly purpose: string;
      readonly legalBasis: string;
      readonly demandedOn: string;
      readonly dueOn: string;
    }
  | { readonly kind: 'attempt-planned'; readonly attemptId: string; readonly provider: string; readonly amountCents: number; readonly plannedAt: string }
  | { readonly kind: 'attempt-started'; readonly attemptId: string; readonly providerRef: string; readonly redirectUrl: string }
  | { readonly kind: 'attempt-failed'; readonly attemptId: string; readonly reason: FailureReason }
  | { readonly kind: 'attempt-expired'; readonly attemptId: string }
  | { readonly kind: 'booked'; readonly booking: Booking; readonly attemptId?: string }
  | { readonly kind: 'cancelled'; readonly on: string; readonly reason: CancelReason }
  | { readonly kind: 'reminded'; readonly on: string }
  | { readonly kind: 'dunned'; readonly on: string }
  | { readonly kind: 'refund-requested'; readonly refundId: string; readonly amountCents: number; readonly by: string }
  | { readonly kind: 'refund-done'; readonly refundId: string; readonly by: string; readonly on: string }
  | { readonly kind: 'handed-on' };

export type FailureReason = 'declined' | 'cancelled' | 'unavailable';
export type CancelReason = 'bescheid-aufgehoben' | 'erlassen';
