import { sql } from 'kysely';
import type { Call, Expression } from '../domain/expression.ts';
import { bounded } from './compile-operators.ts';
import type { Fragment } from './compile-tables.ts';
import { as, endsOf, moment, number, type Value } from './compile-value.ts';

interface Given {
  readonly args: readonly Value[];
  readonly written: readonly Expression[];
  readonly now: Temporal.Instant;
}

const test = (fragment: Fragment): Value => ({ kind: 'boolean', sql: fragment });
const string = (fragment: Fragment): Value => ({ kind: 'string', sql: fragment });

const texts = ({ args }: Given): readonly [Fragment, Fragment] => [as(args[0]!, 'string'), as(args[1] ?? { kind: 'null' }, 'string')];
const shapes = ({ args }: Given): readonly [Fragment, Fragment] => [as(args[0]!, 'geometry'), as(args[1] ?? { kind: 'null' }, 'geometry')];
const numeral = (value: Value | undefined): Fragment => as(value ?? { kind: 'null' }, 'number');

/** Day and clock as UTC has them. */
const utc = (value: Value): Fragment => (value.kind === 'date' || value.kind === 'timeOfDay' ? value.sql : sql`(${as(value, 'time')} at time zone 'UTC')`);
const field = (name: string, value: Value): Fragment => sql`extract(${sql.raw(name)} from ${utc(value)})`;
const fieldNumber =
  (name: string) =>
  ({ args }: Given): Value =>
    number(sql`${field(name, args[0]!)}::double precision`);

const predicate =
  (name: string) =>
  (given: Given): Value => {
    const [a, b] = shapes(given);
    return test(sql`${sql.raw(name)}(${a}, ${b})`);
  };

type Compile = (given: Given) => Value;

const STRINGS: Readonly<Record<string, Compile>> = {
  substringof(given) {
    const [part, whole] = texts(given);
    return test(sql`strpos(${whole}, ${part}) > 0`);
  },
  startswith(given) {
    const [whole, part] = texts(given);
    return test(sql`starts_with(${whole}, ${part})`);
  },
  endswith(given) {
    const [whole, part] = texts(given);
    return test(sql`right(${whole}, length(${part})) = ${part}`);
  },
  tolower: (given) => string(sql`lower(${texts(given)[0]})`),
  toupper: (given) => string(sql`upper(${texts(given)[0]})`),
  trim: (given) => string(sql`btrim(${texts(given)[0]}, E' \\t\\n\\r')`),
  concat(given) {
    const [a, b] = texts(given);
    return string(sql`(${a} || ${b})`);
  },
  substring(given) {
    const from = sql`sensors.place(${numeral(given.args[1])}) + 1`;
    const length = given.args[2];
    return string(
      length === undefined ? sql`substr(${texts(given)[0]}, ${from})` : sql`substr(${texts(given)[0]}, ${from}, sensors.place(${numeral(length)}))`,
    );
  },
  length: (given) => number(sql`length(${texts(given)[0]})::double precision`),
  indexof(given) {
    const [whole, part] = texts(given);
    return number(sql`(strpos(${whole}, ${part}) - 1)::double precision`);
  },
};

const NUMBERS: Readonly<Record<string, Compile>> = {
  round: ({ args }) => number(sql`sensors.rounded(${numeral(args[0])})`),
  floor: ({ args }) => number(sql`floor(${numeral(args[0])})`),
  ceiling: ({ args }) => number(sql`ceil(${numeral(args[0])})`),
};

