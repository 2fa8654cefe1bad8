import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** Of these Lagen those whose positions are still there. */
export async function notForgotten(db: Sql, lageIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select l.id::text as id from unnest(${[...lageIds]}::uuid[]) as l (id)
    where not exists (select 1 from feeds.forgotten f where f.lage_id = l.id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Drops some of the positions of a time. @returns how many */
export async function dropEvents(
  db: Sql,
  lageId: string,
  { from, to, most }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly most: number },
): Promise<number> {
  const { rows } = await sql`delete from feeds.event where ctid in (
    select ctid from feeds.event where lage_id = ${lageId} and received_at >= ${from} and received_at <= ${to} limit ${most}) returning 1`.execute(db);
  return rows.length;
}

/** The end of it: what is known of movers and what was not taken goes, too. */
export async function keepForgotten(tx: Tx, lageId: string, events: number, now: Temporal.Instant): Promise<void> {
  await sql`delete from feeds.mover where lage_id = ${lageId}`.execute(tx);
  await sql`delete from feeds.rejected r using feeds.source s where s.id = r.source_id and s.lage_id = ${lageId}`.execute(tx);
  await sql`insert into feeds.forgotten (lage_id, at, events) values (${lageId}, ${now}, ${events}) on conflict do nothing`.execute(tx);
}
