import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Listed } from '../domain/counting-list.ts';

export async function findList(db: Sql, staffId: string): Promise<readonly Listed[]> {
  const { rows } = await sql<Listed>`select slot, service from usage.counting_list where staff_id = ${staffId} order by slot`.execute(db);
  return rows;
}

/** What stands there already stays: of two at once the first wins. */
export async function keepListed(tx: Tx, staffId: string, listed: readonly Listed[]): Promise<void> {
  for (const { slot, service } of listed)
    await sql`insert into usage.counting_list (staff_id, slot, service) values (${staffId}, ${slot}, ${service}) on conflict do nothing`.execute(tx);
}

export async function dropListed(tx: Tx, staffId: string, service: string): Promise<void> {
  await sql`delete from usage.counting_list where staff_id = ${staffId} and service = ${service}`.execute(tx);
}
