import type { Actor } from '../../kernel/actor.ts';
import type { Sql, Tx } from '../database/port.ts';

/** What a module hands to the journal. `payload` holds no personal data: only ids, hashes and facts. */
export interface NewEntry {
  /** What the entry belongs to, e.g. `case:0190…`. */
  readonly stream: string;
  /** Event name with module prefix, e.g. `procedure.antrag-eingereicht`. */
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An entry as kept: numbered without gaps and chained by SHA-256 to the one before. */
export interface Entry extends NewEntry {
  readonly seq: number;
  readonly at: Temporal.Instant;
  /** `actorRef` notation. */
  readonly actor: string;
  /** Lower-case hex of SHA-256. */
  readonly hash: string;
}

export interface Journal {
  /**
   * Appends in the caller's transaction. Call it last: it holds the chain's head until commit. What
   * somebody does for another gets `mandateId` and `actedFor` (an account) into its payload.
   */
  append(tx: Tx, actor: Actor, at: Temporal.Instant, entries: readonly NewEntry[]): Promise<void>;
  /** Entries after `seq`, oldest first; `kinds` narrows by exact name. */
  readAfter(db: Sql, seq: number, options?: { kinds?: readonly string[]; limit?: number }): Promise<Entry[]>;
  /** Number of the newest entry, 0 before the first: whoever follows the journal can say how far behind they are. */
  head(db: Sql): Promise<number>;
  /** All entries of one stream, oldest first. */
  readStream(db: Sql, stream: string): Promise<Entry[]>;
}
