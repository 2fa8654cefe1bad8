import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';
import type { Expiry } from '../domain/reminders.ts';

/** Keeps that a reminder was given. @returns `false` when it was given before */
export async function noteReminder(
  tx: Tx,
  { accountId, key, day }: Pick<Expiry, 'accountId' | 'key' | 'day'>,
  days: number,
  now: Temporal.Instant,
): Promise<boolean> {
  const done = await sql`insert into notification.reminder (account_id, key, ends_on, days_before, given_at)
    values (${accountId}, ${key}, ${day}::date, ${days}, ${now}) on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Forgets reminders of what ended before the day. @returns how many */
export async function forgetReminders(tx: Tx, before: Temporal.PlainDate): Promise<number> {
  return Number((await sql`delete from notification.reminder where ends_on < ${before}::date`.execute(tx)).numAffectedRows ?? 0);
}
