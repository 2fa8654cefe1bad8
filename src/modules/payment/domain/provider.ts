import type { Result } from '../../../kernel/result.ts';
import type { PaymentProblem } from './problems.ts';

/** What a provider says of one payment, after its word has been verified. */
export interface ProviderFact {
  /** Our own id of the attempt, which the provider carries along. */
  readonly attemptId: string;
  readonly providerRef: string;
  readonly state: 'pending' | 'succeeded' | 'declined' | 'cancelled' | 'expired' | 'reversed';
  /** Integer cents in euro that moved; 0 where none did. */
  readonly amountCents: number;
  /** Day of the credit, `YYYY-MM-DD`. */
  readonly on: string;
  /** Names the movement of money: the same one has the same id in every message. */
  readonly bookingId: string;
}

/** A verified message; the same `id` is the same message sent again. */
export interface ProviderEvent {
  readonly id: string;
  readonly fact: ProviderFact;
}

export interface StartPayment {
  /** Also the idempotency key: the same attempt never makes two payments. */
  readonly attemptId: string;
  readonly amountCents: number;
  /** What the person reads at the provider's and on the account statement. */
  readonly kassenzeichen: string;
  readonly returnUrl: string;
  readonly notifyUrl: string;
}

/** Headers of a request, by name in small letters. */
export type NotificationHeaders = Readonly<Record<string, string | undefined>>;

/**
 * The port to whoever takes the money. Every adapter passes the contract suite in
 * `http/provider.test.ts`.
 */
export interface PaymentProvider {
  /** Stands in bookings, attempts and the address of its notifications. */
  readonly name: string;
  /** Moves no real money; every page that leads there says so. */
  readonly demo: boolean;
  /** Where its payment pages are: a form of ours redirects there. */
  readonly origin: string;
  start(payment: StartPayment): Promise<Result<{ readonly redirectUrl: string; readonly providerRef: string }, PaymentProblem>>;
  /** Believes a message only by its signature over the raw body, and only while it is fresh. */
  verifyNotification(headers: NotificationHeaders, rawBody: Uint8Array, now: Temporal.Instant): Result<ProviderEvent, PaymentProblem>;
  /** Asks again, for messages that never came. `not-found` where the provider knows no such payment. */
  fetchStatus(providerRef: string): Promise<Result<ProviderFact, PaymentProblem>>;
}
