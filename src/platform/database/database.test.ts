import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { ok, refuse } from '../../kernel/result.ts';
import { emptyDatabase, engines, TEST_SERVER } from '../../../test/support/temporary-database.ts';
import { rolledBack } from '../../../test/support/rolled-back.ts';
import { analyseGrown } from './analyse.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import type { Database } from './port.ts';
import { afterCommit } from './transactions.ts';

for (const engine of engines) {
  describe(`database on ${engine}`, () => {
    let database: Database;
    before(async () => {
      ({ database } = await emptyDatabase(engine));
      await database.write((tx) => sql`create extension if not exists postgis; create table word (id int primary key, text text)`.execute(tx));
    });
    after(() => database.close());
    const words = async (): Promise<unknown[]> =>
      (await sql<{ text: string }>`select text from word order by id`.execute(database.read)).rows.map((row) => row.text);

    it('names its engine and reads outside a transaction', async () => {
      assert.equal(database.engine, engine);
      assert.deepEqual((await sql`select 1 as one`.execute(database.read)).rows, [{ one: 1 }]);
    });

    const instant = Temporal.Instant.from('2026-11-23T21:04:48.123456Z');
    const VALUES: readonly [string, unknown, string][] = [
      ['instant', instant, 'timestamptz'],
      ['instant before 1970', Temporal.Instant.from('1969-12-31T23:59:59Z'), 'timestamptz'],
      ['legal day', Temporal.PlainDate.from('2026-03-29'), 'date'],
      ['integer', 42, 'int'],
      ['counter', 9_007_199_254_740_991, 'bigint'],
      ['decimal', 12.5, 'numeric'],
      ['float', 0.1, 'double precision'],
      ['text with all of Unicode', 'Straße „Größe“ 🌳 \u{1F469}‍🌾', 'text'],
      ['true', true, 'boolean'],
      ['null', null, 'text'],
      ['json', { a: [1, { b: null }], ä: 'ö"\\' }, 'jsonb'],
      ['list of texts', ['a', 'b,c', 'd"e', ''], 'text[]'],
      ['list of numbers', [1, 2, 3], 'int[]'],
      ['empty list', [], 'text[]'],
    ];
    for (const [what, value, type] of VALUES) {
      it(`brings back what went in: ${what}`, async () => {
        const found = await sql<{ value: unknown }>`select ${value}::${sql.raw(type)} as value`.execute(database.read);
        const back = found.rows[0]!.value;
        if (value instanceof Temporal.Instant) assert.ok(back instanceof Temporal.Instant && back.equals(value), String(back));
        else if (value instanceof Temporal.PlainDate) assert.ok(back instanceof Temporal.PlainDate && back.equals(value), String(back));
        else assert.deepEqual(back, value);
      });
    }

    it('brings back 5 MB of bytes as they were', async () => {
      const bytes = Buffer.alloc(5 * 1024 * 1024);
      for (let i = 0; i < bytes.length; i += 1) bytes[i] = (i * 31) & 255;
      const found = await sql<{ value: Uint8Array }>`select ${bytes}::bytea as value`.execute(database.read);
      assert.ok(Buffer.from(found.rows[0]!.value).equals(bytes));
    });

    it('knows PostGIS: Hamburg town hall lies in UTM 32', async () => {
      const found = await sql<{ east: number }>`select st_x(st_transform(st_setsrid(st_makepoint(9.9937, 53.5511), 4326), 25832)) as east`.execute(
        database.read,
      );
      assert.ok(Math.abs(found.rows[0]!.east - 565_800) < 200, String(found.rows[0]!.east));
    });

    it('keeps what a transaction returns ok', async () => {
      const result = await database.transaction(async (tx) => {
        await sql`insert into word values (1, 'bleibt')`.execute(tx);
        return ok('getan');
      });
      assert.deepEqual(result, ok('getan'));
      assert.deepEqual(await words(), ['bleibt']);
    });

    it('undoes a refused transaction and gives the refusal back', async () => {
      const result = await database.transaction(async (tx) => {
        await sql`insert into word values (2, 'geht')`.execute(tx);
        return refuse({ kind: 'conflict', detail: 'Nein.' });
      });
      assert.deepEqual(result, refuse({ kind: 'conflict', detail: 'Nein.' }));
      assert.deepEqual(await words(), ['bleibt']);
    });

    it('undoes a transaction that throws, and goes on working', async () => {
      await assert.rejects(
        database.write(async (tx) => {
          await sql`insert into word values (3, 'geht')`.execute(tx);
          throw new Error('Fehler im Programm');
        }),
        /Fehler im Programm/,
      );
      await assert.rejects(
        database.write((tx) => sql`insert into word values (1, 'doppelt')`.execute(tx)),
        { code: '23505' },
      );
      assert.deepEqual(await words(), ['bleibt']);
    });

    it('runs hooks after the commit, never after a refusal', async () => {
      const seen: string[] = [];
      await database.write(async (tx) => afterCommit(tx, () => seen.push('festgeschrieben')));
      await database.transaction(async (tx) => (afterCommit(tx, () => seen.push('verworfen')), refuse('nein')));
      await assert.rejects(database.write(async (tx) => (afterCommit(tx, () => seen.push('gescheitert')), Promise.reject(new Error('x')))));
      assert.deepEqual(seen, ['festgeschrieben']);
    });

    it('lets many transactions at once count without losing one', async () => {
      await database.write((tx) => sql`create table counter (n int); insert into counter values (0)`.execute(tx));
      await Promise.all(
        Array.from({ length: 40 }, () =>
          database.write(async (tx) => {
            const { rows } = await sql<{ n: number }>`select n from counter for update`.execute(tx);
            await sql`update counter set n = ${rows[0]!.n + 1}`.execute(tx);
          }),
        ),
      );
      assert.deepEqual((await sql`select n from counter`.execute(database.read)).rows, [{ n: 40 }]);
    });

    it('takes values as values, never as SQL', async () => {
      const nasty = `x'); drop table word; --`;
      const found = await sql<{ value: string }>`select ${nasty}::text as value`.execute(database.read);
      assert.equal(found.rows[0]!.value, nasty);
      assert.deepEqual(await words(), ['bleibt']);
    });

    it('asks a table anew after it changed', async () => {
      const all = sql`select * from growing where id = ${1}`;
      await database.write((tx) => sql`create table growing (id int primary key); insert into growing values (1)`.execute(tx));
      assert.deepEqual((await all.execute(database.read)).rows, [{ id: 1 }]);
      await sql`alter table growing add column text text default 'neu'`.execute(database.read);
      assert.deepEqual((await all.execute(database.read)).rows, [{ id: 1, text: 'neu' }]);
    });

    it('goes on after a statement that failed, with the same statement too', async () => {
      const root = (of: number) => sql<{ root: number }>`select sqrt(${of}::float8) as root`.execute(database.read);
      await assert.rejects(root(-1), /square root/);
      assert.equal((await root(9)).rows[0]!.root, 3);
      await assert.rejects(sql`select ${1} from nowhere`.execute(database.read), /nowhere/);
      assert.equal((await root(16)).rows[0]!.root, 4);
    });

    it('keeps its answers apart over more statements than it remembers', async () => {
      const add = async (to: number): Promise<unknown> => (await sql`select ${1}::int + ${sql.raw(String(to))} as sum`.execute(database.read)).rows[0];
      for (let round = 0; round < 2; round += 1) for (let to = 0; to < 520; to += 1) assert.deepEqual(await add(to), { sum: to + 1 });
    });

    it('ends what a stranger asked when it takes too long, and goes on working', async () => {
      const bounded = engine === 'pglite' ? database : openPostgres(TEST_SERVER!, 2, 300);
      const ask = (count: number) =>
        bounded.askBounded<{ n: number }>(
          sql<{ n: number }>`select count(*)::int as n from generate_series(1, ${count}::bigint) a where sqrt(a) > 0`.compile(bounded.read),
        );
      const started = performance.now();
      assert.equal(await ask(200_000_000), 'too-costly');
      assert.ok(performance.now() - started < 5000);
      assert.deepEqual(await ask(3), [{ n: 3 }]);
      if (bounded !== database) await bounded.close();
    });
    it("lets PGlite's planner know a table that has grown, once; PostgreSQL does so itself", async () => {
      await database.write((tx) => sql`create table grown as select n, repeat('x', 100) as text from generate_series(1, 20000) n`.execute(tx));
      const known = async (): Promise<number> =>
        (await sql<{ n: number }>`select reltuples::int as n from pg_class where relname = 'grown'`.execute(database.read)).rows[0]!.n;
      const looked = await analyseGrown(database);
      assert.equal(looked > 0, engine === 'pglite');
      if (engine === 'pglite') assert.equal(await known(), 20_000);
      assert.equal(await analyseGrown(database), 0);
    });
    it('tests share one database by undoing everything', async () => {
      await rolledBack(database, async (inside) => {
        await inside.write((tx) => sql`insert into word values (7, 'nur hier')`.execute(tx));
        await inside.transaction(async (tx) => (await sql`insert into word values (8, 'nicht einmal hier')`.execute(tx), refuse('nein')));
        const { rows } = await sql`select id from word order by id`.execute(inside.read);
        assert.deepEqual(rows, [{ id: 1 }, { id: 7 }]);
      });
      assert.deepEqual(await words(), ['bleibt']);
    });
  });
}

it('a database in memory that was never asked anything closes', async () => {
  const database = await openPglite();
  await database.close();
  assert.equal(database.pglite.closed, true);
});
