import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

/** Holds contributions and all that was merged into them, in the order of ids, so that two merges cannot wait for each other. */
export async function lockWithMerged(tx: Tx, ids: readonly string[]): Promise<void> {
  const those = sql`any(${[...ids]}::uuid[])`;
  await sql`select id from contributions.contribution where id = ${those} or merged_into = ${those} order by id for update`.execute(tx);
}

/**
 * Who supported either supports the other now, each once; comments go with them, and what was merged into it before.
 * Its own rows of supporters stay, uncounted, for the day on which the merge is undone. @param to held by the caller
 */
export async function moveToOther(tx: Tx, from: string, to: string): Promise<void> {
  await sql`insert into contributions.support (contribution_id, supporter, moved) select ${to}, supporter, true from contributions.support
    where contribution_id = ${from} on conflict do nothing`.execute(tx);
  await sql`update contributions.comment set contribution_id = ${to}, moved_from = coalesce(moved_from, contribution_id)
    where contribution_id = ${from}`.execute(tx);
  await sql`delete from contributions.report where contribution_id = ${from}`.execute(tx);
  await sql`update contributions.contribution set support = 0, comments = 0 where id = ${from}`.execute(tx);
  await sql`update contributions.contribution set merged_into = ${to} where merged_into = ${from}`.execute(tx);
  await recount(tx, [to]);
}

/** Undoes every merge into one that goes: what others wrote waits again, with its own supporters and comments. @returns which */
export async function separate(tx: Tx, from: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`update contributions.contribution set state = 'waiting', checked = false, merged_into = null
    where merged_into = ${from} and state = 'merged' returning id`.execute(tx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return ids;
  const those = sql`any(${ids}::uuid[])`;
  await sql`update contributions.report r set contribution_id = m.moved_from from contributions.comment m
    where r.comment_id = m.id and m.moved_from = ${those}`.execute(tx);
  await sql`update contributions.comment set contribution_id = moved_from, moved_from = null where moved_from = ${those}`.execute(tx);
  await sql`delete from contributions.support where moved and contribution_id = ${those}`.execute(tx);
  await recount(tx, ids);
  return ids;
}

async function recount(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update contributions.contribution c set support = (select count(*) from contributions.support s where s.contribution_id = c.id),
    comments = (select count(*) from contributions.comment m where m.contribution_id = c.id and m.state = 'published')
    where c.id = any(${[...ids]}::uuid[])`.execute(tx);
}
