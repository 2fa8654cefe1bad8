import type { Database } from '../../../platform/database/port.ts';
import type { Row, RowSet } from '../domain/plan.ts';
import type { Resource } from '../domain/parse-resource.ts';
import { filled, type Statement } from './statement.ts';

interface Answer {
  readonly rows: readonly Row[] | null;
  readonly count: number | null;
}

export type Failure = 'too-costly' | 'impossible';

/**
 * Runs a compiled request.
 * @param quick known to read one index from one end; all others are bounded
 * @returns undefined where the way to the rows does not exist
 */
export async function readRows(database: Database, statement: Statement, resource: Resource, quick: boolean): Promise<RowSet | undefined | Failure> {
  const query = filled<Answer>(statement, resource);
  try {
    const rows = quick ? (await database.read.executeQuery(query)).rows : await database.askBounded(query);
    if (rows === 'too-costly') return rows;
    const [answer] = rows;
    if (answer === undefined || answer.rows === null) return undefined;
    return { rows: answer.rows, ...(answer.count === null ? {} : { count: answer.count }) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return failure;
  }
}

/** Values that no row can be compared with (class 22), shapes that GEOS cannot reckon with, nesting beyond the limits. */
function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  if (code.startsWith('22') || code === '54001' || (code === 'XX000' && /geometry|GEOS|Topology/i.test(error.message))) return 'impossible';
  return undefined;
}
