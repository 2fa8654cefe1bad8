import { PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './port.ts';
import { databaseOn } from './transactions.ts';
import { READERS, toParameter } from './values.ts';

/** A client that takes our values, and answers several statements at once with all their rows. */
class Client extends pg.Client {
  // pg's overloads cannot be restated here; the driver always calls (text, values)
  override query(...args: unknown[]): never {
    if (Array.isArray(args[1])) args[1] = args[1].map(toParameter);
    const answer = (super.query as (...all: unknown[]) => unknown)(...args);
    return (answer instanceof Promise ? answer.then(mergeResults) : answer) as never;
  }
}

function mergeResults(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult {
  if (!Array.isArray(result)) return result;
  // `command` as of a query: Kysely drops the rows of a COMMIT
  return { ...result.at(-1)!, command: 'SELECT', rows: result.flatMap((one) => one.rows as unknown[]) };
}

/** Connects to the PostgreSQL server (with PostGIS) at `url`; up to `connections` at once. */
export function openPostgres(url: string, connections = 10): Database {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => READERS[oid] ?? pg.types.getTypeParser(oid, format),
  };
  const pool = new pg.Pool({ connectionString: url, max: connections, types, Client });
  // An idle client that loses its server must not end the process; the next query reports it.
  pool.on('error', () => {});
  return databaseOn('postgres', new PostgresDialect({ pool }));
}
