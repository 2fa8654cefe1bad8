import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** Number of the last journal entry that was followed. */
export async function followedUpTo(db: Sql): Promise<number> {
  return (await sql<{ seq: number }>`select seq from contributions.followed`.execute(db)).rows[0]!.seq;
}

/** @returns `false` where another follower was faster */
export async function followTo(tx: Tx, from: number, seq: number): Promise<boolean> {
  const { rows } = await sql`update contributions.followed set seq = ${seq} where seq = ${from} returning seq`.execute(tx);
  return rows.length > 0;
}

/** Takes the account away from what was written with it; the words stay. */
export async function forgetAccount(tx: Tx, accountId: string): Promise<void> {
  await sql`update contributions.contribution set account_id = null where account_id = ${accountId}`.execute(tx);
  await sql`update contributions.comment set account_id = null where account_id = ${accountId}`.execute(tx);
}
