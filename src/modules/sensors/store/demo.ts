import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface DemoStation {
  readonly name: string;
  readonly description: string;
  readonly lon: number;
  readonly lat: number;
  readonly streams: readonly DemoStationStream[];
}

export interface DemoStationStream {
  /** Number of the made-up stream; kept in its properties. */
  readonly demo: number;
  readonly property: string;
  readonly name: string;
  readonly description: string;
  readonly unit: object;
  readonly properties: object;
}

export interface DemoProperty {
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  readonly description: string;
}

export async function hasDemo(db: Sql): Promise<boolean> {
  return (await sql`select 1 from sensors.stream where properties ? 'demo' limit 1`.execute(db)).rows.length > 0;
}

/** Stations with their streams, all at once; nothing where there are demo streams already. */
export async function insertDemo(tx: Tx, properties: readonly DemoProperty[], stations: readonly DemoStation[]): Promise<void> {
  await sql`lock table sensors.thing in share row exclusive mode`.execute(tx);
  if (await hasDemo(tx)) return;
  await sql`
    with sensor as (
      insert into sensors.sensor (name, description, encoding_type, metadata)
      values ('Erfundener Sensor der Demo', 'Misst nichts: seine Werte rechnet Kontor aus.', 'text/html', '"https://kontor.example/demo"') returning id
    ), wanted as (
      select p.*, nextval(pg_get_serial_sequence('sensors.observed_property', 'id')) as id
      from jsonb_to_recordset(${JSON.stringify(properties)}::jsonb) as p (key text, name text, definition text, description text)
    ), observed as (
      insert into sensors.observed_property (id, name, definition, description) select id, name, definition, description from wanted
    ), station as materialized (
      select s.*, nextval(pg_get_serial_sequence('sensors.thing', 'id')) as thing_id, nextval(pg_get_serial_sequence('sensors.location', 'id')) as location_id
      from jsonb_to_recordset(${JSON.stringify(stations)}::jsonb) as s (name text, description text, lon float8, lat float8, streams jsonb)
    ), thing as (
      insert into sensors.thing (id, name, description, properties) select thing_id, name, description, '{"demo": true}' from station
    ), location as (
      insert into sensors.location (id, name, description, encoding_type, location, geometry)
      select location_id, name, description, 'application/geo+json',
        jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(lon, lat)), st_setsrid(st_makepoint(lon, lat), 4326) from station
    ), placed as (
      insert into sensors.thing_location (thing_id, location_id) select thing_id, location_id from station
    ), stream as materialized (
      select station.thing_id, nextval(pg_get_serial_sequence('sensors.stream', 'id')) as id, s.*
      from station, jsonb_to_recordset(station.streams) as s (demo int, property text, name text, description text, unit jsonb, properties jsonb)
    ), kept as (
      insert into sensors.stream (id, name, description, observation_type, unit, properties, thing_id, sensor_id)
      select stream.id, stream.name, stream.description, 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement', stream.unit,
        stream.properties || jsonb_build_object('demo', stream.demo), stream.thing_id, sensor.id from stream, sensor
    )
    insert into sensors.stream_observed_property (stream_id, place, observed_property_id)
    select stream.id, 0, wanted.id from stream join wanted on wanted.key = stream.property`.execute(tx);
}

export interface DemoStreamRow {
  readonly streamId: number;
  readonly demo: number;
  /** Absent: it has not measured yet. */
  readonly measuredUntil: Temporal.Instant | null;
}

/** The demo's streams with the instant up to which they have measured. */
export async function findDemoStreams(db: Sql): Promise<readonly DemoStreamRow[]> {
  const { rows } = await sql<DemoStreamRow>`
    select s.id as "streamId", (s.properties ->> 'demo')::int as demo, m.latest_start as "measuredUntil"
    from sensors.stream s left join sensors.summary m on m.stream_id = s.id where s.properties ? 'demo' order by 2`.execute(db);
  return rows;
}
