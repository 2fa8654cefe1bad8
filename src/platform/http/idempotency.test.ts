import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { sql } from 'kysely';
import { z } from 'zod';
import { ok, refuse } from '../../kernel/result.ts';
import { as, testServer } from '../../../test/support/test-server.ts';
import { engines, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import type { Database } from '../database/port.ts';
import { markingDatabase } from './idempotency.ts';
import { apiRoute, type AnyRoute } from './route.ts';
import type { CityServer } from './server.ts';

const body = z.object({ n: z.number() });
let now = Temporal.Instant.from('2026-11-24T09:00:00Z');

for (const engine of engines) {
  describe(`idempotency keys on ${engine}`, () => {
    let database: Database;
    let server: CityServer;
    let hold: Promise<void> | undefined;
    before(async () => {
      const opened = await temporaryDatabase(engine);
      database = markingDatabase(opened.database);
      await database.write((tx) => sql`create table done (n int)`.execute(tx));
      const insert = (n: number) => database.write((tx) => sql`insert into done values (${n})`.execute(tx));
      const route = (
        path: string,
        handle: (n: number) => Promise<ReturnType<typeof ok<{ n: number }>> | ReturnType<typeof refuse<{ kind: string; detail: string }>>>,
      ) =>
        apiRoute({
          method: 'post',
          path,
          access: 'signed-in',
          tag: 'T',
          summary: 's',
          body,
          output: z.object({ n: z.number() }),
          status: 201,
          handle: ({ body: { n } }) => handle(n),
        });
      const routes = [
        route('/api/do', async (n) => (await hold, await insert(n), ok({ n }))),
        route('/api/refuse', async (n) =>
          database.transaction(async (tx) => (await sql`insert into done values (${n})`.execute(tx), refuse({ kind: 'conflict', detail: 'Nein.' }))),
        ),
        { ...route('/api/secret', async (n) => (await insert(n), ok({ n }))), keepsNoAnswer: true } as AnyRoute,
        route('/api/fail-before', () => Promise.reject(new Error('vor der Arbeit'))),
        route('/api/fail-after', async (n) => (await insert(n), Promise.reject(new Error('nach der Arbeit')))),
      ];
      server = testServer(routes, { database, clock: () => now });
    });
    after(() => database.close());

    const post = (path: string, key: string | undefined, n = 1, who: Parameters<typeof as>[0] = 'citizen'): Promise<Response> =>
      server.request(path, {
        method: 'POST',
        body: JSON.stringify({ n }),
        headers: { ...as(who), 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      });
    const done = async (n: number): Promise<number> =>
      (await sql<{ c: number }>`select count(*) as c from done where n = ${n}`.execute(database.read)).rows[0]!.c;

    it('the same key and body is done once and answered alike', async () => {
      const first = await post('/api/do', 'k1', 1);
      const again = await post('/api/do', 'k1', 1);
      assert.deepEqual([first.status, again.status], [201, 201]);
      assert.equal(await first.text(), await again.text());
      assert.equal(again.headers.get('idempotent-replayed'), 'true');
      assert.equal(await done(1), 1);
    });

    it('without a key every request is done', async () => {
      await post('/api/do', undefined, 2);
      await post('/api/do', undefined, 2);
      assert.equal(await done(2), 2);
    });

    it('another body under the same key is refused: 422', async () => {
      await post('/api/do', 'k3', 3);
      const other = await post('/api/do', 'k3', 33);
      assert.equal(other.status, 422);
      assert.match(await other.text(), /schon für eine andere Anfrage verwendet/);
      assert.equal(await done(33), 0);
    });

    it("another caller's key is another key", async () => {
      await post('/api/do', 'k4', 4);
      assert.equal((await post('/api/do', 'k4', 4, 'otherCitizen')).status, 201);
      assert.equal(await done(4), 2);
    });

    it('pressed ten times at once: done once, the others are told or answered', async () => {
      let release!: () => void;
      hold = new Promise((resolve) => (release = resolve));
      const all = Array.from({ length: 10 }, () => post('/api/do', 'k5', 5));
      const told: Response[] = [];
      const waiting = Promise.all(
        all.map(async (request) => {
          const response = await request;
          if (response.status !== 409) return response;
          told.push(response);
          if (told.length === 9) release(); // the first is still at work while all others are told so
          return response;
        }),
      );
      const statuses = (await waiting).map((response) => response.status);
      hold = undefined;
      assert.equal(told[0]!.headers.get('retry-after'), '1');
      assert.equal(statuses.filter((status) => status === 201).length, 1);
      assert.equal(statuses.filter((status) => status === 409).length, 9);
      assert.equal((await post('/api/do', 'k5', 5)).status, 201);
      assert.equal(await done(5), 1);
    });

    it('a refusal changed nothing, so the key is free again', async () => {
      assert.equal((await post('/api/refuse', 'k6', 6)).status, 409);
      assert.equal((await post('/api/do', 'k6', 6)).status, 201);
      assert.equal(await done(6), 1);
    });

    it('a bug before the work frees the key; after the work it is known that it was done', async () => {
      assert.equal((await post('/api/fail-before', 'k7', 7)).status, 500);
      assert.equal((await post('/api/do', 'k7', 7)).status, 201);
      assert.equal((await post('/api/fail-after', 'k8', 8)).status, 500);
      const again = await post('/api/fail-after', 'k8', 8);
      assert.equal(again.status, 409);
      assert.match(await again.text(), /ist schon ausgeführt\. Ihre Antwort gibt es kein zweites Mal/);
      assert.equal(await done(8), 1);
    });

    it('an answer with a secret is never stored; a repeat is told that it was done', async () => {
      assert.equal((await post('/api/secret', 'geheim-1', 424242)).status, 201);
      const kept = await sql<{ body: string | null }>`select body from platform.idempotency where key = 'geheim-1'`.execute(database.read);
      assert.deepEqual(kept.rows, [{ body: null }]);
      assert.equal((await post('/api/secret', 'geheim-1', 424242)).status, 409);
    });
    it('a key that is no key is refused', async () => {
      assert.equal((await post('/api/do', 'mit Leerzeichen', 9)).status, 422);
      assert.equal((await post('/api/do', 'x'.repeat(201), 9)).status, 422);
    });

    it('answers are forgotten after 24 hours', async () => {
      await post('/api/do', 'k10', 10);
      now = now.add({ hours: 23 });
      await server.idempotency!.sweep();
      await post('/api/do', 'k10', 10);
      assert.equal(await done(10), 1);
      now = now.add({ hours: 2 });
      await server.idempotency!.sweep();
      await post('/api/do', 'k10', 10);
      assert.equal(await done(10), 2);
    });
  });
}

const KILLED: readonly [string, string, number, number][] = [
  ['before the work', "process.kill(process.pid, 'SIGKILL');", 201, 1],
  ['between the work and its answer', "await work(); process.kill(process.pid, 'SIGKILL');", 409, 1],
];
for (const [when, handler, status, count] of KILLED) {
  test(`kill -9 ${when}: the repeat answers ${status}, and it was done ${count} time`, { timeout: 60_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kontor-kill-'));
    const url = (path: string): string => JSON.stringify(import.meta.resolve(path));
    const program = (code: string): string => `
      const { openPglite } = await import(${url('../database/pglite.ts')});
      const { migrate, readMigrations } = await import(${url('../database/migrate.ts')});
      const { markingDatabase } = await import(${url('./idempotency.ts')});
      const { apiRoute } = await import(${url('./route.ts')});
      const { testServer, as } = await import(${url('../../../test/support/test-server.ts')});
      const { sql } = await import('kysely');
      const { z } = await import('zod');
      const database = markingDatabase(await openPglite(${JSON.stringify(directory)}));
      await migrate(database, await readMigrations([{ schema: 'platform', directory: ${JSON.stringify(join(import.meta.dirname, '../migrations'))} }]));
      await database.write((tx) => sql\`create table if not exists done (n int)\`.execute(tx));
      const work = () => database.write((tx) => sql\`insert into done values (1)\`.execute(tx));
      const server = testServer([apiRoute({ method: 'post', path: '/api/do', access: 'citizen', tag: 'T', summary: 's', status: 201, output: z.null(),
        handle: async () => { ${code} return { ok: true, value: null }; } })], { database });
      const response = await server.request('/api/do', { method: 'POST', headers: { ...as('citizen'), 'idempotency-key': 'k' } });
      const { rows } = await sql\`select count(*) as n from done\`.execute(database.read);
      console.log(response.status, rows[0].n);
      await database.close();`;
    const run = async (code: string): Promise<{ said: string; signal: string | null }> => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program(code)], { stdio: ['ignore', 'pipe', 'inherit'], cwd: import.meta.dirname });
      let said = '';
      child.stdout.on('data', (text: Buffer) => (said += text.toString()));
      const [, signal] = (await once(child, 'close')) as [number | null, string | null];
      return { said: said.trim(), signal };
    };
    assert.equal((await run(handler)).signal, 'SIGKILL');
    assert.equal((await run('await work();')).said, `${status} ${count}`);
    rmSync(directory, { recursive: true });
  });
}
