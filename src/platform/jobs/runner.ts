import { CompiledQuery, sql } from 'kysely';
import { PgBoss, type JobWithMetadata } from 'pg-boss';
import { CITY_ZONE } from '../../kernel/time.ts';
import type { Database, Sql } from '../database/port.ts';
import { afterCommit } from '../database/transactions.ts';
import type { Log } from '../log/log.ts';
import { parseId, uuidFrom } from '../../kernel/id.ts';
import { giveWay } from './give-way.ts';
import type { JobKind, Outbox } from './port.ts';

/** A job that failed for good and waits for the administration. */
export interface DeadLetter {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
  readonly failedAt: Temporal.Instant;
  readonly tries: number;
  readonly error: string;
}

export interface JobRunner extends Outbox {
  /** Makes the queues known; call once, before anything is enqueued. */
  register(kinds: readonly JobKind<never>[]): Promise<void>;
  /** Starts the workers. Without it jobs are kept but wait. */
  work(): Promise<void>;
  /** Does everything that is due now, in this call (tests, walks on a temporary city). */
  drain(): Promise<number>;
  /** Does what the clock orders under this name, in this call: for a city whose clock is not the machine's. */
  strike(name: string): Promise<void>;
  /** The newest first, at most 200. */
  deadLetters(): Promise<DeadLetter[]>;
  /** Tries a dead letter again. @returns whether there was one */
  retry(name: string, id: string): Promise<boolean>;
  stop(): Promise<void>;
}

const RETRIES = 8;
const BATCH = 10;
/** Nobody waits for a long batch to end before theirs begins. */
const URGENT_BATCH = 2;
/** A commit wakes its worker; polls catch what another process ordered. What the clock orders may be half a minute late. */
const POLL_SECONDS = { ordered: 2, byTheClock: 30 };
const SCHEMA = 'platform_jobs';
const DEAD_LETTERS_SHOWN = 200;
const FORGET_DONE = 'platform.forget-done-jobs';
const DONE_KEPT = '30 days';

/**
 * The outbox and its workers on pg-boss, in the same database and so in the same transaction.
 * @param byTheClock false: what repeats by the clock waits for `strike`
 */
