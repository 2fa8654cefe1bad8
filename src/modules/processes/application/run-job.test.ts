import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expectOk } from '../../../kernel/result.ts';
import { featureOf, fillPlanData, placeAt, pointAt, rectangle } from '../../../../test/support/plan-data.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { ACTORS } from '../../../../test/support/test-server.ts';
import { openDatabase } from '../../../database.ts';
import type { Database } from '../../../platform/database/port.ts';
import { importFeatures } from '../../geodata/public.ts';
import { processJobs } from '../jobs.ts';
import { cancelJob, readJob } from './jobs-of.ts';
import { ModelThreads } from './model-threads.ts';
import { readResults } from './results.ts';
import { runJob } from './run-job.ts';
import { startJob } from './start-job.ts';
import { tidyJobs } from './tidy-jobs.ts';

const RUNNER = { kind: 'system', job: 'test' } as const;
const membersOf = async (database: Database, id: string): Promise<readonly { number: number; made: string }[]> =>
  (
    await sql<{ number: number; made: string }>`select number, xmin::text as made from processes.member where job_id = ${id} order by number`.execute(
      database.read,
    )
  ).rows;

describe('jobs of models', () => {
  let city: TemporaryCity;
  const threads = new ModelThreads(1);
  before(async () => {
    city = await temporaryCity({ jobs: (ctx) => processJobs({ ...ctx, threads }) });
    await fillPlanData(city.ctx);
  });
  after(() => city.close());
  const calculating = () => ({ ...city.ctx, threads });
  const order = async (processId: string, inputs: object): Promise<string> =>
    expectOk(await startJob(city.ctx, RUNNER, { processId, inputs: { ...inputs } })).id;
  const state = async (id: string) => expectOk(await readJob(city.ctx, RUNNER, id));
  const AREA = rectangle(0, 0, 200);

  it('done twice is done once: an order that comes again changes nothing', async () => {
    const id = await order('canopy', { area: AREA, years: [0, 10] });
    await runJob(calculating(), id);
    const [before, members] = [await state(id), await membersOf(city.database, id)];
    await runJob(calculating(), id);
    assert.deepEqual([await state(id), await membersOf(city.database, id)], [before, members]);
    assert.equal((await city.ctx.journal.readStream(city.database.read, `processes:job:${id}`)).length, 2);
  });

  it('held by another process it is left to that one, until its lease has run out', async () => {
    const id = await order('canopy', { area: AREA, years: [0, 10] });
    await city.database.write((tx) =>
      sql`update processes.job set status = 'running', lease_until = now() + interval '1 hour', started_at = now() where id = ${id}`.execute(tx),
    );
    await sql`update processes.job set lease_until = ${city.clock.now().add({ seconds: 5 }).toString()}::timestamptz where id = ${id}`.execute(
      city.database.read,
    );
    await assert.rejects(runJob(calculating(), id), /another process/);
    city.clock.advance({ seconds: 6 });
    await runJob(calculating(), id);
    assert.equal((await state(id)).status, 'successful');
  });

  it('goes on behind the members that are kept; where the data have changed it begins again', async () => {
    const interrupted = async (): Promise<string> => {
      const id = await order('canopy', { area: AREA, years: [0, 10, 20] });
      await runJob(calculating(), id);
      await city.database.write(async (tx) => {
        await sql`update processes.job set status = 'running', finished_at = null, lease_until = ${city.clock.now().subtract({ seconds: 1 }).toString()}::timestamptz where id = ${id}`.execute(
          tx,
        );
        await sql`delete from processes.member where job_id = ${id} and number > 1`.execute(tx);
      });
      return id;
    };
    const same = await interrupted();
    const [kept] = await membersOf(city.database, same);
    await runJob(calculating(), same);
    assert.deepEqual(
      (await membersOf(city.database, same)).map(({ number }) => number),
      [1, 2, 3],
    );
    assert.equal((await membersOf(city.database, same))[0]!.made, kept!.made);

    const changed = await interrupted();
    const [old] = await membersOf(city.database, changed);
    async function* more() {
      yield { row: 1, value: { id: 'neu', ...featureOf(pointAt(20, 150), { kronendurchmesser_m: 8 }) } };
    }
    city.clock.advance({ minutes: 1 });
    expectOk(
      await importFeatures(city.ctx, ACTORS.administration, {
        collection: 'strassenbaeume',
        source: 'noch einer',
        format: 'test',
        rows: more(),
        crs: () => 'CRS84',
      }),
    );
    await runJob(calculating(), changed);
    assert.notEqual((await membersOf(city.database, changed))[0]!.made, old!.made);
    const { members, provenance } = expectOk(await readResults(city.ctx, RUNNER, changed));
    assert.deepEqual(
      members.map(({ numbers }) => numbers['trees']),
      [3, 3, 3],
    );
    assert.equal(provenance.data[0]!.features, 3);
  });

  it('a bug of a model fails the job with a sentence and stands in the log', async () => {
    const id = await order('canopy', { area: AREA });
    await city.database.write((tx) => sql`update processes.job set inputs = inputs - 'area' where id = ${id}`.execute(tx));
    await runJob(calculating(), id);
    const { status, message } = await state(id);
    assert.deepEqual([status, message], ['failed', 'Das Modell ist an einem Fehler von uns gescheitert. Wir haben ihn aufgezeichnet.']);
    assert.ok(city.log.lines.some(({ event, facts }) => event === 'processes.model-failed' && facts['jobId'] === id));
  });

  it('what nobody came for in a day ends, and after 90 days nothing of a job is left', async () => {
    const id = await order('canopy', { area: AREA });
    city.clock.advance({ hours: 25 });
    assert.equal((await tidyJobs(city.ctx)).ended, 1);
    assert.equal((await state(id)).status, 'failed');
    city.clock.advance({ days: 91 });
    assert.ok((await tidyJobs(city.ctx)).forgotten >= 1);
    assert.equal((await readJob(city.ctx, RUNNER, id)).ok, false);
    await city.jobs.drain();
  });

  it('while a model calculates for seconds, this thread answers: nothing waits for it', { timeout: 120_000 }, async () => {
    const roads = Array.from({ length: 400 }, (_, n) => ({
      ...featureOf({ type: 'LineString', coordinates: [placeAt(0, n * 10), placeAt(4_000, n * 10)] }, { dtv: 5_000 }),
    }));
    const id = await order('noise', {
      area: rectangle(0, 0, 4_000),
      roads: 'none',
      population: 'none',
      buildings: 'none',
      traffic: [50, 75, 100, 125, 150, 175],
      addRoads: { type: 'FeatureCollection', features: roads },
    });
    const started = performance.now();
    const running = runJob(calculating(), id);
    let [slowest, answers] = [0, 0];
    const over = new AbortController();
    void running.finally(() => over.abort());
    while (!over.signal.aborted && performance.now() - started < 6_000) {
      const asked = performance.now();
      await state(id);
      await sleep(1);
      slowest = Math.max(slowest, performance.now() - asked);
      answers += 1;
    }
    // whether it was over by itself or not, it had some seconds of pure computing
    const took = performance.now() - started;
    await cancelJob(city.ctx, RUNNER, id);
    await running;
    assert.ok(took > 2_000, `the model took only ${took} ms`);
    assert.ok(answers > 50 && slowest < took / 4, `${answers} answers, the slowest after ${slowest} ms of ${took}`);
  });
});

