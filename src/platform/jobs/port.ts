import type { Tx } from '../database/port.ts';

/** A kind of work that leaves through the outbox; `Payload` is JSON without personal data. */
export interface JobKind<Payload extends object> {
  /** Name with module prefix, e.g. `procedure.seal-bescheid`. */
  readonly name: string;
  /** Handles one job. Must be idempotent: after a crash it runs again. Throwing means retry with backoff. */
  readonly handle: (payload: Payload) => Promise<void>;
  /** Tries before the job becomes a dead letter that the administration sees. Default 8. */
  readonly retries?: number;
  /** Somebody waits for it: it runs at once, while all other work takes turns one by one. */
  readonly urgent?: boolean;
  /** Repeats by the clock instead of on demand (cron, Europe/Berlin), e.g. every hour: `0 * * * *`. */
  readonly cron?: string;
}

/** Where use cases leave their side effects, in the same transaction as the state they change. */
export interface Outbox {
  /** `key` makes the order unique: the same key is kept once however often it is enqueued. */
  enqueue(tx: Tx, name: string, payload: object, options?: { key?: string; startAfter?: Temporal.Instant }): Promise<void>;
}
