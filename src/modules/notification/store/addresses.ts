import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { PushAddress } from '../domain/push-endpoint.ts';

/** A browser that takes notices. */
export interface PushDevice extends PushAddress {
  readonly id: string;
  readonly deviceKind: string | null;
  readonly createdAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
}

const DEVICE = sql`select id, endpoint, p256dh, auth, device_kind as "deviceKind", created_at as "createdAt", used_at as "usedAt" from notification.push_subscription`;

export async function listDevices(db: Sql, accountId: string): Promise<PushDevice[]> {
  return (await sql<PushDevice>`${DEVICE} where account_id = ${accountId} order by created_at, id`.execute(db)).rows;
}

export async function findDevice(db: Sql, id: string): Promise<PushDevice | undefined> {
  return (await sql<PushDevice>`${DEVICE} where id = ${id}`.execute(db)).rows[0];
}

/** Keeps a browser's address; one that is known already changes its owner. @returns its id */
export async function keepDevice(
  tx: Tx,
  device: PushAddress & { readonly id: string; readonly accountId: string; readonly deviceKind: string | null },
  now: Temporal.Instant,
): Promise<string> {
  const kept = await sql<{ id: string }>`insert into notification.push_subscription (id, account_id, endpoint, p256dh, auth, device_kind, created_at)
    values (${device.id}, ${device.accountId}, ${device.endpoint}, ${device.p256dh}, ${device.auth}, ${device.deviceKind}, ${now})
    on conflict (endpoint) do update set account_id = excluded.account_id, p256dh = excluded.p256dh, auth = excluded.auth,
      device_kind = excluded.device_kind returning id`.execute(tx);
  return kept.rows[0]!.id;
}

/** @returns whether it was this account's */
export async function deleteDevice(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const done = await sql`delete from notification.push_subscription where id = ${id} and account_id = ${accountId}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** The push service knows it no more. */
export async function dropDevice(tx: Tx, id: string): Promise<void> {
  await sql`delete from notification.push_subscription where id = ${id}`.execute(tx);
}

export async function touchDevice(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`update notification.push_subscription set used_at = ${now} where id = ${id}`.execute(tx);
}

export async function findPhone(db: Sql, accountId: string): Promise<string | undefined> {
  return (await sql<{ number: string }>`select number from notification.phone where account_id = ${accountId}`.execute(db)).rows[0]?.number;
}

export async function keepPhone(tx: Tx, accountId: string, number: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into notification.phone (account_id, number, confirmed_at) values (${accountId}, ${number}, ${now})
    on conflict (account_id) do update set number = excluded.number, confirmed_at = excluded.confirmed_at`.execute(tx);
}

/** @returns whether there was one */
export async function deletePhone(tx: Tx, accountId: string): Promise<boolean> {
  await sql`delete from notification.phone_code where account_id = ${accountId}`.execute(tx);
  const done = await sql`delete from notification.phone where account_id = ${accountId}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** A number that waits for its code. */
export interface PhoneCode {
  readonly number: string;
  readonly codeHmac: string;
  readonly tries: number;
  readonly expiresAt: Temporal.Instant;
}

export async function keepCode(tx: Tx, accountId: string, code: Omit<PhoneCode, 'tries'>): Promise<void> {
  await sql`insert into notification.phone_code (account_id, number, code_hmac, tries, expires_at)
    values (${accountId}, ${code.number}, ${code.codeHmac}, 0, ${code.expiresAt})
    on conflict (account_id) do update set number = excluded.number, code_hmac = excluded.code_hmac, tries = 0, expires_at = excluded.expires_at`.execute(tx);
}

/** Counts a try before it is looked at. @returns the code with this try counted */
export async function tryCode(tx: Tx, accountId: string): Promise<PhoneCode | undefined> {
  const found = await sql<PhoneCode>`update notification.phone_code set tries = tries + 1 where account_id = ${accountId}
    returning number, code_hmac as "codeHmac", tries, expires_at as "expiresAt"`.execute(tx);
  return found.rows[0];
}

export async function waitingCode(db: Sql, accountId: string): Promise<PhoneCode | undefined> {
  const found = await sql<PhoneCode>`select number, code_hmac as "codeHmac", tries, expires_at as "expiresAt"
    from notification.phone_code where account_id = ${accountId}`.execute(db);
  return found.rows[0];
}

export async function dropCode(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from notification.phone_code where account_id = ${accountId}`.execute(tx);
}

/** Until the transaction ends, nothing else is counted for this account. */
export async function holdAccount(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 7120414))`.execute(tx);
}

/** Codes asked for since then: by this account, and for this number. Parallel requests are all counted. */
export async function countCodeRequests(tx: Tx, accountId: string, numberHmac: string, since: Temporal.Instant): Promise<number> {
  // the account before the number, always: who holds one waits for nobody who wants it
  await holdAccount(tx, accountId);
  await sql`select pg_advisory_xact_lock(hashtextextended(${numberHmac}, 7120415))`.execute(tx);
  const found = await sql<{ most: number }>`select greatest(
    (select count(*) from notification.code_request where account_id = ${accountId} and asked_at > ${since}),
    (select count(*) from notification.code_request where number_hmac = ${numberHmac} and asked_at > ${since}))::int as most`.execute(tx);
  return found.rows[0]!.most;
}

/** Counts a code of the whole city. @returns `false` when the day has had as many as it may */
export async function countCodeOfDay(tx: Tx, day: Temporal.PlainDate, most: number): Promise<boolean> {
  const { rows } = await sql`insert into notification.code_day as d (day, sent) values (${day}, 1)
    on conflict (day) do update set sent = d.sent + 1 where d.sent < ${most} returning 1`.execute(tx);
  return rows.length === 1;
}

export async function noteCodeRequest(tx: Tx, id: string, accountId: string, numberHmac: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into notification.code_request (id, account_id, number_hmac, asked_at) values (${id}, ${accountId}, ${numberHmac}, ${now})`.execute(tx);
}
