import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Claim } from '../domain/claim.ts';
import type { PaymentProvider } from '../domain/provider.ts';
import type { BankAccount } from '../domain/transfer.ts';

/** A text in the three languages of the city. */
export interface PaymentText {
  readonly de: string;
  readonly en: string;
  readonly leicht: string;
}

/** What the Kasse may reach. */
export interface PaymentContext extends Context {
  /** Who takes payments online; the first one is offered. None: transfer only. */
  readonly providers: readonly PaymentProvider[];
  /** Where transfers of an authority go; `undefined`: none are taken. */
  readonly bankAccountOf: (authority: string) => BankAccount | undefined;
  /** Words for a purpose id. */
  readonly purposeText: (purpose: string) => PaymentText;
  readonly authorityName: (authority: string) => string;
  /**
   * Called once when verified money covers a claim, in a transaction of its own after the payment is
   * kept. When it throws it is called again with backoff, the payment stays true, and the Kasse
   * shows that the procedure has not been told yet.
   */
  readonly onPaid?: (tx: Tx, claim: Claim) => Promise<void>;
}

export const JOBS = {
  handOn: 'payment.hand-on',
  follow: 'payment.follow-attempts',
  remind: 'payment.remind',
} as const;
