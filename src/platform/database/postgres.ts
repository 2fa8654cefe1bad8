import { PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './port.ts';
import { databaseOn } from './transactions.ts';
import { READERS, toParameter } from './values.ts';

/** Statements are few and fixed; a text made for one occasion must not fill the server's memory. */
const MOST_PREPARED = 500;
const prepared = new Map<string, string>();

/** The name under which a statement is prepared once a connection, so that it is parsed and planned once. */
function preparedName(text: string): string | undefined {
  const known = prepared.get(text);
  if (known !== undefined || prepared.size >= MOST_PREPARED) return known;
  const name = `kontor_${prepared.size}`;
  prepared.set(text, name);
  return name;
}

/** A client that takes our values, and answers several statements at once with all their rows. */
class Client extends pg.Client {
  // pg's overloads cannot be restated here; the driver always calls (text, values)
  override query(...args: unknown[]): never {
    const [text, values] = args;
    if (typeof text === 'string' && Array.isArray(values) && values.length > 0) {
      const name = preparedName(text);
      args.splice(0, 2, { text, values: values.map(toParameter), ...(name === undefined ? {} : { name }) });
    }
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
