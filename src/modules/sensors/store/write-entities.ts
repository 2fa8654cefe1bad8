import { sql, type RawBuilder } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { EntityName } from '../domain/entities.ts';
import type { Json } from '../domain/observation.ts';

type Values = Readonly<Record<string, Json>>;

/** Entities with rows of their own; observations have a store of their own. */
type Kept = Exclude<EntityName, 'Observation'>;

const TABLES: Readonly<Record<Kept, string>> = {
  Thing: 'thing',
  Location: 'location',
  HistoricalLocation: 'historical_location',
  Datastream: 'stream',
  MultiDatastream: 'stream',
  Sensor: 'sensor',
  ObservedProperty: 'observed_property',
  FeatureOfInterest: 'feature',
};
const tableOf = (entity: Kept) => sql.id('sensors', TABLES[entity]);

const text = (value: Json): RawBuilder<unknown> => sql`${value}::text`;
const json = (value: Json): RawBuilder<unknown> => (value === null ? sql`null::jsonb` : sql`${JSON.stringify(value)}::jsonb`);
const time = (value: Json): RawBuilder<unknown> => sql`${value}::timestamptz`;

/** Columns of properties. `location` and `feature` also fill `geometry`, where they are GeoJSON. */
const COLUMNS: Readonly<Record<string, readonly [column: string, of: (value: Json) => RawBuilder<unknown>]>> = {
  name: ['name', text],
  description: ['description', text],
  definition: ['definition', text],
  encodingType: ['encoding_type', text],
  observationType: ['observation_type', text],
  metadata: ['metadata', json],
  properties: ['properties', json],
  unitOfMeasurement: ['unit', json],
  unitOfMeasurements: ['unit', json],
  multiObservationDataTypes: ['part_types', json],
  location: ['location', json],
  feature: ['feature', json],
  time: ['time', time],
};

/** The geometry of a place that is GeoJSON: of a feature its geometry, without heights. */
function geometryOf(value: Json): RawBuilder<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return sql`null::geometry`;
  const { type, geometry } = value as { readonly type?: Json; readonly geometry?: Json };
  return sql`st_setsrid(st_force2d(st_geomfromgeojson(${JSON.stringify(type === 'Feature' ? geometry : value)}::text)), 4326)`;
}

function assignments(values: Values, refs: Readonly<Record<string, number>>): readonly (readonly [column: string, value: RawBuilder<unknown>])[] {
  const own = Object.entries(values).flatMap(([name, value]) => {
    const [column, of] = COLUMNS[name]!;
    return [[column, of(value)] as const, ...(name === 'location' || name === 'feature' ? [['geometry', geometryOf(value)] as const] : [])];
  });
  return [...own, ...Object.entries(refs).map(([column, id]) => [column, sql`${id}::bigint`] as const)];
}

/** @param refs ids by column, e.g. `thing_id` */
export async function insertEntity(tx: Tx, entity: Kept, values: Values, refs: Readonly<Record<string, number>>): Promise<number> {
  const pairs = [...assignments(values, refs), ...(entity === 'MultiDatastream' ? [['multi', sql`true`] as const] : [])];
  const complex = entity === 'MultiDatastream' && values['observationType'] === undefined;
  if (complex) pairs.push(['observation_type', sql`'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation'`]);
  const { rows } = await sql<{ id: number }>`insert into ${tableOf(entity)} (${sql.join(pairs.map(([column]) => sql.id(column)))})
    values (${sql.join(pairs.map(([, value]) => value))}) returning id`.execute(tx);
  return rows[0]!.id;
}

export async function updateEntity(tx: Tx, entity: Kept, id: number, values: Values, refs: Readonly<Record<string, number>>): Promise<void> {
  const pairs = [...assignments(values, refs)];
  if (pairs.length === 0) return;
  // what was observed before keeps the feature of the old place; what comes makes one of the new
  if (entity === 'Location' && values['location'] !== undefined)
    pairs.push(['feature_id', sql`case when location = ${json(values['location'])} then feature_id end`]);
  await sql`update ${tableOf(entity)} set ${sql.join(pairs.map(([column, value]) => sql`${sql.id(column)} = ${value}`))} where id = ${id}`.execute(tx);
}

/** Whether the entity is there. A Datastream is no MultiDatastream. */
export async function isThere(db: Sql, entity: Kept, id: number): Promise<boolean> {
  const kind = entity === 'Datastream' ? sql`and not multi` : entity === 'MultiDatastream' ? sql`and multi` : sql``;
  return (await sql`select 1 from ${tableOf(entity)} where id = ${id} ${kind}`.execute(db)).rows.length > 0;
}

/**
 * Deletes with everything that cannot be without it (OGC 18-088, table 10-1). Foreign keys do the rest of
 * the cascade; observations know their stream and feature by number alone.
 */
