import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { newId } from '../../kernel/id.ts';
import type { Clock } from '../../kernel/time.ts';
import type { Database, Tx } from '../database/port.ts';

/*
 * Why it is right when the process is killed between the work and keeping the answer:
 * the key is reserved first, and every transaction that the request commits marks the reservation
 * `worked` in the same commit. After a crash a reservation without the mark means that nothing
 * happened: the repeat runs. With the mark the work is done and only the answer is lost: the repeat
 * is told so (409) and nothing happens twice. The reservation is committed without waiting for the
 * disk: the log is written in order, so a durable mark implies a durable reservation.
 */

/** How long an answer is kept. */
const KEPT = { hours: 24 };
/** A request still without an answer after this belongs to a process that is gone. */
const LEASE = { minutes: 5 };

export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

/** What a key means now: first use, an answer already given, or a refusal. */
export type Reservation =
  | { readonly kind: 'first' }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer }
  | { readonly kind: 'other-request' | 'still-running' | 'answer-lost' };

interface Running {
  readonly caller: string;
  readonly key: string;
  /** Whether the answer of a success may be stored. */
  readonly keep: boolean;
  worked: boolean;
}

const running = new AsyncLocalStorage<Running>();

/** The database, with each transaction of an idempotent request marking its key in the same commit. */
export function markingDatabase<D extends Database>(database: D): D {
  const mark = async (tx: Tx): Promise<void> => {
    const request = running.getStore();
    if (request === undefined) return;
    await sql`update platform.idempotency set worked = true where caller = ${request.caller} and key = ${request.key}`.execute(tx);
    request.worked = true;
  };
  return {
    ...database,
    write: (work) =>
      database.write(async (tx) => {
        const value = await work(tx);
        await mark(tx);
        return value;
      }),
    transaction: (work) =>
      database.transaction(async (tx) => {
        const result = await work(tx);
        if (result.ok) await mark(tx);
        return result;
      }),
  };
}

interface Row {
  readonly request_sha256: string;
  readonly status: number | null;
  readonly body: string | null;
  readonly worked: boolean;
  readonly runner: string;
  readonly lease_until: Temporal.Instant | null;
}

/** Keeps answers of writes by caller and key, so that a repeated request is not done twice. */
export class IdempotencyKeys {
  readonly #database: Database;
  readonly #clock: Clock;
  /** This process; on PGlite a row of another one belongs to a process that is gone. */
  readonly #runner: string;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#runner = newId(clock().epochMilliseconds);
  }

  /** Reserves the key for this request, or says what became of it. */
  async reserve(caller: string, key: string, requestSha256: string): Promise<Reservation> {
    const now = this.#clock();
    const lease = now.add(LEASE);
    const inserted = await sql`with quick as (select set_config('synchronous_commit', 'off', true))
      insert into platform.idempotency (key, caller, request_sha256, created_at, runner, lease_until)
        select ${key}, ${caller}, ${requestSha256}, ${now}, ${this.#runner}, ${lease} from quick
        on conflict do nothing returning key`.execute(this.#database.read);
    if (inserted.rows.length === 1) return { kind: 'first' };
    return this.#database.write(async (tx) => {
      const found = await sql<Row>`select request_sha256, status, body, worked, runner, lease_until
        from platform.idempotency where caller = ${caller} and key = ${key} for update`.execute(tx);
      const row = found.rows[0];
      // Released in this very moment: the client's next try will find the key free.
      if (row === undefined) return { kind: 'still-running' };
      if (row.request_sha256 !== requestSha256) return { kind: 'other-request' };
      if (row.status !== null) return { kind: 'answered', answer: { status: row.status, body: row.body ?? '' } };
      if (this.#alive(row, now)) return { kind: 'still-running' };
      if (row.worked) return { kind: 'answer-lost' };
      await sql`update platform.idempotency set runner = ${this.#runner}, lease_until = ${lease}
        where caller = ${caller} and key = ${key}`.execute(tx);
      return { kind: 'first' };
    });
  }

  #alive(row: Row, now: Temporal.Instant): boolean {
    if (row.runner === this.#runner) return true;
    return this.#database.engine === 'postgres' && row.lease_until !== null && Temporal.Instant.compare(now, row.lease_until) < 0;
  }

  /** Runs the reserved request; its answer is kept when it changed something, else the key is free again. */
  async run(asked: Pick<Running, 'caller' | 'key' | 'keep'>, work: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
    const request: Running = { ...asked, worked: false };
    let answer: StoredAnswer | undefined;
    try {
      answer = await running.run(request, work);
      return answer;
    } finally {
      await this.#settle(request, answer);
    }
  }

  async #settle({ caller, key, keep, worked }: Running, answer: StoredAnswer | undefined): Promise<void> {
    const kept = answer !== undefined && (worked || answer.status < 400) && (keep || answer.status >= 400);
    await this.#database.write(async (tx) => {
      if (kept) {
        await sql`update platform.idempotency set status = ${answer.status}, body = ${answer.body}, lease_until = null
          where caller = ${caller} and key = ${key}`.execute(tx);
      } else if (worked) {
        // Failed after a commit, or a secret: nobody is at work any more, and the answer is lost.
        await sql`update platform.idempotency set runner = '', lease_until = null where caller = ${caller} and key = ${key}`.execute(tx);
      } else {
        await sql`delete from platform.idempotency where caller = ${caller} and key = ${key}`.execute(tx);
      }
    });
  }

  /** Forgets answers after 24 hours; run by the hour. */
  async sweep(): Promise<void> {
    const limit = this.#clock().subtract(KEPT);
    await this.#database.write((tx) => sql`delete from platform.idempotency where created_at < ${limit}`.execute(tx));
  }
}

/** One number for method, address and body: the same key with another one is a mistake of the client. */
export function requestSha256(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest('hex');
}
