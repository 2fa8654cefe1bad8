import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database, Tx } from './port.ts';

/** One numbered SQL file of one schema. */
export interface Migration {
  /** Schema that owns it: `platform` or the module's name. */
  readonly schema: string;
  /** File name, e.g. `0001-cases.sql`. */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Reads `NNNN-*.sql` of each folder, in order of schema and number. */
export async function readMigrations(folders: readonly { schema: string; directory: string }[]): Promise<Migration[]> {
  const found: Migration[] = [];
  for (const { schema, directory } of folders) {
    const names = (await readdir(directory)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
    for (const name of names) {
      const text = await readFile(join(directory, name), 'utf8');
      found.push({ schema, name, sql: text, sha256: createHash('sha256').update(text).digest('hex') });
    }
  }
  return found;
}

/** Any fixed number; all starting processes ask for the same one and so wait for each other. */
const MIGRATION_LOCK = 4_011_957;

/**
 * Brings the database to the newest schema. Forward only, all in one transaction under one lock, so
 * that concurrent starts are safe and a crash leaves either the old schema or the new.
 * @throws when an applied file has been changed, or the database knows one this program does not
 * @returns names of the files applied now
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  progress: (done: number, total: number, name: string) => void = () => {},
): Promise<string[]> {
  return database.write(async (tx) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`.execute(tx);
    await sql`create schema if not exists platform`.execute(tx);
    await sql`create table if not exists platform.migration (
      schema_name text not null, name text not null, sha256 text not null,
      applied_at timestamptz not null default now(), primary key (schema_name, name))`.execute(tx);
    const pending = await pendingOf(tx, migrations);
    for (const [index, migration] of pending.entries()) {
      progress(index, pending.length, `${migration.schema}/${migration.name}`);
      await sql.raw(migration.sql).execute(tx);
      await sql`insert into platform.migration (schema_name, name, sha256)
        values (${migration.schema}, ${migration.name}, ${migration.sha256})`.execute(tx);
    }
    return pending.map((migration) => `${migration.schema}/${migration.name}`);
  });
}

async function pendingOf(tx: Tx, migrations: readonly Migration[]): Promise<Migration[]> {
  const applied = await sql<{ schema_name: string; name: string; sha256: string }>`
    select schema_name, name, sha256 from platform.migration`.execute(tx);
  const known = new Map(migrations.map((migration) => [`${migration.schema}/${migration.name}`, migration]));
  for (const row of applied.rows) {
    const migration = known.get(`${row.schema_name}/${row.name}`);
    if (migration === undefined) {
      throw new Error(`Die Datenbank ist neuer als dieses Programm: sie kennt ${row.schema_name}/${row.name}. Starten Sie die neuere Version.`);
    }
    if (migration.sha256 !== row.sha256) {
      throw new Error(
        `Die Migration ${row.schema_name}/${row.name} wurde nach ihrer Anwendung geändert. Stellen Sie die Datei wieder her und schreiben Sie eine neue Migration.`,
      );
    }
  }
  const done = new Set(applied.rows.map((row) => `${row.schema_name}/${row.name}`));
  return migrations.filter((migration) => !done.has(`${migration.schema}/${migration.name}`));
}