export async function deleteEntity(tx: Tx, entity: Kept, id: number): Promise<void> {
  const streams: Partial<Record<Kept, RawBuilder<unknown>>> = {
    Thing: sql`thing_id = ${id}`,
    Sensor: sql`sensor_id = ${id}`,
    ObservedProperty: sql`id in (select stream_id from sensors.stream_observed_property where observed_property_id = ${id})`,
    Datastream: sql`id = ${id}`,
    MultiDatastream: sql`id = ${id}`,
  };
  const which = streams[entity];
  if (which !== undefined) {
    await sql`delete from sensors.observation where stream_id in (select id from sensors.stream where ${which})`.execute(tx);
    await sql`delete from sensors.stream where ${which}`.execute(tx);
  }
  if (entity === 'FeatureOfInterest') {
    const { rows } = await sql<{ id: number }>`delete from sensors.observation where feature_id = ${id} returning stream_id as id`.execute(tx);
    // in the order of streams, as all writers take these locks
    for (const stream of [...new Set(rows.map((row) => row.id))].toSorted((a, b) => a - b)) await summarise(tx, stream);
  }
  if (entity === 'Location') {
    await sql`delete from sensors.historical_location where id in (select historical_location_id from sensors.historical_location_location where location_id = ${id})`.execute(
      tx,
    );
  }
  await sql`delete from ${tableOf(entity)} where id = ${id}`.execute(tx);
}

/** Deletes one observation. @returns whether it was there */
export async function deleteObservation(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ stream: number }>`delete from sensors.observation where id = ${id} returning stream_id as stream`.execute(tx);
  for (const { stream } of rows) await summarise(tx, stream);
  return rows.length > 0;
}

/** What is known of a stream, counted anew: only after observations have gone or changed. */
export async function summarise(tx: Tx, streamId: number): Promise<void> {
  await sql`select 1 from sensors.summary where stream_id = ${streamId} for update`.execute(tx);
  await sql`
    update sensors.summary s set observations = n.observations, phenomenon_start = n.phenomenon_start, phenomenon_end = n.phenomenon_end,
      result_start = n.result_start, result_end = n.result_end, observed_area = n.observed_area, latest_id = n.latest_id, latest_start = n.latest_start
    from (select count(*) as observations, min(o.phenomenon_start) as phenomenon_start, max(coalesce(o.phenomenon_end, o.phenomenon_start)) as phenomenon_end,
        min(o.result_time) as result_start, max(o.result_time) as result_end, st_envelope(st_collect(f.geometry)) as observed_area,
        (array_agg(o.id order by o.phenomenon_start desc, o.id desc))[1] as latest_id, max(o.phenomenon_start) as latest_start
      from sensors.observation o left join sensors.feature f on f.id = o.feature_id where o.stream_id = ${streamId}) n
    where s.stream_id = ${streamId}`.execute(tx);
}

/** The stream of an observation; `undefined` when there is none. */
export async function findObservationStream(db: Sql, id: number): Promise<number | undefined> {
  return (await sql<{ stream: number }>`select stream_id as stream from sensors.observation where id = ${id}`.execute(db)).rows[0]?.stream;
}

/** Changes an observation; a new time may move it to another month, which must have its partition. */
export async function changeObservation(tx: Tx, id: number, streamId: number, values: Values): Promise<void> {
  const set: RawBuilder<unknown>[] = [];
  const { result, phenomenonTime, resultTime, validTime, resultQuality, parameters } = values;
  if (result !== undefined) {
    const number = typeof result === 'number';
    set.push(sql`result_number = ${number ? result : null}::float8`, sql`result = ${number ? null : JSON.stringify(result)}::jsonb`);
  }
  if (typeof phenomenonTime === 'string') {
    const [start, end] = phenomenonTime.split('/');
    set.push(sql`phenomenon_start = ${start}::timestamptz`, sql`phenomenon_end = ${end ?? null}::timestamptz`);
  }
  if (resultTime !== undefined) set.push(sql`result_time = ${resultTime}::timestamptz`);
  if (validTime !== undefined) {
    const [start, end] = typeof validTime === 'string' ? validTime.split('/') : [null];
    set.push(sql`valid_start = ${start ?? null}::timestamptz`, sql`valid_end = ${end ?? start ?? null}::timestamptz`);
  }
  if (resultQuality !== undefined) set.push(sql`result_quality = ${json(resultQuality)}`);
  if (parameters !== undefined) set.push(sql`parameters = ${json(parameters)}`);
  if (set.length === 0) return;
  await sql`update sensors.observation set ${sql.join(set)} where id = ${id}`.execute(tx);
  await summarise(tx, streamId);
}
