import { sql, type RawBuilder } from 'kysely';
import type { Database, Tx } from '../../../platform/database/port.ts';
import type { Json, NewObservation } from '../domain/observation.ts';

/** The months between lie in partitions of their own; before and after, where hardly anything is measured, in one each. */
const [FIRST_MONTH, LAST_MONTH] = ['1970-01', '2099-12'];

/** `2026-11`: observations of a month lie together. */
function partitionOf(instant: string): string {
  const month = (/^\d{4}-\d\d-\d\dT.*Z$/.test(instant) ? instant : Temporal.Instant.from(instant).toString()).slice(0, 7);
  // years beyond four digits begin with a sign
  if (month < FIRST_MONTH) return month.startsWith('+') ? 'late' : 'early';
  return month > LAST_MONTH ? 'late' : month;
}

/** Any fixed number; processes that make partitions wait for each other. */
const PARTITION_LOCK = 4_011_958;

/** Partitions known to be there, by database. */
const known = new WeakMap<Database, Set<string>>();

/**
 * Makes the partitions these instants need, in a transaction of its own: the parent is locked for
 * everybody until its commit. Once known, a month costs nothing.
 */
export async function ensurePartitions(database: Database, instants: readonly string[]): Promise<void> {
  const there = known.get(database) ?? new Set<string>();
  known.set(database, there);
  const missing = [...new Set(instants.map(partitionOf))].filter((one) => !there.has(one));
  if (missing.length === 0) return;
  await database.write(async (tx) => {
    await sql`select pg_advisory_xact_lock(${PARTITION_LOCK}::bigint)`.execute(tx);
    for (const one of missing) await makePartition(tx, one);
  });
  for (const one of missing) there.add(one);
}

async function makePartition(tx: Tx, partition: string): Promise<void> {
  const name = sql.id('sensors', `observation_${partition.replace('-', '_')}`);
  const bound = (month: string): RawBuilder<unknown> => sql.lit(`${month}-01T00:00:00Z`);
  const next = (month: string): string => Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();
  const [from, to] =
    partition === 'early'
      ? [sql`minvalue`, bound(FIRST_MONTH)]
      : partition === 'late'
        ? [bound(next(LAST_MONTH)), sql`maxvalue`]
        : [bound(partition), bound(next(partition))];
  await sql`create table if not exists ${name} partition of sensors.observation for values from (${from}) to (${to})`.execute(tx);
}

/**
 * Inside a lateral join to a stream `s`: its last observation up to an instant. What is known to be the latest
 * mostly is it; only what is dated later makes it search.
 */
export const latestUntil = (until: Temporal.Instant): RawBuilder<unknown> => sql`
  (select o.result_number, o.phenomenon_start from sensors.summary m
    join sensors.observation o on o.id = m.latest_id and o.phenomenon_start = m.latest_start
    where m.stream_id = s.id and m.latest_start <= ${until.toString()}::timestamptz)
  union all
  (select o.result_number, o.phenomenon_start from sensors.summary m
    join lateral (select o.result_number, o.phenomenon_start from sensors.observation o
      where o.stream_id = s.id and o.phenomenon_start <= ${until.toString()}::timestamptz order by o.phenomenon_start desc, o.id desc limit 1) o on true
    where m.stream_id = s.id and m.latest_start > ${until.toString()}::timestamptz)`;

/** PostgreSQL's array literal of values without quotes, commas or braces. */
const plainArray = (values: readonly (number | string | undefined)[]): string => `{${values.map((value) => value ?? 'null').join(',')}}`;

interface Extras {
  readonly r?: Json | undefined;
  readonly q?: Json | undefined;
  readonly s?: string | undefined;
  readonly e?: string | undefined;
  readonly p?: Json | undefined;
}

const extrasOf = ({ result, quality, validStart, validEnd, parameters }: NewObservation): Extras | null =>
  result === undefined && quality === undefined && validStart === undefined && parameters === undefined
    ? null
    : { r: result, q: quality, s: validStart, e: validEnd, p: parameters };

/**
 * Keeps observations and what is known of their streams, in one statement. Summaries are locked in the
 * order of streams, so writers cannot wait for each other in a circle. The partitions must be there.
 * @param rows each with its feature, where it has one
 * @returns ids, in the order of `rows`
 */
