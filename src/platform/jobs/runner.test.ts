import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { refuse } from '../../kernel/result.ts';
import { memoryLog } from '../../../test/support/test-server.ts';
import { engines, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { openPglite } from '../database/pglite.ts';
import type { Database } from '../database/port.ts';
import { createJobRunner, type JobRunner } from './runner.ts';

async function until(what: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  for (const end = performance.now() + ms; !(await what());) {
    if (performance.now() > end) throw new Error('it did not happen in time');
    await sleep(50);
  }
}

for (const engine of engines) {
  describe(`jobs on ${engine}`, () => {
    let database: Database;
    let jobs: JobRunner;
    const log = memoryLog();
    const done: unknown[] = [];
    let failures = 0;
    before(async () => {
      ({ database } = await temporaryDatabase(engine));
      jobs = await createJobRunner(database, log);
      await jobs.register([
        { name: 'probe.note', handle: async (payload: object) => void done.push(payload) },
        { name: 'probe.clock', cron: '0 0 1 1 *', handle: async () => void done.push('struck') },
        { name: 'probe.urgent', urgent: true, handle: async (payload: object) => void done.push(payload) },
        {
          name: 'probe.flaky',
          handle: async () => {
            failures += 1;
            if (failures < 2) throw new Error('beim ersten Mal nicht');
            done.push('flaky');
          },
        },
        {
          name: 'probe.hopeless',
          retries: 0,
          handle: (payload: { works?: true }) => (payload.works === true ? Promise.resolve() : Promise.reject(new Error('der Nachbar antwortet nicht'))),
        },
      ] as Parameters<JobRunner['register']>[0]);
    });
    after(async () => {
      await jobs.stop();
      await database.close();
    });
    const enqueue = (name: string, payload: object, options?: { key?: string; startAfter?: Temporal.Instant }): Promise<void> =>
      database.write((tx) => jobs.enqueue(tx, name, payload, options));

    it('are kept with the transaction that ordered them, and go with it', async () => {
      await database.transaction(async (tx) => (await jobs.enqueue(tx, 'probe.note', { n: 0 }), refuse('nein')));
      await enqueue('probe.note', { n: 1 });
      await jobs.drain();
      assert.deepEqual(done.splice(0), [{ n: 1 }]);
    });

    it('with the same key are done once, also when ordered again after they are done', async () => {
      for (let i = 0; i < 3; i += 1) await enqueue('probe.note', { n: 2 }, { key: 'einmal' });
      await jobs.drain();
      await enqueue('probe.note', { n: 2 }, { key: 'einmal' });
      await jobs.drain();
      assert.deepEqual(done.splice(0), [{ n: 2 }]);
    });

    it('of the clock are done when they are struck, and no other', async () => {
      await jobs.strike('probe.clock');
      assert.deepEqual(done.splice(0), ['struck']);
      await assert.rejects(jobs.strike('probe.note'));
    });

    it('wait for their time', async () => {
      await enqueue('probe.note', { n: 3 }, { startAfter: Temporal.Now.instant().add({ hours: 1 }) });
      await jobs.drain();
      assert.deepEqual(done.splice(0), []);
    });

    it('start at once when the workers run, are tried again with backoff, and end as dead letters', { timeout: 90_000 }, async () => {
      await jobs.work();
      const started = performance.now();
      await enqueue('probe.note', { n: 4 });
      await until(() => done.length === 1);
      assert.ok(performance.now() - started < 1900, 'woken by the commit, not by the next poll');
      done.splice(0);
      // one commit wakes once, and people wait for all of these
      const crowd = performance.now();
      await database.write(async (tx) => {
        for (let n = 0; n < 12; n += 1) await jobs.enqueue(tx, 'probe.urgent', { n });
      });
      await until(() => done.length === 12);
      assert.ok(performance.now() - crowd < 1900, 'a batch that came back full is followed by the next, not by the next poll');
      done.splice(0);
      await enqueue('probe.flaky', {});
      await until(() => done.includes('flaky'));
      assert.equal(failures, 2);
      assert.ok(log.lines.some((line) => line.event === 'job.retry' && line.facts['job'] === 'probe.flaky'));

      await enqueue('probe.hopeless', { caseId: 'c1' });
      await until(async () => (await jobs.deadLetters()).length === 1);
      const [letter] = await jobs.deadLetters();
      assert.equal(letter?.name, 'probe.hopeless');
      assert.deepEqual(letter.payload, { caseId: 'c1' });
      assert.equal(letter.error, 'der Nachbar antwortet nicht');
      assert.ok(letter.failedAt instanceof Temporal.Instant);

      assert.equal(await jobs.retry('gibt.es-nicht', letter.id), false);
      assert.equal(await jobs.retry(letter.name, '0190a000-0000-7000-8000-000000000000'), false);
      assert.equal(await jobs.retry(letter.name, 'keine-kennung'), false);
      await database.write((tx) => sql`update platform_jobs.job set data = '{"works": true}' where id = ${letter.id}::uuid`.execute(tx));
      assert.equal(await jobs.retry(letter.name, letter.id), true);
      await until(async () => (await jobs.deadLetters()).length === 0);
    });

    it('that failed stay until somebody has seen to them, and the newest is seen behind any number of others', async () => {
      const name = 'probe.hopeless';
      await enqueue(name, { last: true }, { key: 'last' });
      await until(async () => (await jobs.deadLetters()).length === 1);
      const [last] = await jobs.deadLetters();
      await database.write((tx) =>
        sql`insert into platform_jobs.job (name, state, created_on, completed_on, keep_until, deletion_seconds)
          select ${name}, case when n <= 1000 then 'completed' else 'failed' end::platform_jobs.job_state, now() - interval '40 days', now() - interval '40 days', now(), 0
          from generate_series(1, 1300) n`.execute(tx),
      );
      const letters = await jobs.deadLetters();
      assert.equal(letters.length, 200);
      assert.equal(letters[0]?.id, last?.id);
      await enqueue('platform.forget-done-jobs', {});
      const count = async (state: string): Promise<number> => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from platform_jobs.job where name = ${name} and state::text = ${state}`.execute(
          database.read,
        );
        return rows[0]!.n;
      };
      await until(async () => (await count('completed')) <= 1);
      assert.equal(await count('failed'), 301);
    });
  });
}

test('a process killed between doing a job and saying so: another does it again', { timeout: 120_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-jobs-'));
  const url = (path: string): string => JSON.stringify(import.meta.resolve(path));
  const program = (end: string): string => `
    const { openPglite } = await import(${url('../database/pglite.ts')});
    const { createJobRunner } = await import(${url('./runner.ts')});
    const { silentLog } = await import(${url('../log/log.ts')});
    const { sql } = await import('kysely');
    const database = await openPglite(${JSON.stringify(directory)});
    const jobs = await createJobRunner(database, silentLog);
    await database.write((tx) => sql\`create table if not exists done (n int)\`.execute(tx));
    await jobs.register([{ name: 'probe.once', handle: async () => {
      await database.write((tx) => sql\`insert into done values (1)\`.execute(tx));
      ${end}
    } }]);
    await database.write((tx) => jobs.enqueue(tx, 'probe.once', {}, { key: 'k' }));
    await jobs.work();
    console.log('läuft');
    setInterval(() => {}, 1000);`;
  const run = async (end: string): Promise<ReturnType<typeof spawn>> => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program(end)], { stdio: ['ignore', 'pipe', 'inherit'], cwd: import.meta.dirname });
    await once(child.stdout, 'data');
    return child;
  };
  const first = await run("process.kill(process.pid, 'SIGKILL');");
  if (first.exitCode === null && first.signalCode === null) await once(first, 'exit');
  assert.equal(first.signalCode, 'SIGKILL');
  // The heartbeat of the dead process runs out after 10 s; the supervisor looks every 10 s.
  const second = await run("console.log('wieder');");
  second.stdout!.setEncoding('utf8');
  let said = '';
  second.stdout!.on('data', (text: string) => (said += text));
  await until(() => said.includes('wieder'), 90_000);
  second.kill('SIGKILL');
  await once(second, 'exit');
  const database = await openPglite(directory);
  const rows = await sql<{ n: number }>`select count(*) as n from done`.execute(database.read);
  assert.equal(rows.rows[0]!.n, 2, 'once by each process: handlers are idempotent for this reason');
  await database.close();
  rmSync(directory, { recursive: true });
});
