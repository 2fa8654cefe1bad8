import { sql } from 'kysely';
import type { EntityName } from '../domain/entities.ts';
import type { Plan } from '../domain/plan.ts';
import { at, isStream, type Fragment } from './compile-tables.ts';
import { columnOf } from './compile-value.ts';

/** Names that no property has: what links and pages are made of. */
export const HIDDEN = { id: '@id', keys: '@keys', multi: '@multi', stream: '@stream' } as const;

const iso = (moment: Fragment): Fragment => sql`sensors.iso(${moment})`;

/** A row's own properties as pairs of name and value; times are texts already. @param through what the rows were reached from */
export function ownPairs({ entity, selection }: Plan, alias: string, through?: EntityName): readonly Fragment[] {
  const pairs = selection.properties.filter(([name]) => name !== '@iot.id').map((path) => sql`${nameOf(path)}::text, ${shown(entity, path, alias)}`);
  const stream =
    entity === 'Observation'
      ? [sql`${sql.lit(HIDDEN.stream)}::text, ${at(alias, 'stream_id')}`, sql`${sql.lit(HIDDEN.multi)}::text, ${multi(alias, through)}`]
      : [];
  return [sql`${sql.lit(HIDDEN.id)}::text, ${at(alias, 'id')}`, ...stream, ...pairs];
}

/** Names of the model stand in the statement itself, so that it has fewer values to send; parts of free JSON never do. */
const nameOf = ([name, ...parts]: readonly [string, ...string[]]): Fragment =>
  parts.length === 0 ? sql`${sql.lit(name)}` : sql`${[name, ...parts].join('/')}`;

/** What the stream of an observation is; nobody looks it up where the way through it says so. */
const multi = (alias: string, through: EntityName | undefined): Fragment =>
  through === 'Datastream' || through === 'MultiDatastream'
    ? sql`${sql.lit(through === 'MultiDatastream')}`
    : sql`(select v.multi from sensors.stream v where v.id = ${at(alias, 'stream_id')})`;

function shown(entity: EntityName, [name, ...parts]: readonly [string, ...string[]], alias: string): Fragment {
  if (parts.length > 0) return parts.reduce<Fragment>((json, part) => sql`${json} -> ${part}::text`, sql`${at(alias, columnOf(name))}`);
  switch (name) {
    case 'phenomenonTime':
      return isStream(entity) ? ofSummary(alias, span('s.phenomenon')) : period(alias, 'phenomenon');
    case 'resultTime':
      return isStream(entity) ? ofSummary(alias, span('s.result')) : iso(at(alias, 'result_time'));
    case 'validTime':
      return period(alias, 'valid');
    case 'observedArea':
      return ofSummary(alias, sql`st_asgeojson(s.observed_area)::json`);
    case 'time':
      return iso(at(alias, 'time'));
    case 'result':
      return sql`coalesce(${at(alias, 'result')}, to_jsonb(${at(alias, 'result_number')}))`;
    default:
      return at(alias, columnOf(name));
  }
}

const ofSummary = (alias: string, value: Fragment): Fragment => sql`(select ${value} from sensors.summary s where s.stream_id = ${at(alias, 'id')})`;

/** Of a stream always a period, even if it is as short as one observation. */
const span = (name: string): Fragment => sql`${iso(sql.raw(`${name}_start`))} || '/' || ${iso(sql.raw(`coalesce(${name}_end, ${name}_start)`))}`;

const period = (alias: string, name: string): Fragment => sql`${iso(at(alias, `${name}_start`))} || coalesce('/' || ${iso(at(alias, `${name}_end`))}, '')`;