test('a process killed in the middle of an ensemble: another one goes on behind its last member', { timeout: 480_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-processes-'));
  const url = (path: string): string => JSON.stringify(import.meta.resolve(path));
  const inputs = { area: rectangle(0, 0, 4_000), trees: 'none', hour: Array.from({ length: 12 }, (_, i) => i + 7), treeHeight: [5, 6, 7, 8, 9] };
  const program = (order: boolean): string => `
    const { openDatabase } = await import(${url('../../../database.ts')});
    const { createJobRunner } = await import(${url('../../../platform/jobs/runner.ts')});
    const { createJournal } = await import(${url('../../../platform/journal/journal.ts')});
    const { silentLog } = await import(${url('../../../platform/log/log.ts')});
    const { fillPlanData } = await import(${url('../../../../test/support/plan-data.ts')});
    const { processJobs, startJob, readJob, ModelThreads } = await import(${url('../public.ts')});
    const { sql } = await import('kysely');
    const database = await openDatabase({ databaseUrl: undefined, dataDirectory: ${JSON.stringify(directory)} });
    const jobs = await createJobRunner(database, silentLog);
    const ctx = { database, outbox: jobs, journal: createJournal(), clock: () => Temporal.Now.instant(), log: silentLog, threads: new ModelThreads(1) };
    await jobs.register(processJobs(ctx));
    await jobs.work();
    if (${String(order)}) {
      await fillPlanData(ctx);
      await startJob(ctx, { kind: 'system', job: 'test' }, { processId: 'shade', inputs: ${JSON.stringify(inputs)} });
    }
    setInterval(async () => {
      const { rows } = await sql\`select status, (select count(*)::int from processes.member) as members from processes.job\`.execute(database.read);
      if (rows.length > 0) console.log(JSON.stringify(rows[0]));
    }, 50);`;
  /** Runs until what the process says of the job fits, then kills it. */
  const runUntil = async (order: boolean, fits: (state: { status: string; members: number }) => boolean): Promise<void> => {
    const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', program(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 200_000,
      killSignal: 'SIGKILL',
      cwd: import.meta.dirname,
    });
    let rest = '';
    for await (const text of child.stdout!.setEncoding('utf8')) {
      const lines = (rest + String(text)).split('\n');
      rest = lines.pop()!;
      if (lines.some((line) => fits(JSON.parse(line) as { status: string; members: number }))) break;
    }
    assert.deepEqual([child.exitCode, child.killed], [null, false], 'it ended by itself, or did not come that far in time');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const look = async () => {
    const database = await openDatabase({ databaseUrl: undefined, dataDirectory: directory });
    const { rows } = await sql<{ id: string; status: string; members: number }>`select id, status, members from processes.job`.execute(database.read);
    const members = await membersOf(database, rows[0]!.id);
    await database.close();
    return { ...rows[0]!, kept: members };
  };
  await runUntil(true, ({ members }) => members >= 3);
  const first = await look();
  assert.deepEqual([first.status, first.members], ['running', 60]);
  assert.ok(first.kept.length >= 3 && first.kept.length < 60, `${first.kept.length} members were kept`);
  await runUntil(false, ({ status }) => status === 'successful');
  const second = await look();
  assert.equal(second.status, 'successful');
  assert.equal(second.kept.length, 60);
  assert.deepEqual(second.kept.slice(0, first.kept.length), first.kept, 'what was kept is not calculated again');
  rmSync(directory, { recursive: true });
});
