import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { after, before, describe, it, test } from 'node:test';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { migrationFolders } from '../../../test/support/migration-folders.ts';
import { emptyDatabase, engines, type TemporaryDatabase } from '../../../test/support/temporary-database.ts';
import { migrate, readMigrations, type Migration } from './migrate.ts';

const migration = (name: string, text: string): Migration => ({ schema: 'probe', name, sql: text, sha256: createHash('sha256').update(text).digest('hex') });
const FIRST = migration('0001-a.sql', 'create schema probe; create table probe.a (id int);');
const SECOND = migration(
  '0002-b.sql',
  'create table probe.b (id int); insert into probe.a values (1); -- Kommentar; mit Strichpunkt\ncreate function probe.f() returns int language sql as $$ select 1; $$;',
);

for (const engine of engines) {
  describe(`migrations on ${engine}`, () => {
    let temporary: TemporaryDatabase;
    before(async () => (temporary = await emptyDatabase(engine)));
    after(() => temporary.database.close());

    it('apply each file once, in order, and say so', async () => {
      const { database } = temporary;
      const seen: string[] = [];
      assert.deepEqual(await migrate(database, [FIRST, SECOND], (done, total, name) => seen.push(`${done}/${total} ${name}`)), [
        'probe/0001-a.sql',
        'probe/0002-b.sql',
      ]);
      assert.deepEqual(seen, ['0/2 probe/0001-a.sql', '1/2 probe/0002-b.sql']);
      assert.deepEqual(await migrate(database, [FIRST, SECOND]), []);
      assert.deepEqual((await sql`select probe.f() as f, (select count(*) from probe.a) as a`.execute(database.read)).rows, [{ f: 1, a: 1 }]);
    });

    it('refuse a file that was changed after it was applied', async () => {
      await assert.rejects(
        migrate(temporary.database, [migration('0001-a.sql', `${FIRST.sql} `), SECOND]),
        /probe\/0001-a\.sql wurde nach ihrer Anwendung geändert\. Stellen Sie die Datei wieder her/,
      );
    });

    it('refuse a database that is newer than the program', async () => {
      await assert.rejects(migrate(temporary.database, [FIRST]), /Die Datenbank ist neuer als dieses Programm: sie kennt probe\/0002-b\.sql/);
    });

    it('leave the old schema whole when one file fails', async () => {
      const good = migration('0003-c.sql', 'create table probe.c (id int);');
      const bad = migration('0004-d.sql', 'create table probe.d (id int); select gibt_es_nicht();');
      await assert.rejects(migrate(temporary.database, [FIRST, SECOND, good, bad]));
      assert.deepEqual((await sql`select to_regclass('probe.c')::text as c`.execute(temporary.database.read)).rows, [{ c: null }]);
      assert.deepEqual(await migrate(temporary.database, [FIRST, SECOND, good]), ['probe/0003-c.sql']);
    });

    it('of every module build the whole schema', async () => {
      const fresh = await emptyDatabase(engine);
      const all = await readMigrations(migrationFolders());
      assert.ok(all.length >= 5);
      assert.equal((await migrate(fresh.database, all)).length, all.length);
      await fresh.database.close();
    });
  });
}

test(
  'two processes starting at once: one migrates, the other waits, both go on',
  { skip: engines.includes('postgres') ? false : 'needs PostgreSQL: PGlite belongs to one process' },
  async () => {
    const { database, url } = await emptyDatabase('postgres');
    const program = `
    const { openPostgres } = await import(${JSON.stringify(import.meta.resolve('./postgres.ts'))});
    const { migrate, readMigrations } = await import(${JSON.stringify(import.meta.resolve('./migrate.ts'))});
    const { migrationFolders } = await import(${JSON.stringify(import.meta.resolve('../../../test/support/migration-folders.ts'))});
    const database = openPostgres(${JSON.stringify(url)});
    console.log((await migrate(database, await readMigrations(migrationFolders()))).length);
    await database.close();`;
    const run = async (): Promise<number> => Number((await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])).stdout);
    const applied = await Promise.all([run(), run(), run()]);
    const all = (await readMigrations(migrationFolders())).length;
    assert.deepEqual(
      applied.toSorted((a, b) => a - b),
      [0, 0, all],
    );
    await database.close();
  },
);
