import { join } from 'node:path';
import type { Config } from './config.ts';
import { migrate, readMigrations } from './platform/database/migrate.ts';
import { openPglite } from './platform/database/pglite.ts';
import type { Database } from './platform/database/port.ts';
import { openPostgres } from './platform/database/postgres.ts';
import { markingDatabase } from './platform/http/idempotency.ts';
import type { StartProgress } from './platform/http/starting.ts';

/** Modules with tables of their own, in the order their migrations run. */
export const MODULES_WITH_TABLES = [
  'identity',
  'catalogue',
  'procedure',
  'participation',
  'payment',
  'sheets',
  'exchange',
  'sensors',
  'geodata',
  'processes',
  'contributions',
  'scenarios',
  'situation',
  'logbook',
  'warnings',
  'federation',
  'orientation',
  'forces',
  'flood',
  'reports',
  'feeds',
  'surge',
  'llm',
  'proposals',
  'assistant',
  'library',
  'finder',
  'guides',
  'outreach',
  'usage',
  'indicators',
  'burden',
  'entrance',
  'cockpit',
  'notification',
] as const;

/** Steps of a whole start, of which the database is the first two. */
export const START_STEPS = 5;

/**
 * Opens the migrated database in force: PostgreSQL where an address is given, else PGlite in the
 * data directory. Stands apart from `app.ts`, so that it opens while the rest is still being read.
 * @throws in plain German when it cannot be reached, is in use, or does not fit this program
 */
export async function openDatabase(
  { databaseUrl, dataDirectory }: Pick<Config, 'databaseUrl' | 'dataDirectory'>,
  progress: (now: StartProgress) => void = () => {},
): Promise<Database> {
  progress({ step: 'Die Datenbank wird geöffnet', done: 0, total: START_STEPS });
  const database = databaseUrl === undefined ? await openPglite(dataDirectory) : openPostgres(databaseUrl);
  try {
    const modules = MODULES_WITH_TABLES.map((schema) => ({ schema, directory: join(import.meta.dirname, 'modules', schema, 'store') }));
    const migrations = await readMigrations([{ schema: 'platform', directory: join(import.meta.dirname, 'platform/migrations') }, ...modules]);
    await migrate(database, migrations, (done, total) =>
      progress({ step: `Tabellen werden angelegt (${done + 1} von ${total})`, done: 1, total: START_STEPS }),
    );
    return markingDatabase(database);
  } catch (error) {
    await database.close().catch(() => {});
    throw plainError(error);
  }
}

/** What PostgreSQL says when it cannot be reached or is not what we need, by code. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Die Datenbank antwortet nicht. Prüfen Sie, ob der Server läuft und ob DATABASE_URL stimmt.',
  ENOTFOUND: 'Den Rechner der Datenbank gibt es nicht. Prüfen Sie den Namen in DATABASE_URL.',
  ETIMEDOUT: 'Die Datenbank ist nicht erreichbar. Prüfen Sie Netz und Firewall.',
  '28P01': 'Die Datenbank weist das Passwort zurück. Prüfen Sie DATABASE_URL.',
  '28000': 'Die Datenbank lässt diesen Benutzer nicht zu. Prüfen Sie DATABASE_URL.',
  '3D000': 'Diese Datenbank gibt es auf dem Server nicht. Legen Sie sie an, etwa mit createdb, oder prüfen Sie DATABASE_URL.',
  '42501':
    'Der Benutzer der Datenbank darf nicht genug. Geben Sie ihm CREATE auf die Datenbank und legen Sie PostGIS als Verwalter an: create extension postgis.',
  '0A000': 'Auf dem Datenbank-Server fehlt PostGIS. Installieren Sie es, unter Debian mit dem Paket postgresql-postgis.',
};

function plainError(error: unknown): unknown {
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return REASONS[code] === undefined ? error : new Error(REASONS[code], { cause: error });
}
