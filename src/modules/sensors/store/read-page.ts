import { sql, type CompiledQuery } from 'kysely';
import type { Database } from '../../../platform/database/port.ts';
import type { Row, RowSet } from '../domain/plan.ts';
import type { Resource } from '../domain/parse-resource.ts';
import { filled, type Statement } from './statement.ts';

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
export async function readRows(database: Database, statement: Statement, resource: Resource, quick: boolean): Promise<RowSet | undefined | Failure> {
  const query = filled<Answer>(statement, resource);
  try {
    const { rows } = quick || database.engine === 'pglite' ? await database.read.executeQuery(query) : await database.write((tx) => askBounded(tx, query));
    const [answer] = rows;
    if (answer === undefined || answer.rows === null) return undefined;
    return { rows: answer.rows, ...(answer.count === null ? {} : { count: answer.count }) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return failure;
  }
}

async function askBounded(tx: Database['read'], query: CompiledQuery<Answer>): Promise<{ rows: Answer[] }> {
  await sql`set local statement_timeout = ${sql.raw(String(LONGEST_STATEMENT_MS))}`.execute(tx);
  return tx.executeQuery(query);
}

/** Values that no row can be compared with (class 22), shapes that GEOS cannot reckon with, nesting and time beyond the limits. */
function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  if (code === '57014') return 'too-long';
  if (code.startsWith('22') || code === '54001' || (code === 'XX000' && /geometry|GEOS|Topology/i.test(error.message))) return 'impossible';
  return undefined;
}
