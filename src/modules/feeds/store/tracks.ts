import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';
import type { Track } from '../domain/tracker.ts';

/** Tracks of a Lage; who holds them changes them alone. */
export async function lockTracks(tx: Tx, lageId: string): Promise<readonly Track[]> {
  await sql`insert into feeds.track_book (lage_id) values (${lageId}) on conflict do nothing`.execute(tx);
  await sql`select 1 from feeds.track_book where lage_id = ${lageId} for update`.execute(tx);
  const { rows } = await sql<{ state: Track }>`select state from feeds.track where lage_id = ${lageId} order by id`.execute(tx);
  return rows.map(({ state }) => state);
}

export async function replaceTracks(tx: Tx, lageId: string, tracks: readonly Track[]): Promise<void> {
  await sql`delete from feeds.track where lage_id = ${lageId} and id <> all(${tracks.map(({ id }) => id)}::text[])`.execute(tx);
  if (tracks.length === 0) return;
  await sql`insert into feeds.track (lage_id, id, state) select ${lageId}::uuid, id, state from unnest(
      ${tracks.map(({ id }) => id)}::text[], ${tracks.map((one) => JSON.stringify(one))}::jsonb[]) as t (id, state)
    on conflict (lage_id, id) do update set state = excluded.state`.execute(tx);
}
