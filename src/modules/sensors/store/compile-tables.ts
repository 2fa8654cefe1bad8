import { sql, type RawBuilder } from 'kysely';
import type { EntityName } from '../domain/entities.ts';

/** A piece of SQL whose values are parameters. */
export type Fragment = RawBuilder<unknown>;

/** What a compilation must know beside the query. */
export interface Reader {
  /** Streams with `access` = `internal`, and their observations, exist for this reader. */
  readonly seesInternal: boolean;
  readonly now: Temporal.Instant;
}

const TABLES: Readonly<Record<EntityName, string>> = {
  Thing: 'sensors.thing',
  Location: 'sensors.location',
  HistoricalLocation: 'sensors.historical_location',
  Datastream: 'sensors.stream',
  MultiDatastream: 'sensors.stream',
  Sensor: 'sensors.sensor',
  ObservedProperty: 'sensors.observed_property',
  Observation: 'sensors.observation',
  FeatureOfInterest: 'sensors.feature',
};

/** How two tables hang together: by a column each, or by a table of pairs between their ids. */
interface Hang {
  readonly from: string;
  readonly to: string;
  readonly pairs?: string;
}

interface Relation extends Hang {
  readonly target: EntityName;
  readonly many: boolean;
}

const column = (from: string, to: string): Hang => ({ from, to });
const pairs = (table: string, from: string, to: string): Hang => ({ pairs: table, from, to });
const one = (target: EntityName, hang: Hang): Relation => ({ target, many: false, ...hang });
const many = (target: EntityName, hang: Hang): Relation => ({ target, many: true, ...hang });

const PROPERTIES = pairs('sensors.stream_observed_property', 'stream_id', 'observed_property_id');
const OF_STREAM = {
  Thing: one('Thing', column('thing_id', 'id')),
  Sensor: one('Sensor', column('sensor_id', 'id')),
  Observations: many('Observation', column('id', 'stream_id')),
};
const streams = (hang: Hang): Readonly<Record<string, Relation>> => ({
  Datastreams: many('Datastream', hang),
  MultiDatastreams: many('MultiDatastream', hang),
});

const RELATIONS: Readonly<Record<EntityName, Readonly<Record<string, Relation>>>> = {
  Thing: {
    Locations: many('Location', pairs('sensors.thing_location', 'thing_id', 'location_id')),
    HistoricalLocations: many('HistoricalLocation', column('id', 'thing_id')),
    ...streams(column('id', 'thing_id')),
  },
  Location: {
    Things: many('Thing', pairs('sensors.thing_location', 'location_id', 'thing_id')),
    HistoricalLocations: many('HistoricalLocation', pairs('sensors.historical_location_location', 'location_id', 'historical_location_id')),
  },
  HistoricalLocation: {
    Thing: one('Thing', column('thing_id', 'id')),
    Locations: many('Location', pairs('sensors.historical_location_location', 'historical_location_id', 'location_id')),
  },
  Datastream: { ...OF_STREAM, ObservedProperty: one('ObservedProperty', PROPERTIES) },
  MultiDatastream: { ...OF_STREAM, ObservedProperties: many('ObservedProperty', PROPERTIES) },
  Sensor: streams(column('id', 'sensor_id')),
  ObservedProperty: streams(pairs('sensors.stream_observed_property', 'observed_property_id', 'stream_id')),
  Observation: {
    Datastream: one('Datastream', column('stream_id', 'id')),
    MultiDatastream: one('MultiDatastream', column('stream_id', 'id')),
    FeatureOfInterest: one('FeatureOfInterest', column('feature_id', 'id')),
  },
  FeatureOfInterest: { Observations: many('Observation', column('id', 'feature_id')) },
};

/** Where a name leads to if it is a relation. */
export function relationOf(entity: EntityName, name: string): Relation | undefined {
  const relations = RELATIONS[entity];
  return Object.hasOwn(relations, name) ? relations[name] : undefined;
}

export const tableOf = (entity: EntityName): Fragment => sql.raw(TABLES[entity]);

/** A column of an alias; both are names of ours, never of a query. */
export const at = (alias: string, name: string): Fragment => sql.raw(`${alias}.${name}`);

/** Which row stands at the near end of a relation: a row of an outer query, or one known by number. */
export type Near = (column: string) => Fragment;

export const nearAlias =
  (alias: string): Near =>
  (name) =>
    at(alias, name);

/** The rows at the far end of a relation. */
export function related(entity: EntityName, relation: string, near: Near, far: string): Fragment {
  const { from, to, pairs: table } = RELATIONS[entity][relation]!;
  if (table === undefined) return sql`${at(far, to)} = ${near(from)}`;
  return sql`${at(far, 'id')} in (select p.${sql.raw(to)} from ${sql.raw(table)} p where p.${sql.raw(from)} = ${near('id')})`;
}

/** The place of an observed property in the results of the stream at the near end. */
export const placeInStream = (near: Near, far: string): Fragment =>
  sql`(select min(p.place) from sensors.stream_observed_property p where p.stream_id = ${near('id')} and p.observed_property_id = ${at(far, 'id')})`;

export const isStream = (entity: EntityName | undefined): boolean => entity === 'Datastream' || entity === 'MultiDatastream';

/**
 * Which rows of the entity's table exist for the reader: the one place that says so. Every query, path, filter and
 * expansion opens its tables with it.
 * @param through the entity it was reached from, whose own row has been admitted already
 */
export function admitted(entity: EntityName, alias: string, reader: Reader, through?: EntityName): Fragment {
  if (isStream(entity)) {
    const kind = entity === 'MultiDatastream' ? at(alias, 'multi') : sql`not ${at(alias, 'multi')}`;
    return reader.seesInternal ? kind : sql`${kind} and not ${at(alias, 'internal')}`;
  }
  if (entity !== 'Observation' || reader.seesInternal || isStream(through)) return sql`true`;
  // a subquery by primary key, so that it never changes in which order observations are read
  return sql`(select not v.internal from sensors.stream v where v.id = ${at(alias, 'stream_id')})`;
}
