import { sql, type RawBuilder } from 'kysely';
import type { Database, Tx } from '../../../platform/database/port.ts';
import type { Json, NewObservation } from '../domain/observation.ts';
import type { StreamSummary } from '../domain/stream-summary.ts';

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

/** Rows a statement: while the database keeps them, the next ones are written down. */
const CHUNK = 5_000;

/** Keeps observations under their ids. The partitions must be there. @param rows each with its feature, where it has one */
export async function insertObservations(tx: Tx, rows: readonly NewObservation[], ids: readonly number[]): Promise<void> {
  let underway: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < rows.length; from += CHUNK) {
    const statement = insertStatement(rows.slice(from, from + CHUNK), ids.slice(from, from + CHUNK));
    await underway;
    underway = statement.execute(tx);
  }
  await underway;
}

/** New ids. Numbers as one text: 50,000 rows with a number each take far longer to read. */
export async function takeIds(tx: Tx, many: number): Promise<readonly number[]> {
  const { rows } = await sql<{ ids: string | null }>`
    select string_agg(nextval('sensors.observation_id')::text, ',') as ids from generate_series(1, ${many}::int)`.execute(tx);
  return rows[0]!.ids?.split(',').map(Number) ?? [];
}

function insertStatement(rows: readonly NewObservation[], ids: readonly number[]): RawBuilder<unknown> {
  const extras = rows.map(extrasOf);
  const more = extras.some((one) => one !== null);
  return sql`
    insert into sensors.observation (id, stream_id, phenomenon_start, phenomenon_end, result_time, result_number, feature_id
      ${more ? sql`, result, result_quality, valid_start, valid_end, parameters` : sql``})
    select i.id, i.stream_id, i.phenomenon_start, i.phenomenon_end, i.result_time, i.result_number, i.feature_id
      ${more ? sql`, x.value -> 'r', x.value -> 'q', (x.value ->> 's')::timestamptz, (x.value ->> 'e')::timestamptz, x.value -> 'p'` : sql``}
    from unnest(
      ${plainArray(ids)}::bigint[],
      ${plainArray(rows.map(({ streamId }) => streamId))}::bigint[], ${plainArray(rows.map(({ phenomenonStart }) => phenomenonStart))}::timestamptz[],
      ${plainArray(rows.map(({ phenomenonEnd }) => phenomenonEnd))}::timestamptz[], ${plainArray(rows.map(({ resultTime }) => resultTime))}::timestamptz[],
      ${plainArray(rows.map(({ number }) => number))}::float8[], ${plainArray(rows.map(({ featureId }) => featureId))}::bigint[]
    ) with ordinality as i (id, stream_id, phenomenon_start, phenomenon_end, result_time, result_number, feature_id, place)
    ${more ? sql`left join jsonb_array_elements(${JSON.stringify(extras)}::jsonb) with ordinality as x (value, place) on x.place = i.place` : sql``}`;
}

/** Locks what is known of streams in their order, before writes in another order. */
export async function lockSummaries(tx: Tx, streamIds: readonly number[]): Promise<void> {
  if (streamIds.length > 1)
    await sql`select 1 from sensors.summary where stream_id = any(${plainArray(streamIds)}::bigint[]) order by stream_id for update`.execute(tx);
}

/** Adds to what is known of streams. They are locked in the order given, so writers cannot wait for each other in a circle. */
export async function addToSummaries(tx: Tx, news: readonly StreamSummary[]): Promise<void> {
  const features = news.flatMap(({ streamId, featureIds }) => featureIds.map((featureId) => ({ streamId, featureId })));
  const column = (name: Exclude<keyof StreamSummary, 'featureIds'>): string => plainArray(news.map((one) => one[name]));
  await sql`
    insert into sensors.summary as s (stream_id, observations, phenomenon_start, phenomenon_end, result_start, result_end, observed_area, latest_id, latest_start)
    select n.stream_id, n.observations, n.phenomenon_start, n.phenomenon_end, n.result_start, n.result_end, a.area, n.latest_id, n.latest_start
    from unnest(${column('streamId')}::bigint[], ${column('observations')}::bigint[], ${column('phenomenonStart')}::timestamptz[],
      ${column('phenomenonEnd')}::timestamptz[], ${column('resultStart')}::timestamptz[], ${column('resultEnd')}::timestamptz[],
      ${column('latestId')}::bigint[], ${column('latestStart')}::timestamptz[]) with ordinality
      as n (stream_id, observations, phenomenon_start, phenomenon_end, result_start, result_end, latest_id, latest_start, place)
    left join (select x.stream_id, st_envelope(st_collect(f.geometry)) as area
      from unnest(${plainArray(features.map(({ streamId }) => streamId))}::bigint[], ${plainArray(features.map(({ featureId }) => featureId))}::bigint[]) as x (stream_id, feature_id)
      join sensors.feature f on f.id = x.feature_id group by x.stream_id) a on a.stream_id = n.stream_id
    order by n.place
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
      latest_start = greatest(s.latest_start, excluded.latest_start)`.execute(tx);
}

/**
 * The features of interest of streams whose observations name none: that of the place where the thing is
 * now, made from it once (SensorThings 1.1, 10.4). A thing without a place has none.
 * @returns stream id -> feature id, and the features that were made now
 */
export async function featuresOfStreams(
  tx: Tx,
  streamIds: readonly number[],
): Promise<{ readonly features: ReadonlyMap<number, number>; readonly made: readonly number[] }> {
  const placed = async () =>
    (
      await sql<{ stream: number; location: number; feature: number | null }>`
        select s.id as stream, l.id as location, l.feature_id as feature from sensors.stream s
        join lateral (select l.* from sensors.thing_location tl join sensors.location l on l.id = tl.location_id where tl.thing_id = s.thing_id order by l.id limit 1) l on true
        where s.id = any(${plainArray([...new Set(streamIds)])}::bigint[])`.execute(tx)
    ).rows;
  let rows = await placed();
  const bare = rows.flatMap(({ location, feature }) => (feature === null ? [location] : []));
  let made: readonly number[] = [];
  if (bare.length > 0) {
    made = await makeFeatures(tx, bare);
    rows = await placed();
  }
  return { features: new Map(rows.map(({ stream, feature }) => [stream, feature!])), made };
}

/** In the order of places and under their locks: two writers make one feature of a place. */
async function makeFeatures(tx: Tx, locationIds: readonly number[]): Promise<readonly number[]> {
  await sql`select 1 from sensors.location where id = any(${plainArray(locationIds)}::bigint[]) order by id for update`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    with bare as (
      select l.*, nextval(pg_get_serial_sequence('sensors.feature', 'id')) as made from sensors.location l
      where l.id = any(${plainArray(locationIds)}::bigint[]) and l.feature_id is null
    ), made as (
      insert into sensors.feature (id, name, description, encoding_type, feature, geometry)
      select made, name, description, encoding_type, location, geometry from bare
    )
    update sensors.location l set feature_id = bare.made from bare where l.id = bare.id returning bare.made as id`.execute(tx);
  return rows.map(({ id }) => id);
}