export async function insertObservations(tx: Tx, rows: readonly NewObservation[]): Promise<readonly number[]> {
  if (rows.length === 0) return [];
  const extras = rows.map(extrasOf);
  const more = extras.some((one) => one !== null);
  const { rows: kept } = await sql<{ id: number }>`
    with input as materialized (
      select nextval('sensors.observation_id') as id, i.*, ${more ? sql`x.value` : sql`null::jsonb`} as extra
      from unnest(
        ${plainArray(rows.map(({ streamId }) => streamId))}::bigint[], ${plainArray(rows.map(({ phenomenonStart }) => phenomenonStart))}::timestamptz[],
        ${plainArray(rows.map(({ phenomenonEnd }) => phenomenonEnd))}::timestamptz[], ${plainArray(rows.map(({ resultTime }) => resultTime))}::timestamptz[],
        ${plainArray(rows.map(({ number }) => number))}::float8[], ${plainArray(rows.map(({ featureId }) => featureId))}::bigint[]
      ) with ordinality as i (stream_id, phenomenon_start, phenomenon_end, result_time, result_number, feature_id, place)
      ${more ? sql`left join jsonb_array_elements(${JSON.stringify(extras)}::jsonb) with ordinality as x (value, place) on x.place = i.place` : sql``}
      order by i.place
    ), kept as (
      insert into sensors.observation (id, stream_id, phenomenon_start, phenomenon_end, result_time, result_number, feature_id,
        result, result_quality, valid_start, valid_end, parameters)
      select id, stream_id, phenomenon_start, phenomenon_end, result_time, result_number, feature_id,
        extra -> 'r', extra -> 'q', (extra ->> 's')::timestamptz, (extra ->> 'e')::timestamptz, extra -> 'p'
      from input
    ), summed as (
      select i.stream_id, count(*) as observations, min(i.phenomenon_start) as phenomenon_start,
        max(coalesce(i.phenomenon_end, i.phenomenon_start)) as phenomenon_end, min(i.result_time) as result_start, max(i.result_time) as result_end,
        st_envelope(st_collect(f.geometry)) as observed_area,
        (array_agg(i.id order by i.phenomenon_start desc, i.id desc))[1] as latest_id, max(i.phenomenon_start) as latest_start
      from input i left join (select id, geometry from sensors.feature where id in (select distinct feature_id from input)) f on f.id = i.feature_id
      group by i.stream_id order by i.stream_id
    ), known as (
      insert into sensors.summary as s (stream_id, observations, phenomenon_start, phenomenon_end, result_start, result_end, observed_area, latest_id, latest_start)
      select * from summed
      on conflict (stream_id) do update set
        observations = s.observations + excluded.observations,
        phenomenon_start = least(s.phenomenon_start, excluded.phenomenon_start),
        phenomenon_end = greatest(s.phenomenon_end, excluded.phenomenon_end),
        result_start = least(s.result_start, excluded.result_start),
        result_end = greatest(s.result_end, excluded.result_end),
        observed_area = case when excluded.observed_area is null or st_covers(s.observed_area, excluded.observed_area) then s.observed_area
          else st_envelope(st_collect(s.observed_area, excluded.observed_area)) end,
        -- late arrivals never become the latest; of two at the same time the later written is
        latest_id = case when s.latest_start is null or excluded.latest_start >= s.latest_start then excluded.latest_id else s.latest_id end,
        latest_start = greatest(s.latest_start, excluded.latest_start)
    )
    select id from input order by place`.execute(tx);
  return kept.map(({ id }) => id);
}

/**
 * The features of interest of streams whose observations name none: that of the place where the thing is
 * now, made from it once (SensorThings 1.1, 10.4). A thing without a place has none.
 * @returns stream id -> feature id
 */
export async function featuresOfStreams(tx: Tx, streamIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const placed = async () =>
    (
      await sql<{ stream: number; location: number; feature: number | null }>`
        select s.id as stream, l.id as location, l.feature_id as feature from sensors.stream s
        join lateral (select l.* from sensors.thing_location tl join sensors.location l on l.id = tl.location_id where tl.thing_id = s.thing_id order by l.id limit 1) l on true
        where s.id = any(${plainArray([...new Set(streamIds)])}::bigint[])`.execute(tx)
    ).rows;
  let rows = await placed();
  const bare = rows.flatMap(({ location, feature }) => (feature === null ? [location] : []));
  if (bare.length > 0) {
    await makeFeatures(tx, bare);
    rows = await placed();
  }
  return new Map(rows.map(({ stream, feature }) => [stream, feature!]));
}

/** In the order of places and under their locks: two writers make one feature of a place. */
async function makeFeatures(tx: Tx, locationIds: readonly number[]): Promise<void> {
  await sql`select 1 from sensors.location where id = any(${plainArray(locationIds)}::bigint[]) order by id for update`.execute(tx);
  await sql`
    with bare as (
      select l.*, nextval(pg_get_serial_sequence('sensors.feature', 'id')) as made from sensors.location l
      where l.id = any(${plainArray(locationIds)}::bigint[]) and l.feature_id is null
    ), made as (
      insert into sensors.feature (id, name, description, encoding_type, feature, geometry)
      select made, name, description, encoding_type, location, geometry from bare
    )
    update sensors.location l set feature_id = bare.made from bare where l.id = bare.id`.execute(tx);
}
