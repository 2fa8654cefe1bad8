import { CompiledQuery } from 'kysely';
import { PgBoss, type JobWithMetadata } from 'pg-boss';
import { CITY_ZONE } from '../../kernel/time.ts';
import type { Database, Sql } from '../database/port.ts';
import { afterCommit } from '../database/transactions.ts';
import type { Log } from '../log/log.ts';
import { uuidFrom } from '../../kernel/id.ts';
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
  deadLetters(): Promise<DeadLetter[]>;
  /** Tries a dead letter again. @returns whether there was one */
  retry(name: string, id: string): Promise<boolean>;
  stop(): Promise<void>;
}

const RETRIES = 8;
const BATCH = 10;
/** Nobody waits for a long batch to end before theirs begins. */
const URGENT_BATCH = 2;
const SCHEMA = 'platform_jobs';

/** The outbox and its workers on pg-boss, in the same database and so in the same transaction. */
export async function createJobRunner(database: Database, log: Log): Promise<JobRunner> {
  const boss = new PgBoss({
    db: executor(database.read),
    schema: SCHEMA,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (error: Error) => log.error('jobs.failed', { error: error.message }));
  await boss.start();
  return new BossRunner(boss, log);
}

class BossRunner implements JobRunner {
  readonly #boss: PgBoss;
  #kinds: readonly JobKind<never>[] = [];
  readonly #log: Log;
  readonly #workers = new Map<string, string>();
  /** Ends when the last job in the row has. */
  #turn: Promise<void> = Promise.resolve();

  constructor(boss: PgBoss, log: Log) {
    this.#boss = boss;
    this.#log = log;
  }

  async register(kinds: readonly JobKind<never>[]): Promise<void> {
    this.#kinds = kinds;
    for (const kind of kinds) {
      await this.#boss.createQueue(kind.name, {
        retryLimit: kind.retries ?? RETRIES,
        retryDelay: 2,
        retryBackoff: true,
        retryDelayMax: 3600,
        heartbeatSeconds: 10, // a killed process lets its jobs go after this
      });
      if (kind.cron !== undefined) await this.#boss.schedule(kind.name, kind.cron, {}, { tz: CITY_ZONE });
    }
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
        pollingIntervalSeconds: 2,
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

  async deadLetters(): Promise<DeadLetter[]> {
    const found: DeadLetter[] = [];
    for (const kind of this.#kinds) {
      for (const job of await this.#boss.findJobs<object>(kind.name)) {
        if (job.state !== 'failed') continue;
        const failedAt = Temporal.Instant.fromEpochMilliseconds((job.completedOn ?? job.createdOn).getTime());
        const { error = 'unbekannt' } = (job.output ?? {}) as { error?: string };
        found.push({ id: job.id, name: kind.name, payload: job.data, failedAt, tries: job.retryCount + 1, error });
      }
    }
    return found;
  }

  async retry(name: string, id: string): Promise<boolean> {
    if (!(await this.deadLetters()).some((letter) => letter.name === name && letter.id === id)) return false;
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
