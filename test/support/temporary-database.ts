import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { migrate, readMigrations, type Migration } from '../../src/platform/database/migrate.ts';
import { openPglite } from '../../src/platform/database/pglite.ts';
import { openPostgres } from '../../src/platform/database/postgres.ts';
import type { Database } from '../../src/platform/database/port.ts';
import { createJobRunner } from '../../src/platform/jobs/runner.ts';
import { silentLog } from '../../src/platform/log/log.ts';
import { newId } from '../../src/kernel/id.ts';
import { migrationFolders } from './migration-folders.ts';

export type Engine = Database['engine'];

const ROOT = join(import.meta.dirname, '../..');
export const CACHE = join(ROOT, 'node_modules/.cache/kontor');
/** Set by `npm test`: a PostgreSQL with PostGIS on which databases may be made and dropped. */
export const TEST_SERVER = process.env['KONTOR_TEST_DATABASE_URL'];

/** Engines the contract suites run on here; without a test server only the embedded one. */
export const engines: readonly Engine[] = TEST_SERVER === undefined ? ['pglite'] : ['pglite', 'postgres'];

/** The faster engine there is; `KONTOR_TEST_ENGINE=pglite` chooses the embedded one. */
const standardEngine = (): Engine => (TEST_SERVER !== undefined && process.env['KONTOR_TEST_ENGINE'] !== 'pglite' ? 'postgres' : 'pglite');

export interface TemporaryDatabase {
  readonly database: Database;
  /** How another process reaches it; only on PostgreSQL. */
  readonly url?: string;
}

/** A migrated database of its own, gone when closed. */
export async function temporaryDatabase(engine: Engine = standardEngine()): Promise<TemporaryDatabase> {
  const migrations = await readMigrations(migrationFolders());
  const key = await fingerprint(migrations);
  return engine === 'pglite' ? { database: await fromSnapshot(migrations, key) } : fromTemplate(migrations, key);
}

/** An empty database: PostGIS can be made in it, nothing is. */
export async function emptyDatabase(engine: Engine): Promise<TemporaryDatabase> {
  if (engine === 'pglite') return { database: await openPglite() };
  const name = temporaryName();
  await onServer((server) => sql.raw(`create database ${name}`).execute(server));
  return droppedAtClose(name);
}

/** The state of a fresh city: every migration, and the tables of the job queue. */
async function prepare(database: Database, migrations: readonly Migration[]): Promise<void> {
  await migrate(database, migrations);
  const jobs = await createJobRunner(database, silentLog);
  await jobs.stop();
}

/** Anything that changes the prepared state changes this. */
async function fingerprint(migrations: readonly Migration[]): Promise<string> {
  const lock = await readFile(join(ROOT, 'package-lock.json'), 'utf8');
  const packages = ['node_modules/pg-boss', 'node_modules/@electric-sql/pglite', 'node_modules/@electric-sql/pglite-postgis'];
  const known = (JSON.parse(lock) as { packages: Record<string, { version: string }> }).packages;
  const hash = createHash('sha256');
  for (const name of packages) hash.update(`${name}@${known[name]?.version}\n`);
  for (const { schema, name, sha256 } of migrations) hash.update(`${schema}/${name} ${sha256}\n`);
  return hash.digest('hex').slice(0, 16);
}

async function fromSnapshot(migrations: readonly Migration[], key: string): Promise<Database> {
  const file = join(CACHE, `pglite-${key}.tar`);
  if (existsSync(file)) return openPglite(undefined, new Blob([await readFile(file)]));
  const database = await openPglite();
  await prepare(database, migrations);
  const snapshot = await database.pglite.dumpDataDir('none');
  await mkdir(CACHE, { recursive: true });
  // Whole or not at all: other test files may be looking for it right now.
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, Buffer.from(await snapshot.arrayBuffer()));
  await rename(mine, file);
  return database;
}

async function fromTemplate(migrations: readonly Migration[], key: string): Promise<TemporaryDatabase> {
  const template = `kontor_template_${key}`;
  await onServer(async (server) => {
    await server.connection().execute(async (session) => {
      await sql`select pg_advisory_lock(4011958)`.execute(session);
      try {
        const found = await sql`select 1 from pg_database where datname = ${template}`.execute(session);
        if (found.rows.length === 0) await makeTemplate(template, migrations);
      } finally {
        await sql`select pg_advisory_unlock(4011958)`.execute(session);
      }
    });
  });
  const name = temporaryName();
  // To copy the files costs less than to write them through the log.
  await onServer((server) => sql.raw(`create database ${name} template ${template} strategy file_copy`).execute(server));
  return droppedAtClose(name);
}

async function makeTemplate(template: string, migrations: readonly Migration[]): Promise<void> {
  const draft = `${template}_${process.pid}`;
  await onServer((server) => sql.raw(`create database ${draft}`).execute(server));
  const database = openPostgres(urlOf(draft));
  await prepare(database, migrations);
  await database.close();
  await onServer((server) => sql.raw(`alter database ${draft} rename to ${template}`).execute(server));
}

const temporaryName = (): string => `kontor_t_${newId(Temporal.Now.instant().epochMilliseconds).replaceAll('-', '')}`;

function urlOf(name: string): string {
  const url = new URL(TEST_SERVER!);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer<T>(work: (server: Database['read']) => Promise<T>): Promise<T> {
  if (TEST_SERVER === undefined) throw new Error('KONTOR_TEST_DATABASE_URL is not set');
  const server = openPostgres(TEST_SERVER, 2);
  try {
    return await work(server.read);
  } finally {
    await server.close();
  }
}

function droppedAtClose(name: string): TemporaryDatabase {
  const url = urlOf(name);
  const database = openPostgres(url);
  const close = async (): Promise<void> => {
    await database.close();
    await onServer((server) => sql.raw(`drop database if exists ${name} with (force)`).execute(server));
  };
  return { database: { ...database, close }, url };
}
