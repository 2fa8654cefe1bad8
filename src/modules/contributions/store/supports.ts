import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** @returns whether it is new: one person supports once */
export async function insertSupport(tx: Tx, contributionId: string, supporter: string): Promise<boolean> {
  const { rows } = await sql`insert into contributions.support (contribution_id, supporter) values (${contributionId}, ${supporter})
    on conflict do nothing returning 1`.execute(tx);
  if (rows.length === 1) await sql`update contributions.contribution set support = support + 1 where id = ${contributionId}`.execute(tx);
  return rows.length === 1;
}

/** Takes it back from what was merged into it, too. @returns whether there was one */
export async function deleteSupport(tx: Tx, contributionId: string, supporter: string): Promise<boolean> {
  const { rows } = await sql`delete from contributions.support where contribution_id = ${contributionId} and supporter = ${supporter} returning 1`.execute(tx);
  if (rows.length === 1) await sql`update contributions.contribution set support = support - 1 where id = ${contributionId}`.execute(tx);
  await sql`delete from contributions.support where supporter = ${supporter}
    and contribution_id in (select id from contributions.contribution where merged_into = ${contributionId})`.execute(tx);
  return rows.length === 1;
}

export async function hasSupported(db: Sql, contributionId: string, supporter: string): Promise<boolean> {
  const { rows } = await sql`select 1 from contributions.support where contribution_id = ${contributionId} and supporter = ${supporter}`.execute(db);
  return rows.length === 1;
}
