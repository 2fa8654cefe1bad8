import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Preferences } from '../domain/channels.ts';

interface Row {
  mail: boolean;
  push: boolean;
  sms: boolean;
  reminders: boolean;
  from: number | null;
  until: number | null;
}

/** What the account chose, if it chose anything. */
export async function findPreferences(db: Sql, accountId: string): Promise<Preferences | undefined> {
  const found = await sql<Row>`select mail, push, sms, reminders, quiet_from as "from", quiet_until as "until"
    from notification.preference where account_id = ${accountId}`.execute(db);
  const row = found.rows[0];
  if (row === undefined) return undefined;
  const { from, until, ...rest } = row;
  return { ...rest, ...(from === null || until === null ? {} : { quiet: { from, until } }) };
}

/** @param token for a first row; one that is there is kept */
export async function keepPreferences(tx: Tx, accountId: string, chosen: Preferences, token: string, now: Temporal.Instant): Promise<void> {
  const { mail, push, sms, reminders, quiet } = chosen;
  await sql`insert into notification.preference (account_id, mail, push, sms, reminders, quiet_from, quiet_until, reminders_token, changed_at)
    values (${accountId}, ${mail}, ${push}, ${sms}, ${reminders}, ${quiet?.from ?? null}, ${quiet?.until ?? null}, ${token}, ${now})
    on conflict (account_id) do update set mail = excluded.mail, push = excluded.push, sms = excluded.sms, reminders = excluded.reminders,
      quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, changed_at = excluded.changed_at`.execute(tx);
}

/** The token that turns reminders off; made with the defaults where there is no row. */
export async function remindersToken(tx: Tx, accountId: string, fresh: string, now: Temporal.Instant): Promise<string> {
  await sql`insert into notification.preference (account_id, mail, push, sms, reminders, reminders_token, changed_at)
    values (${accountId}, true, true, true, true, ${fresh}, ${now}) on conflict do nothing`.execute(tx);
  const found = await sql<{ token: string }>`select reminders_token as token from notification.preference where account_id = ${accountId}`.execute(tx);
  return found.rows[0]!.token;
}

export async function knowsToken(db: Sql, token: string): Promise<boolean> {
  return (await sql`select 1 from notification.preference where reminders_token = ${token}`.execute(db)).rows.length > 0;
}

/** @returns the account whose reminders are off now */
export async function turnRemindersOff(tx: Tx, token: string, now: Temporal.Instant): Promise<string | undefined> {
  const done = await sql<{ id: string }>`update notification.preference set reminders = false, changed_at = ${now}
    where reminders_token = ${token} returning account_id as id`.execute(tx);
  return done.rows[0]?.id;
}
