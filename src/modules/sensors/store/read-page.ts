import { sql } from 'kysely';
import type { Database } from '../../../platform/database/port.ts';
import type { Row, RowSet } from '../domain/plan.ts';
import type { Fragment } from './compile-tables.ts';

interface Answer {
  readonly rows: readonly Row[] | null;
  readonly count: number | null;
}

/** What strangers' queries may cost at most. */
export const LONGEST_STATEMENT_MS = 10_000;

export type Failure = 'too-long' | 'impossible';

/**
 * Runs a compiled request.
 * @param quick known to read one index from one end; all others get a limit of time, which costs a transaction
 * @returns undefined where the way to the rows does not exist
 */
export async function readRows(database: Database, statement: Fragment, quick: boolean): Promise<RowSet | undefined | Failure> {
  try {
    const { rows } = quick || database.engine === 'pglite' ? await ask(database.read, statement) : await database.write((tx) => askBounded(tx, statement));
    const [answer] = rows;
    if (answer === undefined || answer.rows === null) return undefined;
    return { rows: answer.rows, ...(answer.count === null ? {} : { count: answer.count }) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return failure;
  }
}

const ask = (db: Database['read'], statement: Fragment): Promise<{ rows: Answer[] }> => sql<Answer>`${statement}`.execute(db);

async function askBounded(tx: Database['read'], statement: Fragment): Promise<{ rows: Answer[] }> {
  await sql`set local statement_timeout = ${sql.raw(String(LONGEST_STATEMENT_MS))}`.execute(tx);
  return ask(tx, statement);
}

/** Values that no row can be compared with (class 22), shapes that GEOS cannot reckon with, nesting and time beyond the limits. */
function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  if (code === '57014') return 'too-long';
  if (code.startsWith('22') || code === '54001' || (code === 'XX000' && /geometry|GEOS|Topology/i.test(error.message))) return 'impossible';
  return undefined;
}
