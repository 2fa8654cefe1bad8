import type { Tx } from '../database/port.ts';

/** A mail that only says that something waits: it never carries content of a case. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Leaves a mail in the outbox in the same transaction as its cause; `key` makes it unique. */
export interface Mailer {
  send(tx: Tx, key: string, mail: Mail): Promise<void>;
}
