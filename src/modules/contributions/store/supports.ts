import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** @returns whether it is new: one person supports once */
export async function insertSupport(tx: Tx, contributionId: string, supporter: string): Promise<boolean> {
  const { rows } = await sql`insert into contributions.support (contribution_id, supporter) values (${contributionId}, ${supporter})
    on conflict do nothing returning 1`.execute(tx);
  if (rows.length === 1) await sql`update contributions.contribution set support = support + 1 where id = ${contributionId}`.execute(tx);
  return rows.length === 1;
}

/** @returns whether there was one */
export async function deleteSupport(tx: Tx, contributionId: string, supporter: string): Promise<boolean> {
  const { rows } = await sql`delete from contributions.support where contribution_id = ${contributionId} and supporter = ${supporter} returning 1`.execute(tx);
  if (rows.length === 1) await sql`update contributions.contribution set support = support - 1 where id = ${contributionId}`.execute(tx);
  return rows.length === 1;
}

export async function hasSupported(db: Sql, contributionId: string, supporter: string): Promise<boolean> {
  const { rows } = await sql`select 1 from contributions.support where contribution_id = ${contributionId} and supporter = ${supporter}`.execute(db);
  return rows.length === 1;
}

/** Who supported either supports the other now, each once; comments go with them, and what was merged into it before. @param to held by the caller */
export async function moveToOther(tx: Tx, from: string, to: string): Promise<void> {
  await sql`insert into contributions.support (contribution_id, supporter) select ${to}, supporter from contributions.support
    where contribution_id = ${from} on conflict do nothing`.execute(tx);
  await sql`delete from contributions.support where contribution_id = ${from}`.execute(tx);
  await sql`update contributions.comment set contribution_id = ${to} where contribution_id = ${from}`.execute(tx);
  await sql`delete from contributions.report where contribution_id = ${from}`.execute(tx);
  await sql`update contributions.contribution set support = 0, comments = 0 where id = ${from}`.execute(tx);
  await sql`update contributions.contribution set merged_into = ${to} where merged_into = ${from}`.execute(tx);
  await sql`update contributions.contribution c set support = (select count(*) from contributions.support s where s.contribution_id = c.id),
    comments = (select count(*) from contributions.comment m where m.contribution_id = c.id and m.state = 'published') where id = ${to}`.execute(tx);
}
