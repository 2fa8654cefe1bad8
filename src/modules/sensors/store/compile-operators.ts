import { sql } from 'kysely';
import type { Operator } from '../domain/expression.ts';
import type { Fragment } from './compile-tables.ts';
import { as, endsOf, number, type Scalar, type Value } from './compile-value.ts';

const SIGNS = { eq: '=', ne: 'is distinct from', gt: '>', ge: '>=', lt: '<', le: '<=' } as const;
type Comparison = keyof typeof SIGNS;
type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'mod';

export const isArithmetic = (operator: Operator): operator is Arithmetic => ['add', 'sub', 'mul', 'div', 'mod'].includes(operator);

const isMoment = ({ kind }: Value): boolean => kind === 'time' || kind === 'interval';

/** `eq` to `le`. What cannot be compared is unequal, and neither greater nor less. */
export function compare(operator: Operator, left: Value, right: Value): Fragment {
  const comparison = operator as Comparison;
  const sign = sql.raw(SIGNS[comparison]);
  if (left.kind === 'null' || right.kind === 'null') return comparison === 'ne' ? sql`true` : sql`false`;
  if (isMoment(left) || isMoment(right)) return compareMoments(comparison, left, right);
  if (left.kind === 'number' && right.kind === 'number' && left.whole && right.whole) return sql`${left.sql} ${sign} ${right.sql}`;
  if (left.kind === 'geometry') {
    const equal = sql`st_equals(${left.sql}, ${as(right, 'geometry')})`;
    return comparison === 'ne' ? sql`not coalesce(${equal}, false)` : equal;
  }
  if (left.kind === 'json' && right.kind === 'json') return compareJson(comparison, left.sql, right.sql);
  const kind = (left.kind === 'json' ? right.kind : left.kind) as Scalar;
  return sql`(${as(left, kind)}) ${sign} (${as(right, kind)})`;
}

/** Two values known only to the row: ordered if they are of one type. */
function compareJson(comparison: Comparison, left: Fragment, right: Fragment): Fragment {
  const sign = sql.raw(SIGNS[comparison]);
  if (comparison === 'eq' || comparison === 'ne') return sql`${left} ${sign} ${right}`;
  return sql`(jsonb_typeof(${left}) = jsonb_typeof(${right}) and ${left} ${sign} ${right})`;
}

/** A period is greater than what ends before it, and less than what begins after it. */
function compareMoments(comparison: Comparison, left: Value, right: Value): Fragment {
  const [start, end] = endsOf(left);
  const [otherStart, otherEnd] = endsOf(right);
  switch (comparison) {
    case 'eq':
      return sql`(${start} = ${otherStart} and ${end} = ${otherEnd})`;
    case 'ne':
      return sql`(${start} is distinct from ${otherStart} or ${end} is distinct from ${otherEnd})`;
    case 'gt':
      return bounded(sql`${start} > ${otherEnd}`, right, sql`${start} > ${otherStart}`);
    case 'ge':
      return bounded(sql`${start} >= ${otherEnd}`, right, sql`${start} >= ${otherStart}`);
    case 'lt':
      return bounded(sql`${end} < ${otherStart}`, left, sql`${start} < ${otherStart}`);
    case 'le':
      return bounded(sql`${end} <= ${otherStart}`, left, sql`${start} <= ${otherStart}`);
  }
}

/** What follows from a condition on the end of a period is said too: begins are indexed and cut partitions off. */
export const bounded = (condition: Fragment, period: Value, follows: Fragment): Fragment =>
  period.kind === 'interval' ? sql`(${condition} and ${follows})` : condition;

const FUNCTIONS = { add: 'sensors.sum', mul: 'sensors.product', div: 'sensors.quotient', mod: 'sensors.remainder' } as const;

export function arithmetic(operator: Arithmetic, left: Value, right: Value): Value {
  if (right.kind === 'duration' && isMoment(left)) return shifted(left, operator === 'sub' ? sql`- ${right.sql}` : right.sql);
  if (left.kind === 'duration' && isMoment(right)) return shifted(right, left.sql);
  if (isMoment(left) && isMoment(right)) return { kind: 'duration', sql: sql`(${as(left, 'time')} - ${as(right, 'time')})` };
  if (left.kind === 'duration' && right.kind === 'duration')
    return { kind: 'duration', sql: operator === 'sub' ? sql`(${left.sql} - ${right.sql})` : sql`(${left.sql} + ${right.sql})` };
  const [a, b] = [as(left, 'number'), as(right, 'number')];
  if (operator === 'sub') return number(sql`sensors.sum(${a}, - ${b})`);
  return number(sql`${sql.raw(FUNCTIONS[operator])}(${a}, ${b})`);
}

const shifted = (value: Value, by: Fragment): Value => ({ kind: 'time', sql: sql`sensors.shifted(${as(value, 'time')}, ${by})` });
