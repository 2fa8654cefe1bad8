import { sql } from 'kysely';
import type { EntityName } from '../domain/entities.ts';
import type { Literal } from '../domain/expression.ts';
import { at, isStream, type Fragment } from './compile-tables.ts';

/** A value in SQL. A period has two ends, of which the second is null for an instant. */
export type Value =
  | { readonly kind: 'number'; readonly sql: Fragment; readonly whole: boolean }
  | { readonly kind: 'interval'; readonly sql: Fragment; readonly end: Fragment }
  /** `number`: where the same value stands as a number in a column of its own. */
  | { readonly kind: 'json'; readonly sql: Fragment; readonly number?: Fragment; readonly other?: Fragment }
  | { readonly kind: 'string' | 'boolean' | 'time' | 'date' | 'timeOfDay' | 'duration' | 'geometry'; readonly sql: Fragment }
  | { readonly kind: 'null' };

export type Scalar = 'number' | 'string' | 'boolean' | 'time' | 'date' | 'timeOfDay' | 'duration' | 'geometry';

export const number = (fragment: Fragment): Value => ({ kind: 'number', sql: fragment, whole: false });

const FROM_JSON: Readonly<Record<Scalar, string>> = {
  number: 'sensors.number_of',
  string: 'sensors.text_of',
  boolean: 'sensors.truth_of',
  time: 'sensors.time_of',
  date: 'sensors.date_of',
  timeOfDay: 'sensors.clock_of',
  duration: 'sensors.duration_of',
  geometry: '',
};

export const SQL_TYPES: Readonly<Record<Scalar, string>> = {
  number: 'double precision',
  string: 'text',
  boolean: 'boolean',
  time: 'timestamptz',
  date: 'date',
  timeOfDay: 'time',
  duration: 'interval',
  geometry: 'geometry',
};

/** The value as the kind that is needed; JSON of another kind is null. */
export function as(value: Value, kind: Scalar): Fragment {
  if (value.kind === 'number' && kind === 'number') return value.whole ? sql`(${value.sql})::double precision` : value.sql;
  if (value.kind === kind || (value.kind === 'interval' && kind === 'time')) return value.sql;
  if (value.kind === 'json' && kind === 'number' && value.number !== undefined) return value.number;
  if (value.kind === 'json' && kind !== 'geometry') return sql`${sql.raw(FROM_JSON[kind])}(${value.other ?? value.sql})`;
  return sql`null::${sql.raw(SQL_TYPES[kind])}`;
}

/** Both ends; of an instant twice the same. */
export function endsOf(value: Value): readonly [Fragment, Fragment] {
  const start = as(value, 'time');
  return value.kind === 'interval' ? [start, sql`coalesce(${value.end}, ${start})`] : [start, start];
}

/** Whether there is no value; JSON's own null is none. */
export function missing(value: Value): Fragment {
  if (value.kind === 'null') return sql`true`;
  if (value.kind !== 'json') return sql`${value.sql} is null`;
  const none = (json: Fragment): Fragment => sql`(${json} is null or ${json} = 'null'::jsonb)`;
  return value.number === undefined ? none(value.sql) : sql`(${value.number} is null and ${none(value.other ?? value.sql)})`;
}

export function literalValue({ type, text }: Literal): Value {
  switch (type) {
    case 'number':
      return /^\d{1,15}$/.test(text) ? { kind: 'number', sql: sql`${Number(text)}::bigint`, whole: true } : number(sql`${Number(text)}::double precision`);
    case 'string':
      return { kind: 'string', sql: sql`${text}::text` };
    case 'boolean':
      return { kind: 'boolean', sql: text === 'true' ? sql`true` : sql`false` };
    case 'null':
      return { kind: 'null' };
    case 'time':
      return { kind: 'time', sql: moment(text) };
    case 'interval': {
      const [start, end] = text.split('/') as [string, string];
      return { kind: 'interval', sql: moment(start), end: moment(end) };
    }
    case 'date':
      return { kind: 'date', sql: sql`${Temporal.PlainDate.from(text).toString()}::date` };
    case 'timeOfDay':
      return { kind: 'timeOfDay', sql: sql`${Temporal.PlainTime.from(text).toString()}::time` };
    case 'duration':
      return { kind: 'duration', sql: sql`${durationText(text)}::interval` };
    case 'geography':
      // a bow tie is made two triangles: predicates of GEOS stop at shapes that cross themselves
      return { kind: 'geometry', sql: sql`st_collectionextract(st_makevalid(st_geomfromtext(${text}::text, 4326)))` };
  }
}

