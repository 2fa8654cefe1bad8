import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { codeOf } from '../../kernel/error-code.ts';
import { boundedByTime, LONGEST_READ_MS } from './bounded.ts';
import type { Database } from './port.ts';
import { databaseOn } from './transactions.ts';
import { READERS, toParameter } from './values.ts';

/** Statements are few and fixed; a text made for one occasion must not fill the server's memory. */
const MOST_PREPARED = 500;
const prepared = new Map<string, string>();
let made = 0;

/** The name under which a statement is prepared once a connection, so that it is parsed and planned once. */
function preparedName(text: string): string | undefined {
  const known = prepared.get(text);
  if (known !== undefined || prepared.size >= MOST_PREPARED) return known;
  const name = `kontor_${(made += 1)}`;
  prepared.set(text, name);
  return name;
}

/** Another process changed a table (a migration during an update): the statement must be parsed anew. */
const isOutdated = (error: unknown): boolean => codeOf(error) === '0A000' && error instanceof Error && error.message.includes('cached plan');

/** A client that takes our values, and answers several statements at once with all their rows. */
class Client extends pg.Client {
  /** Whether texts come again and again, and are prepared. */
  protected readonly prepares: boolean = true;

  // pg's overloads cannot be restated here; the driver always calls (text, values)
  override query(...args: unknown[]): never {
    const ask = super.query.bind(this) as (...all: unknown[]) => unknown;
    const [text, given] = args;
    if (typeof text !== 'string' || !Array.isArray(given) || given.length === 0) {
      const answer = ask(...args);
      return (answer instanceof Promise ? answer.then(mergeResults) : answer) as never;
    }
    const values = given.map(toParameter);
    const name = this.prepares ? preparedName(text) : undefined;
    const answer = ask(name === undefined ? { text, values } : { text, values, name }) as Promise<pg.QueryResult>;
    return answer.catch(async (error: unknown) => {
      if (!isOutdated(error)) throw error;
      prepared.delete(text);
      // inside a transaction this fails too: then the first error is the one to tell
      return (ask({ text, values }) as Promise<pg.QueryResult>).catch(() => Promise.reject(error as Error));
    }) as never;
  }
}

/** For what strangers compose: a text of theirs seldom comes twice, and must not take the place of the city's own. */
class StrangersClient extends Client {
  protected override readonly prepares = false;
}

function mergeResults(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult {
  if (!Array.isArray(result)) return result;
  // `command` as of a query: Kysely drops the rows of a COMMIT
  return { ...result.at(-1)!, command: 'SELECT', rows: result.flatMap((one) => one.rows as unknown[]) };
}

/** Connects to the PostgreSQL server (with PostGIS) at `url`; up to `connections` at once, and half as many for strangers' reads. */
export function openPostgres(url: string, connections = 10, longestReadMs = LONGEST_READ_MS): Database {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => READERS[oid] ?? pg.types.getTypeParser(oid, format),
  };
  const poolOf = (config: pg.PoolConfig): pg.Pool => {
    const pool = new pg.Pool({ connectionString: url, types, Client, ...config });
    // An idle client that loses its server must not end the process; the next query reports it.
    pool.on('error', () => {});
    return pool;
  };
  const strangers = poolOf({ Client: StrangersClient, max: Math.max(1, Math.ceil(connections / 2)), statement_timeout: longestReadMs });
  return databaseOn('postgres', new PostgresDialect({ pool: poolOf({ max: connections }) }), () => boundedByTime(new PostgresDialect({ pool: strangers })));
}