const TIMES: Readonly<Record<string, Compile>> = {
  now: ({ now }) => ({ kind: 'time', sql: moment(now.toString()) }),
  mindatetime: () => ({ kind: 'time', sql: moment('0001-01-01T00:00:00Z') }),
  maxdatetime: () => ({ kind: 'time', sql: moment('9999-12-31T23:59:59.999Z') }),
  date: ({ args }) => ({ kind: 'date', sql: sql`${utc(args[0]!)}::date` }),
  time: ({ args }) => ({ kind: 'timeOfDay', sql: sql`${utc(args[0]!)}::time` }),
  year: fieldNumber('year'),
  month: fieldNumber('month'),
  day: fieldNumber('day'),
  hour: fieldNumber('hour'),
  minute: fieldNumber('minute'),
  second: ({ args }) => number(sql`floor(${field('second', args[0]!)})::double precision`),
  fractionalseconds: ({ args }) => number(sql`(${field('second', args[0]!)} - floor(${field('second', args[0]!)}))::double precision`),
  totaloffsetminutes: ({ args, written }) => number(sql`case when ${as(args[0]!, 'time')} is not null then ${offsetOf(written[0]!)}::double precision end`),
};

/** What is stored is in UTC; only a time in the query can be in another zone. */
function offsetOf(expression: Expression): number {
  const [, sign, hours, minutes] = (expression.kind === 'literal' && /([+-])(\d\d):(\d\d)$/.exec(expression.text.split('/')[0]!)) || [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

type Ends = readonly [start: Fragment, end: Fragment];

const periods =
  (compare: (a: Ends, b: Ends, of: readonly [Value, Value]) => Fragment): Compile =>
  ({ args }) => {
    const [a, b] = args as readonly [Value, Value];
    return test(compare(endsOf(a), endsOf(b), [a, b]));
  };

/** OGC 18-088, table 23: relations between two times or periods (Allen). */
const PERIODS: Readonly<Record<string, Compile>> = {
  before: periods(([start, end], [other], [a]) => bounded(sql`${end} < ${other}`, a, sql`${start} < ${other}`)),
  after: periods(([start], [otherStart, otherEnd], [, b]) => bounded(sql`${start} > ${otherEnd}`, b, sql`${start} > ${otherStart}`)),
  meets: periods(([start, end], [otherStart, otherEnd]) => sql`(${end} = ${otherStart} or ${start} = ${otherEnd})`),
  during: periods(([start, end], [otherStart, otherEnd]) => sql`(${start} >= ${otherStart} and ${start} <= ${otherEnd} and ${end} <= ${otherEnd})`),
  overlaps: periods(([start, end], [otherStart, otherEnd]) => sql`(${start} <= ${otherEnd} and ${end} >= ${otherStart})`),
  starts: periods(([start, end], [otherStart, otherEnd]) => sql`(${start} = ${otherStart} and ${end} <= ${otherEnd})`),
  finishes: periods(([start, end], [otherStart, otherEnd]) => sql`(${end} = ${otherEnd} and ${start} >= ${otherStart})`),
};

const GEOMETRY: Readonly<Record<string, Compile>> = {
  ...Object.fromEntries(
    ['equals', 'disjoint', 'touches', 'within', 'overlaps', 'crosses', 'intersects', 'contains'].map((name) => [`st_${name}`, predicate(`st_${name}`)]),
  ),
  'geo.intersects': predicate('st_intersects'),
  st_relate(given) {
    const [a, b] = shapes(given);
    const pattern = as(given.args[2]!, 'string');
    return test(sql`case when ${pattern} ~ '^[TFtf012*]{9}$' then st_relate(${a}, ${b}, upper(${pattern})) end`);
  },
  'geo.length': (given) => number(sql`st_length(${shapes(given)[0]})`),
  'geo.distance'(given) {
    const [a, b] = shapes(given);
    return number(sql`st_distance(${a}, ${b})`);
  },
};

const ALL: Readonly<Record<string, Compile>> = { ...STRINGS, ...NUMBERS, ...TIMES, ...PERIODS, ...GEOMETRY };

/** Every function of `domain/functions.ts`. */
export function call({ name, args: written }: Call, args: readonly Value[], now: Temporal.Instant): Value {
  return ALL[name]!({ args, written, now });
}