export async function createJobRunner(database: Database, log: Log, byTheClock = true): Promise<JobRunner> {
  const boss = new PgBoss({
    db: executor(database.read),
    schema: SCHEMA,
    schedule: byTheClock,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (error: Error) => log.error('jobs.failed', { error: error.message }));
  await boss.start();
  return new BossRunner(boss, database.read, log);
}

/** Nothing leaves a queue by its age: an order waits until it is done, a failure until somebody has seen to it. */
const queueOf = (kind: JobKind<never>) => ({
  retryLimit: kind.retries ?? RETRIES,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 3600,
  heartbeatSeconds: 10, // a killed process lets its jobs go after this
  retentionSeconds: 10 * 365 * 24 * 3600,
  deleteAfterSeconds: 0, // never by itself
});

interface LetterRow {
  readonly id: string;
  readonly name: string;
  readonly data: object;
  readonly output: { readonly error?: string } | null;
  readonly retry_count: number;
  readonly failed_at: Temporal.Instant;
}

class BossRunner implements JobRunner {
  readonly #boss: PgBoss;
  readonly #db: Sql;
  #kinds: readonly JobKind<never>[] = [];
  readonly #log: Log;
  readonly #workers = new Map<string, string>();
  /** Ends when the last job in the row has. */
  #turn: Promise<void> = Promise.resolve();

  constructor(boss: PgBoss, db: Sql, log: Log) {
    this.#boss = boss;
    this.#db = db;
    this.#log = log;
  }

  async register(kinds: readonly JobKind<never>[]): Promise<void> {
    this.#kinds = [...kinds, this.#forgetDone()];
    const known = new Map((await this.#boss.getQueues()).map((queue) => [queue.name, queue]));
    const planned = new Map((await this.#boss.getSchedules()).map((one) => [one.name, one]));
    for (const kind of this.#kinds) {
      const queue = known.get(kind.name);
      const wanted = queueOf(kind);
      if (queue === undefined) await this.#boss.createQueue(kind.name, wanted);
      else if (Object.entries(wanted).some(([name, value]) => queue[name as keyof typeof wanted] !== value)) await this.#boss.updateQueue(kind.name, wanted);
      const plan = planned.get(kind.name);
      if (kind.cron !== undefined && (plan?.cron !== kind.cron || plan.timezone !== CITY_ZONE)) {
        await this.#boss.schedule(kind.name, kind.cron, {}, { tz: CITY_ZONE });
      }
    }
  }

  /** What is done is forgotten after a month; what failed stays until somebody has seen to it. */
  #forgetDone(): JobKind<never> {
    return {
      name: FORGET_DONE,
      cron: '41 3 * * *',
      handle: async () => {
        await sql`delete from platform_jobs.job where state in ('completed', 'cancelled') and completed_on < now() - ${DONE_KEPT}::interval`.execute(this.#db);
      },
    };
  }

  async enqueue(...[tx, name, payload, options = {}]: Parameters<Outbox['enqueue']>): Promise<void> {
    const { key, startAfter } = options;
    await this.#boss.send(name, payload, {
      db: executor(tx),
      ...(key === undefined ? {} : { id: uuidFrom(`${name}\n${key}`) }),
      ...(startAfter === undefined ? {} : { startAfter: startAfter.toString() }),
    });
    afterCommit(tx, () => this.#wake(name));
  }

  #wake(name: string): void {
    const worker = this.#workers.get(name);
    if (worker !== undefined) this.#boss.notifyWorker(worker);
  }

  async work(): Promise<void> {
    for (const kind of this.#kinds) {
      const options = {
        batchSize: kind.urgent === true ? URGENT_BATCH : BATCH,
        pollingIntervalSeconds: kind.cron === undefined ? POLL_SECONDS.ordered : POLL_SECONDS.byTheClock,
        burstWhenBatchFull: true, // wakes during a batch count as one: what they left would wait for the next poll
        perJobResults: true,
        includeMetadata: true,
      } as const;
      const worker = await this.#boss.work(kind.name, options, async (jobs) =>
        Promise.all(jobs.map((job) => this.#settle(kind, job as JobWithMetadata<object>))),
      );
      this.#workers.set(kind.name, worker);
    }
  }

  /** Work nobody waits for goes one by one, so that a wave of letters never makes people wait. */
  async #inTurn(kind: JobKind<never>, work: () => Promise<void>): Promise<void> {
    if (kind.urgent === true) return work();
    const turn = this.#turn.then(giveWay).then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #settle(kind: JobKind<never>, job: JobWithMetadata<object>) {
    try {
      await this.#inTurn(kind, () => kind.handle(job.data as never));
      return { id: job.id, status: 'completed' } as const;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.warn('job.retry', { job: kind.name, id: job.id, try: job.retryCount + 1, error: message });
      return { id: job.id, status: 'failed', output: { error: message } } as const;
    }
  }

  async drain(): Promise<number> {
    let done = 0;
    for (let found = true; found;) {
      found = false;
      for (const kind of this.#kinds) {
        const jobs = await this.#boss.fetch<object>(kind.name, { batchSize: BATCH });
        for (const job of jobs) {
          found = true;
          done += 1;
          await kind.handle(job.data as never);
          await this.#boss.complete(kind.name, job.id);
        }
      }
    }
    return done;
  }

  async strike(name: string): Promise<void> {
    const kind = this.#kinds.find((one) => one.name === name && one.cron !== undefined);
    if (kind === undefined) throw new Error(`no job of the clock is called ${name}`);
    await this.#inTurn(kind, () => kind.handle({} as never));
  }

  async deadLetters(): Promise<DeadLetter[]> {
    const { rows } = await sql<LetterRow>`select id, name, data, output, retry_count, coalesce(completed_on, created_on) as failed_at
      from platform_jobs.job where state = 'failed' order by failed_at desc, id limit ${DEAD_LETTERS_SHOWN}`.execute(this.#db);
    return rows.map(({ id, name, data, output, retry_count, failed_at }) => ({
      id,
      name,
      payload: data,
      failedAt: failed_at,
      tries: retry_count + 1,
      error: output?.error ?? 'unbekannt',
    }));
  }

  async retry(name: string, id: string): Promise<boolean> {
    if (parseId(id) === undefined) return false;
    const { rows } = await sql`select from platform_jobs.job where state = 'failed' and name = ${name} and id = ${id}::uuid`.execute(this.#db);
    if (rows.length === 0) return false;
    await this.#boss.retry(name, id);
    this.#wake(name);
    return true;
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 5000 });
  }
}

/** pg-boss speaks SQL through whatever connection it is handed. */
function executor(db: Sql) {
  return {
    async executeSql(text: string, values: unknown[] = []) {
      const result = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows: (result.rows as Record<string, unknown>[]).map(withDates) };
    },
  };
}

/** pg-boss knows `Date` where our database speaks `Temporal.Instant`. */
function withDates(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]) => [name, value instanceof Temporal.Instant ? new Date(value.epochMilliseconds) : value]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
