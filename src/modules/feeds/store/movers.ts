import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';
import type { CotEvent } from '../domain/cot.ts';
import type { Mover, MoverName } from '../domain/mover.ts';

/** Those that are known. Their rows are held in one order, so that two processes cannot wait for each other. */
export async function lockMovers(tx: Tx, lageId: string, names: readonly MoverName[]): Promise<readonly NamedMover[]> {
  const { rows } = await sql<NamedMover>`select m.source_id as "sourceId", m.state as mover from feeds.mover m
    join unnest(${names.map(({ sourceId }) => sourceId)}::uuid[], ${names.map(({ uid }) => uid)}::text[]) as n (source_id, uid)
      on n.source_id = m.source_id and n.uid = m.uid
    where m.lage_id = ${lageId} order by m.source_id, m.uid for update of m`.execute(tx);
  return rows;
}

/** Forgets those that have said nothing since a moment, and counts the others. */
export async function countMovers(tx: Tx, lageId: string, sinceMs: number): Promise<{ readonly moving: number; readonly known: number }> {
  await sql`delete from feeds.mover where lage_id = ${lageId} and time_ms < ${sinceMs}`.execute(tx);
  const { rows } = await sql<{ moving: number; known: number }>`select count(*) filter (where not ended)::int as moving, count(*)::int as known
    from feeds.mover where lage_id = ${lageId}`.execute(tx);
  return rows[0]!;
}

export interface NamedMover {
  readonly sourceId: string;
  readonly mover: Mover;
}

export async function keepMovers(tx: Tx, lageId: string, movers: readonly NamedMover[]): Promise<void> {
  if (movers.length === 0) return;
  const of = <T>(pick: (mover: Mover) => T): T[] => movers.map(({ mover }) => pick(mover));
  await sql`insert into feeds.mover (lage_id, source_id, uid, time_ms, ended, state)
    select ${lageId}::uuid, source_id, uid, time_ms, ended, state from unnest(${movers.map(({ sourceId }) => sourceId)}::uuid[], ${of(({ uid }) => uid)}::text[],
      ${of(({ timeMs }) => Math.round(timeMs))}::bigint[], ${of(({ ended }) => ended)}::boolean[], ${of((mover) => JSON.stringify(mover))}::jsonb[])
      as m (source_id, uid, time_ms, ended, state) order by source_id, uid
    on conflict (lage_id, source_id, uid) do update set time_ms = excluded.time_ms, ended = excluded.ended, state = excluded.state`.execute(tx);
}

export interface KeptEvent {
  readonly sourceId: string;
  readonly event: CotEvent;
}

export async function keepEvents(tx: Tx, lageId: string, events: readonly KeptEvent[], now: Temporal.Instant): Promise<void> {
  if (events.length === 0) return;
  const of = <T>(pick: (event: CotEvent) => T): T[] => events.map(({ event }) => pick(event));
  await sql`insert into feeds.event (lage_id, source_id, received_at, uid, type, time_ms, lon, lat, detail)
    select ${lageId}::uuid, source_id, ${now}::timestamptz, uid, type, time_ms, lon, lat, detail from unnest(
      ${events.map(({ sourceId }) => sourceId)}::uuid[], ${of(({ uid }) => uid)}::text[], ${of(({ type }) => type)}::text[],
      ${of(({ timeMs }) => Math.round(timeMs))}::bigint[], ${of(({ lon }) => lon)}::float8[], ${of(({ lat }) => lat)}::float8[],
      ${of(({ detail }) => detail)}::text[]) as e (source_id, uid, type, time_ms, lon, lat, detail)`.execute(tx);
}
