import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Marginal, MonthCount } from '../domain/consultation.ts';

/** Adds to what waits for its ten, and holds the row. @returns what waits now */
export async function addWaiting(tx: Tx, { thing, key }: Marginal, more: number): Promise<number> {
  // the first of all must hold its row, too: else two at once would know nothing of each other
  await sql`insert into guides.consultation_waiting (thing, key, waiting) values (${thing}, ${key}, 0) on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ waiting: number }>`select waiting from guides.consultation_waiting where thing = ${thing} and key = ${key} for update`.execute(
    tx,
  );
  return (rows[0]?.waiting ?? 0) + more;
}

export async function keepWaiting(tx: Tx, { thing, key }: Marginal, waiting: number): Promise<void> {
  await sql`update guides.consultation_waiting set waiting = ${waiting} where thing = ${thing} and key = ${key}`.execute(tx);
}

/** Whole tens of a month; below none where a count is taken back. */
export async function addTens(tx: Tx, month: Temporal.PlainDate, { thing, key }: Marginal, tens: number): Promise<void> {
  await sql`insert into guides.consultation_month as c (month, thing, key, count) values (${month}, ${thing}, ${key}, greatest(0, ${tens}::int))
    on conflict (month, thing, key) do update set count = greatest(0, c.count + ${tens}::int)`.execute(tx);
}

/** What is kept since a month, the latest first. */
export async function countsSince(db: Sql, month: Temporal.PlainDate): Promise<readonly MonthCount[]> {
  const { rows } = await sql<MonthCount>`select month, thing, key, count from guides.consultation_month
    where month >= ${month}::date and count > 0 order by month desc, thing, count desc, key`.execute(db);
  return rows;
}
