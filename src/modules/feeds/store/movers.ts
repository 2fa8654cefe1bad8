import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';
import type { CotEvent } from '../domain/cot.ts';
import type { Mover } from '../domain/mover.ts';

/** Those of these uids that are known. Their rows are held in one order, so that two processes cannot wait for each other. */
export async function lockMovers(tx: Tx, lageId: string, uids: readonly string[]): Promise<Map<string, Mover>> {
  const { rows } = await sql<{ state: Mover }>`select state from feeds.mover where lage_id = ${lageId} and uid = any(${[...uids]}::text[])
    order by uid for update`.execute(tx);
  return new Map(rows.map(({ state }) => [state.uid, state]));
}

export async function countMovers(tx: Tx, lageId: string): Promise<number> {
  const { rows } = await sql<{ movers: number }>`select count(*)::int as movers from feeds.mover where lage_id = ${lageId}`.execute(tx);
  return rows[0]!.movers;
}

export async function keepMovers(tx: Tx, lageId: string, movers: readonly Mover[]): Promise<void> {
  if (movers.length === 0) return;
  await sql`insert into feeds.mover (lage_id, uid, time_ms, state)
    select ${lageId}::uuid, uid, time_ms, state from unnest(${movers.map(({ uid }) => uid)}::text[], ${movers.map(({ timeMs }) => Math.round(timeMs))}::bigint[],
      ${movers.map((mover) => JSON.stringify(mover))}::jsonb[]) as m (uid, time_ms, state) order by uid
    on conflict (lage_id, uid) do update set time_ms = excluded.time_ms, state = excluded.state`.execute(tx);
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
