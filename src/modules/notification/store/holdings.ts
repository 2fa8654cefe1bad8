import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

const TABLES = ['preference', 'push_subscription', 'phone', 'phone_code', 'code_request', 'delivery', 'reminder'] as const;

/** What each table holds of the account, without keys and codes. */
const SHOWN: Readonly<Record<(typeof TABLES)[number], string>> = {
  preference: 'mail, push, sms, reminders, quiet_from as "quietFrom", quiet_until as "quietUntil", changed_at as "changedAt"',
  push_subscription: 'endpoint, device_kind as "deviceKind", created_at as "createdAt", used_at as "usedAt"',
  phone: 'number, confirmed_at as "confirmedAt"',
  phone_code: 'number, tries, expires_at as "expiresAt"',
  code_request: 'asked_at as "askedAt"',
  delivery: 'kind, channel, state, created_at as "createdAt", ended_at as "endedAt"',
  reminder: 'key, ends_on as "endsOn", days_before as "daysBefore", given_at as "givenAt"',
};

export type NotificationHoldings = Readonly<Record<(typeof TABLES)[number], readonly object[]>>;

export async function readHoldings(db: Sql, accountId: string): Promise<NotificationHoldings> {
  const held: Partial<Record<(typeof TABLES)[number], readonly object[]>> = {};
  for (const table of TABLES)
    held[table] = (
      await sql<object>`select ${sql.raw(SHOWN[table])} from ${sql.table(`notification.${table}`)} where account_id = ${accountId}`.execute(db)
    ).rows;
  return held as NotificationHoldings;
}

/** Forgets everything about an account. What stays of a code is that some number was asked for one, for two days. */
export async function deleteHoldings(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from notification.demo_sms where reference in (select id::text from notification.delivery where account_id = ${accountId})`.execute(tx);
  await sql`update notification.code_request set account_id = null where account_id = ${accountId}`.execute(tx);
  for (const table of TABLES) await sql`delete from ${sql.table(`notification.${table}`)} where account_id = ${accountId}`.execute(tx);
}
