import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import { latestUntil } from './observations.ts';

/** A stream with the last that it said, and the numbers of a time before. */
export interface StreamStateRow {
  readonly streamId: number;
  readonly name: string;
  readonly thing: string;
  readonly unit: string;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly value: number | null;
  /** What is no number, as text. */
  readonly word: string | null;
  readonly measuredAt: Temporal.Instant | null;
  /** The oldest first. */
  readonly recent: readonly { readonly at: Temporal.Instant; readonly value: number }[];
}

interface Row extends Omit<StreamStateRow, 'place' | 'recent'> {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly recent: readonly { readonly at: string; readonly value: number }[] | null;
}

const MOST_RECENT = 120;

export async function findStreamStates(
  db: Sql,
  ids: readonly number[],
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<readonly StreamStateRow[]> {
  const { rows } = await sql<Row>`
    select s.id as "streamId", s.name, t.name as thing, coalesce(s.unit ->> 'symbol', '') as unit, l.lon, l.lat,
      v.result_number as value, w.word, v.phenomenon_start as "measuredAt", r.recent
    from sensors.stream s
    join sensors.thing t on t.id = s.thing_id
    left join lateral (select st_x(l.geometry) as lon, st_y(l.geometry) as lat from sensors.thing_location tl join sensors.location l on l.id = tl.location_id
      where tl.thing_id = t.id and st_geometrytype(l.geometry) = 'ST_Point' order by l.id limit 1) l on true
    left join lateral (${latestUntil(until)}) v on true
    left join lateral (select o.result #>> '{}' as word from sensors.observation o
      where o.stream_id = s.id and o.phenomenon_start = v.phenomenon_start order by o.id desc limit 1) w on true
    left join lateral (select json_agg(json_build_object('at', sensors.iso(n.phenomenon_start), 'value', n.result_number) order by n.phenomenon_start) as recent
      from (select phenomenon_start, result_number from sensors.observation where stream_id = s.id and result_number is not null
        and phenomenon_start > ${from.toString()}::timestamptz and phenomenon_start <= ${until.toString()}::timestamptz
        order by phenomenon_start desc limit ${MOST_RECENT}) n) r on true
    where s.id = any(${`{${ids.join(',')}}`}::bigint[]) and not s.multi order by s.id`.execute(db);
  return rows.map(({ lon, lat, recent, ...row }) => ({
    ...row,
    place: lon === null || lat === null ? null : { lon, lat },
    recent: (recent ?? []).map(({ at, value }) => ({ at: Temporal.Instant.from(at), value })),
  }));
}

/** Streams, and those of them that were measured in this time. */
export async function countFresh(
  db: Sql,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<{ readonly all: number; readonly fresh: number }> {
  const { rows } = await sql<{ all: number; fresh: number }>`select count(*) as all,
    count(*) filter (where exists (select 1 from sensors.observation o where o.stream_id = s.id
      and o.phenomenon_start > ${from}::timestamptz and o.phenomenon_start <= ${until}::timestamptz)) as fresh
    from sensors.stream s`.execute(db);
  return rows[0]!;
}