const FIRST = Temporal.Instant.from('0001-01-01T00:00:00Z');
const LAST = Temporal.Instant.from('9999-12-31T23:59:59.999Z');

/** An instant; what another zone makes of the first and the last day of the calendar is cut off. */
export function moment(text: string): Fragment {
  const instant = Temporal.Instant.from(text);
  const within = Temporal.Instant.compare(instant, FIRST) < 0 ? FIRST : Temporal.Instant.compare(instant, LAST) > 0 ? LAST : instant;
  return sql`${within.toString()}::timestamptz`;
}

function durationText(text: string): string {
  const { years, months, weeks, days, hours, minutes, seconds, milliseconds } = Temporal.Duration.from(text);
  const second = seconds + milliseconds / 1000;
  return `${String(years)} years ${String(months)} months ${String(weeks * 7 + days)} days ${String(hours)} hours ${String(minutes)} minutes ${String(second)} seconds`;
}

/** Properties that stand in a column of another name. */
const COLUMNS: Readonly<Record<string, string>> = {
  '@iot.id': 'id',
  encodingType: 'encoding_type',
  observationType: 'observation_type',
  unitOfMeasurement: 'unit',
  unitOfMeasurements: 'unit',
  multiObservationDataTypes: 'part_types',
  resultQuality: 'result_quality',
};

const WHOLE = new Set(['id', '@iot.id']);
const JSON_PROPERTIES = new Set([
  'properties',
  'metadata',
  'unitOfMeasurement',
  'unitOfMeasurements',
  'multiObservationDataTypes',
  'resultQuality',
  'parameters',
]);

export const columnOf = (property: string): string => COLUMNS[property] ?? property;

const summarised = (alias: string, name: string): Fragment => sql`(select s.${sql.raw(name)} from sensors.summary s where s.stream_id = ${at(alias, 'id')})`;

/** A property of the row at the alias. */
export function propertyValue(entity: EntityName, property: string, alias: string): Value {
  if (WHOLE.has(property)) return { kind: 'number', sql: at(alias, 'id'), whole: true };
  if (JSON_PROPERTIES.has(property)) return { kind: 'json', sql: at(alias, columnOf(property)) };
  switch (property) {
    case 'phenomenonTime':
      return isStream(entity)
        ? { kind: 'interval', sql: summarised(alias, 'phenomenon_start'), end: summarised(alias, 'phenomenon_end') }
        : { kind: 'interval', sql: at(alias, 'phenomenon_start'), end: at(alias, 'phenomenon_end') };
    case 'resultTime':
      return isStream(entity)
        ? { kind: 'interval', sql: summarised(alias, 'result_start'), end: summarised(alias, 'result_end') }
        : { kind: 'time', sql: at(alias, 'result_time') };
    case 'validTime':
      return { kind: 'interval', sql: at(alias, 'valid_start'), end: at(alias, 'valid_end') };
    case 'observedArea':
      return { kind: 'geometry', sql: summarised(alias, 'observed_area') };
    case 'location':
    case 'feature':
      return { kind: 'geometry', sql: at(alias, 'geometry') };
    case 'time':
      return { kind: 'time', sql: at(alias, 'time') };
    case 'result':
      return {
        kind: 'json',
        sql: sql`coalesce(${at(alias, 'result')}, to_jsonb(${at(alias, 'result_number')}))`,
        number: at(alias, 'result_number'),
        other: at(alias, 'result'),
      };
    default:
      return { kind: 'string', sql: at(alias, columnOf(property)) };
  }
}

/** A part of JSON, named by the steps to it. */
export function partOf(value: Value, steps: readonly string[]): Value {
  if (value.kind !== 'json' || steps.length === 0) return value;
  return { kind: 'json', sql: steps.reduce<Fragment>((json, step) => sql`${json} -> ${step}::text`, sql`${value.other ?? value.sql}`) };
}
