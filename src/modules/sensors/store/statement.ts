import { sql, type CompiledQuery } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { Resource } from '../domain/parse-resource.ts';
import type { Fragment } from './compile-tables.ts';

/** The place of a number of the path in a statement, filled in when it runs: the same statement reads every stream. */
class StepNumber {
  readonly step: number;

  constructor(step: number) {
    this.step = step;
  }
}

export const stepNumber = (step: number): Fragment => sql`${new StepNumber(step)}::bigint`;

/** A statement as text, with the values of its query and places for the numbers of a path. */
export type Statement = CompiledQuery;

export const statementOf = (fragment: Fragment, db: Sql): Statement => fragment.compile(db);

export const filled = <Row>(statement: Statement, { steps }: Pick<Resource, 'steps'>): CompiledQuery<Row> => ({
  ...(statement as CompiledQuery<Row>),
  parameters: statement.parameters.map((parameter) => (parameter instanceof StepNumber ? steps[parameter.step]!.id : parameter)),
});

/**
 * The same for many numbers at once, the places of their answers beside them; `undefined` where it needs more than the
 * first number of its path.
 */
export function togetherOf({ sql: text, parameters }: Statement): string | undefined {
  if (parameters.length === 0 || !parameters.every((parameter) => parameter instanceof StepNumber && parameter.step === 0)) return undefined;
  return `select w.place, q.* from unnest($1::bigint[]) with ordinality as w (number, place) cross join lateral (${text.replaceAll(/\$\d+/g, 'w.number')}) q`;
}
