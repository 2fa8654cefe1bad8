import type { Lang } from '../../../kernel/lang.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Expiring } from '../domain/reminders.ts';
import type { PushWords } from '../domain/words.ts';
import type { PushAddress } from '../domain/push-endpoint.ts';

/**
 * What became of one try. `gone`: the address is no more. `refused`: it will never be taken. `later`: another try may
 * work, no sooner than the other side said.
 */
export type Outcome =
  | { readonly kind: 'sent' | 'gone' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterSeconds?: number };

/** Sends short texts. `reference` stays the same when a try is repeated. */
export interface SmsGateway {
  send(message: { readonly to: string; readonly text: string; readonly reference: string }): Promise<Outcome>;
}

/** Speaks to the browsers' push services (RFC 8030, 8291, 8292). */
export interface PushSender {
  /** The city's public key (VAPID), base64url, for browsers. */
  readonly publicKey: string;
  /** Whether the city may send there. */
  admits(endpoint: string): Promise<boolean>;
  send(address: PushAddress, words: PushWords, topic: string): Promise<Outcome>;
}

/** In which language an account is written to: identity's own, in a port. */
export interface AccountLanguage {
  of(db: Sql, accountId: string): Promise<Lang>;
  keep(tx: Tx, accountId: string, lang: Lang): Promise<void>;
}

/** What the use cases of this module need of the outside. */
export type NotificationContext = Pick<Context, 'settings' | 'clock' | 'database' | 'journal' | 'outbox' | 'mailer' | 'log'> & {
  /** At least 32 characters; keys the hashes of codes and numbers. */
  readonly secret: string;
  readonly push: PushSender;
  /** Absent: the city sends no SMS. */
  readonly sms?: SmsGateway;
  /** The gateway is the demo's own, and pages say so. */
  readonly smsIsDemo?: boolean;
  /** The confirmed address of an account; its own e-mail in a port, so that this module holds none. */
  readonly addressOf: (db: Sql, accountId: string) => Promise<string | undefined>;
  readonly language: AccountLanguage;
  readonly expiring: Expiring;
};

/** The job that brings one notice. */
export const DELIVER = 'notification.deliver';
