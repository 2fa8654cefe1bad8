import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import { latestUntil } from './observations.ts';

/** Where and when: west, south, east, north in WGS 84; the last observation up to an instant. */
export interface StationQuery {
  readonly layer: string;
  readonly bbox: readonly [number, number, number, number];
  readonly until: Temporal.Instant;
  readonly internal: boolean;
  /** Only the rows after this stream's id. */
  readonly after: number;
  readonly limit: number;
}

export interface StationRow {
  readonly streamId: number;
  readonly name: string;
  readonly thing: string;
  readonly unit: string;
  readonly lon: number;
  readonly lat: number;
  readonly value: number | null;
  readonly measuredAt: Temporal.Instant | null;
}

/** Streams of one layer with a place and one number. One index look a stream. */
export async function findStations(db: Sql, { layer, bbox, until, internal, after, limit }: StationQuery): Promise<readonly StationRow[]> {
  const { rows } = await sql<StationRow>`
    select s.id as "streamId", s.name, t.name as thing, coalesce(s.unit ->> 'symbol', '') as unit,
      st_x(l.geometry) as lon, st_y(l.geometry) as lat, v.result_number as value, v.phenomenon_start as "measuredAt"
    from sensors.stream s
    join sensors.thing t on t.id = s.thing_id
    join lateral (select l.geometry from sensors.thing_location tl join sensors.location l on l.id = tl.location_id
      where tl.thing_id = t.id and st_geometrytype(l.geometry) = 'ST_Point' order by l.id limit 1) l on true
    left join lateral (${latestUntil(until)}) v on true
    where s.layer = ${layer} and not s.multi and (${internal} or not s.internal) and s.id > ${after}
      and l.geometry && st_makeenvelope(${bbox[0]}, ${bbox[1]}, ${bbox[2]}, ${bbox[3]}, 4326)
    order by s.id limit ${limit}`.execute(db);
  return rows;
}

export interface LayerRow {
  readonly layer: string;
  readonly service: string;
  readonly streams: number;
  readonly latest: Temporal.Instant | null;
}

/** The layers that streams name in their properties, as Hamburg's own interfaces do (`serviceName`, `layerName`). */
export async function findLayers(db: Sql, { internal, until }: Pick<StationQuery, 'internal' | 'until'>): Promise<readonly LayerRow[]> {
  const { rows } = await sql<LayerRow>`
    select s.layer, min(coalesce(s.service, '')) as service, count(*) as streams, max(m.latest_start) filter (where m.latest_start <= ${until.toString()}::timestamptz) as latest
    from sensors.stream s left join sensors.summary m on m.stream_id = s.id
    where s.layer is not null and not s.multi and (${internal} or not s.internal)
    group by 1 order by 1`.execute(db);
  return rows;
}

export interface CurvePoint {
  readonly at: Temporal.Instant;
  readonly value: number;
}

/** The numbers of a stream between two instants, newest `limit` of them, in order of time; `undefined` when nobody may see the stream. */
export async function findCurve(
  db: Sql,
  streamId: number,
  { from, to, limit, internal }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly limit: number; readonly internal: boolean },
): Promise<{ readonly name: string; readonly unit: string; readonly points: readonly CurvePoint[] } | undefined> {
  const stream = await sql<{ name: string; unit: string }>`
    select name, coalesce(unit ->> 'symbol', '') as unit from sensors.stream where id = ${streamId} and not multi and (${internal} or not internal)`.execute(
    db,
  );
  const found = stream.rows[0];
  if (found === undefined) return undefined;
  const { rows } = await sql<CurvePoint>`
    select phenomenon_start as at, result_number as value from sensors.observation
    where stream_id = ${streamId} and phenomenon_start >= ${from.toString()}::timestamptz and phenomenon_start <= ${to.toString()}::timestamptz
      and result_number is not null
    order by phenomenon_start desc, id desc limit ${limit}`.execute(db);
  return { ...found, points: rows.toReversed() };
}

/** The mean of a stream in one of equal steps of a period, counted from 1. */
export interface SparkStep {
  readonly streamId: number;
  readonly step: number;
  readonly value: number;
}

/** Means of several streams at once, in order of stream and time; of streams nobody may see, nothing. */
export async function findSparks(
  db: Sql,
  streamIds: readonly number[],
  { from, to, steps, internal }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly steps: number; readonly internal: boolean },
): Promise<readonly SparkStep[]> {
  if (streamIds.length === 0) return [];
  const [start, end] = [from.epochMilliseconds / 1000, to.epochMilliseconds / 1000];
  const { rows } = await sql<SparkStep>`
    select s.id as "streamId", width_bucket(extract(epoch from o.phenomenon_start)::float8, ${start}::float8, ${end}::float8, ${sql.lit(steps)}) as step, avg(o.result_number) as value
    from sensors.stream s join sensors.observation o on o.stream_id = s.id
    where s.id = any(${`{${streamIds.join(',')}}`}::bigint[]) and not s.multi and (${internal} or not s.internal) and o.result_number is not null
      and o.phenomenon_start >= ${from.toString()}::timestamptz and o.phenomenon_start < ${to.toString()}::timestamptz
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
