import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { Row } from '../domain/plan.ts';

export interface LatestQuery {
  /** Streams closed to the public come, too. */
  readonly internal: boolean;
  /** One stream, or all. */
  readonly streamId?: number;
  readonly after: number;
  readonly limit: number;
}

/** The latest observation of each stream, in the order of streams: two index looks each, however many there are. */
export async function findLatest(db: Sql, { internal, streamId, after, limit }: LatestQuery): Promise<readonly Row[]> {
  const { rows } = await sql<{ row: Row }>`
    select json_build_object('@id', o.id, '@stream', o.stream_id, '@multi', s.multi,
      'phenomenonTime', sensors.iso(o.phenomenon_start) || coalesce('/' || sensors.iso(o.phenomenon_end), ''), 'resultTime', sensors.iso(o.result_time),
      'result', coalesce(o.result, to_jsonb(o.result_number)), 'resultQuality', o.result_quality,
      'validTime', sensors.iso(o.valid_start) || coalesce('/' || sensors.iso(o.valid_end), ''), 'parameters', o.parameters) as row
    from sensors.summary m join sensors.stream s on s.id = m.stream_id
    join sensors.observation o on o.id = m.latest_id and o.phenomenon_start = m.latest_start
    where m.stream_id > ${after} and (${streamId ?? null}::bigint is null or m.stream_id = ${streamId ?? null}::bigint) and (${internal} or not s.internal)
    order by m.stream_id limit ${limit}`.execute(db);
  return rows.map(({ row }) => row);
}

/** What a stream said last. */
export interface LatestWord {
  readonly streamId: number;
  readonly name: string;
  readonly at: Temporal.Instant;
  readonly result: unknown;
}

/** The latest of these streams, closed to the public or not: for modules that work for the city. */
export async function findLatestWords(db: Sql, streamIds: readonly number[]): Promise<readonly LatestWord[]> {
  if (streamIds.length === 0) return [];
  const { rows } = await sql<LatestWord>`
    select s.id as "streamId", s.name, o.phenomenon_start as at, coalesce(o.result, to_jsonb(o.result_number)) as result
    from sensors.summary m join sensors.stream s on s.id = m.stream_id
    join sensors.observation o on o.id = m.latest_id and o.phenomenon_start = m.latest_start
    where s.id = any(${`{${streamIds.join(',')}}`}::bigint[]) and not s.multi order by s.id`.execute(db);
  return rows;
}
