import { join } from 'node:path';
import type { Clock } from '../../src/kernel/time.ts';
import type { Context } from '../../src/platform/context.ts';
import type { Database } from '../../src/platform/database/port.ts';
import { loadSeal } from '../../src/platform/documents/load-seal.ts';
import { createTypesetter } from '../../src/platform/documents/typesetter.ts';
import type { JobKind } from '../../src/platform/jobs/port.ts';
import { createJobRunner, type JobRunner } from '../../src/platform/jobs/runner.ts';
import { createJournal } from '../../src/platform/journal/journal.ts';
import { LiveHub } from '../../src/platform/live/hub.ts';
import { demoCarrier } from '../../src/platform/mail/carriers.ts';
import { createMailer, mailJobs } from '../../src/platform/mail/mail.ts';
import { memoryLog } from './test-server.ts';
import { CACHE, temporaryDatabase, type Engine } from './temporary-database.ts';

/** The clock of a test: it stands still until it is set. */
export interface TestClock {
  readonly now: Clock;
  set(at: Temporal.Instant | string): void;
  advance(by: Temporal.DurationLike): void;
}

export interface TemporaryCity {
  readonly ctx: Context;
  readonly database: Database;
  readonly clock: TestClock;
  /** `drain()` does everything that is due. */
  readonly jobs: JobRunner;
  readonly hub: LiveHub;
  readonly log: ReturnType<typeof memoryLog>;
  /** For another process; only on PostgreSQL. */
  readonly url?: string;
  close(): Promise<void>;
}

/** Tuesday, 24 November 2026, 10:00 in Hamburg. */
export const TEST_NOW = '2026-11-24T09:00:00Z';

export function testClock(start: Temporal.Instant | string = TEST_NOW): TestClock {
  let at = Temporal.Instant.from(start);
  return {
    now: () => at,
    set: (to) => void (at = Temporal.Instant.from(to)),
    // An Instant knows no days: a day is 24 hours here
    advance: (by) => void (at = at.toZonedDateTimeISO('UTC').add(by).toInstant()),
  };
}

/**
 * A city without a port: migrated database, journal, outbox, demo mail and demo seal, fixed clock.
 * @param options.jobs further kinds of jobs, made from the context
 */
export async function temporaryCity(
  options: { engine?: Engine; now?: string; jobs?: (ctx: Context) => readonly JobKind<never>[] } = {},
): Promise<TemporaryCity> {
  const clock = testClock(options.now);
  const { database, url } = await temporaryDatabase(options.engine);
  const log = memoryLog();
  const journal = createJournal(() => hub.beat());
  const hub = new LiveHub(journal, database);
  const jobs = await createJobRunner(database, log);
  // made on the day the test lives in: on the real day its certificate would not be valid yet
  const today = clock.now().toString().slice(0, 10);
  const { seal } = await loadSeal({ env: 'demo', directory: join(CACHE, 'authority', today) }, Temporal.Instant.from(`${today}T00:00Z`));
  const ctx: Context = {
    settings: { env: 'demo', publicUrl: 'http://localhost:8080', city: 'Demo-Stadt' },
    clock: clock.now,
    database,
    journal,
    outbox: jobs,
    mailer: createMailer(jobs),
    typesetter: createTypesetter({ clock: clock.now }),
    seal,
    log,
  };
  await jobs.register([...mailJobs(database, demoCarrier(database, clock.now), clock.now), ...(options.jobs?.(ctx) ?? [])]);
  return {
    ctx,
    database,
    clock,
    jobs,
    hub,
    log,
    ...(url === undefined ? {} : { url }),
    async close() {
      await jobs.stop();
      await database.close();
    },
  };
}

export const repositoryRoot: string = join(import.meta.dirname, '../..');
