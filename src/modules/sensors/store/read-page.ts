import { codeOf } from '../../../kernel/error-code.ts';
import type { Database } from '../../../platform/database/port.ts';
import type { Row, RowSet } from '../domain/plan.ts';
import type { Resource } from '../domain/parse-resource.ts';
import { askTogether, type Answer } from './ask-together.ts';
import { filled, togetherOf, type Statement } from './statement.ts';

export type Failure = 'too-costly' | 'impossible';

/**
 * Runs a compiled request.
 * @param quick known to read one index from one end; all others are bounded
 * @returns undefined where the way to the rows does not exist
 */
export async function readRows(database: Database, statement: Statement, resource: Resource, quick: boolean): Promise<RowSet | undefined | Failure> {
  try {
    const answer = await answerOf(database, statement, resource, quick);
    if (answer === 'too-costly') return answer;
    if (answer === undefined || answer.rows === null) return undefined;
    return { rows: answer.rows, ...(answer.count === null ? {} : { count: answer.count }) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return failure;
  }
}

async function answerOf(database: Database, statement: Statement, resource: Resource, quick: boolean): Promise<Answer<Row> | undefined | 'too-costly'> {
  const together = quick ? togetherOf(statement) : undefined;
  if (together !== undefined) return askTogether<Row>(database, together, resource.steps[0].id!);
  const query = filled<Answer<Row>>(statement, resource);
  const rows = quick ? (await database.read.executeQuery(query)).rows : await database.askBounded(query);
  return rows === 'too-costly' ? rows : rows[0];
}

/** Values that no row can be compared with (class 22), shapes that GEOS cannot reckon with, nesting beyond the limits. */
function failureOf(error: unknown): Failure | undefined {
  const code = codeOf(error);
  if (!(error instanceof Error) || code === undefined) return undefined;
  if (code.startsWith('22') || code === '54001' || (code === 'XX000' && /geometry|GEOS|Topology/i.test(error.message))) return 'impossible';
  return undefined;
}
