import type { OutgoingMail } from '../../kernel/mail.ts';
import type { Tx } from '../database/port.ts';

/** Leaves a mail in the outbox in the same transaction as its cause; `key` makes it unique. */
export interface Mailer {
  send(tx: Tx, key: string, mail: OutgoingMail): Promise<void>;
}
