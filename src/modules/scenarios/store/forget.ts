import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** Number of the last journal entry that was followed. */
export async function followedUpTo(db: Sql): Promise<number> {
  return (await sql<{ seq: number }>`select seq from scenarios.followed`.execute(db)).rows[0]!.seq;
}

/** @returns `false` where another follower was faster */
export async function followTo(tx: Tx, from: number, seq: number): Promise<boolean> {
  const { rows } = await sql`update scenarios.followed set seq = ${seq} where seq = ${from} returning seq`.execute(tx);
  return rows.length > 0;
}

/** Deletes all that somebody has made: scenarios, kits, comments on others' scenarios, and co-work. @returns how many scenarios */
export async function forgetPerson(tx: Tx, who: string): Promise<number> {
  await sql`delete from scenarios.kit where owner = ${who}`.execute(tx);
  await sql`delete from scenarios.comment where author = ${who}`.execute(tx);
  await sql`delete from scenarios.coworker where who = ${who}`.execute(tx);
  return (await sql`delete from scenarios.scenario where owner = ${who} returning id`.execute(tx)).rows.length;
}
