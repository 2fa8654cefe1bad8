import { sql } from 'kysely';
import type { StaffRole, TrustLevel } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { OwnSession, SessionHolder } from '../domain/session.ts';
import type { Begun } from '../domain/ways-in.ts';
import { accountName, inForce } from './mandates.ts';

/** A session with what every request needs to know of its holder. */
export interface SessionRow {
  readonly id: string;
  readonly accountId: string | null;
  readonly trust: TrustLevel | null;
  readonly staffId: string | null;
  readonly roles: readonly StaffRole[] | null;
  readonly authorities: readonly string[] | null;
  readonly userName: string;
  readonly unread: number;
  /** The mandate chosen for this session; `holderId` is null when it is not in force any more. */
  readonly mandateId: string | null;
  readonly holderId: string | null;
  readonly holderName: string | null;
  readonly services: readonly string[] | null;
  readonly receives: boolean | null;
  readonly writes: boolean | null;
  readonly mandateTrust: TrustLevel | null;
  readonly lastSeenAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly sharedVisit: string | null;
}

/** Everything about a session in one query: it runs on every request. A mandate counts only while it is in force on `day`. */
export async function findSession(db: Sql, tokenSha256: string, day: Temporal.PlainDate): Promise<SessionRow | undefined> {
  const found = await sql<SessionRow>`
    select s.id, s.account_id as "accountId", s.trust, s.staff_id as "staffId", t.roles, t.authorities,
      coalesce(t.name, a.given_name || ' ' || a.family_name) as "userName",
      case when s.account_id is null or m.receives = false then 0 else
        (select count(*) from identity.mailbox_message b where b.account_id = coalesce(m.holder_id, s.account_id) and b.opened_at is null
          and (m.services is null or b.service = any(m.services))) end as unread,
      s.mandate_id as "mandateId", m.holder_id as "holderId",
      (select coalesce(${accountName('n')}, '–') from identity.mandate c join identity.account n on n.id = c.holder_id where c.id = s.mandate_id) as "holderName",
      m.services, m.receives, m.writes, m.trust as "mandateTrust",
      s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt", s.shared_visit as "sharedVisit"
    from identity.session s
      left join identity.account a on a.id = s.account_id
      left join identity.staff t on t.id = s.staff_id
      left join identity.mandate m on m.id = s.mandate_id and m.agent_id = s.account_id and ${inForce(day)}
        and exists (select 1 from identity.account h where h.id = m.holder_id and h.deleted_at is null)
    where s.token_sha256 = ${tokenSha256} and a.deleted_at is null`.execute(db);
  return found.rows[0];
}

/** Keeps whom the session acts for; null: nobody else. @returns the mandate it had before, if any */
export async function setSessionMandate(tx: Tx, tokenSha256: string, mandateId: string | null): Promise<string | null> {
  const found = await sql<{
    mandateId: string | null;
  }>`select mandate_id as "mandateId" from identity.session where token_sha256 = ${tokenSha256} for update`.execute(tx);
  await sql`update identity.session set mandate_id = ${mandateId} where token_sha256 = ${tokenSha256}`.execute(tx);
  return found.rows[0]?.mandateId ?? null;
}

export async function touchSession(db: Sql, tokenSha256: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.session set last_seen_at = ${now} where token_sha256 = ${tokenSha256} and last_seen_at < ${now}`.execute(db);
}

export async function insertSession(
  tx: Tx,
  session: {
    tokenSha256: string;
    id: string;
    holder: SessionHolder;
    mandateId: string | null;
    deviceKind: string | null;
    sharedVisit: string | null;
    now: Temporal.Instant;
    expiresAt: Temporal.Instant;
  },
): Promise<void> {
  const { holder } = session;
  const [account, trust, staff] = holder.kind === 'citizen' ? [holder.accountId, holder.trust, null] : [null, null, holder.staffId];
  const since = holder.kind === 'citizen' ? (holder.since ?? session.now) : null;
  await sql`insert into identity.session (token_sha256, id, account_id, staff_id, method, trust, way_since, mandate_id, device_kind,
      shared_visit, created_at, last_seen_at, expires_at)
    values (${session.tokenSha256}, ${session.id}, ${account}, ${staff}, ${holder.method}, ${trust}, ${since}, ${session.mandateId}, ${session.deviceKind},
      ${session.sharedVisit}, ${session.now}, ${session.now}, ${session.expiresAt})`.execute(tx);
}

/** Whom the account's session acts for; null: nobody else, or another's session. */
export async function mandateOfSession(tx: Tx, tokenSha256: string, accountId: string): Promise<string | null> {
  const found = await sql<{ mandateId: string | null }>`select mandate_id as "mandateId" from identity.session
    where token_sha256 = ${tokenSha256} and account_id = ${accountId}`.execute(tx);
  return found.rows[0]?.mandateId ?? null;
}

/** @returns whether there was one */
export async function deleteSession(tx: Tx, tokenSha256: string): Promise<boolean> {
  const done = await sql`delete from identity.session where token_sha256 = ${tokenSha256}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Ends one of the holder's own sessions. @returns whether it was theirs */
export async function deleteOwnSession(tx: Tx, holderId: string, sessionId: string): Promise<boolean> {
  const done = await sql`delete from identity.session
    where id = ${sessionId} and (account_id = ${holderId} or staff_id = ${holderId})`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Ends all sessions of a citizen or an employee but this one. @returns how many */
export async function deleteOtherSessions(tx: Tx, holderId: string, keptSha256: string): Promise<number> {
  const done = await sql`delete from identity.session
    where (account_id = ${holderId} or staff_id = ${holderId}) and token_sha256 <> ${keptSha256}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

/** Ends all sessions of an account but the one kept. @returns how many */
export async function deleteSessionsOf(tx: Tx, accountId: string, keepTokenSha256?: string): Promise<number> {
  const done = await sql`delete from identity.session where account_id = ${accountId} and token_sha256 <> ${keepTokenSha256 ?? ''}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

/** How and when the account's session was begun. */
export async function sessionBegin(db: Sql, tokenSha256: string, accountId: string): Promise<Begun | undefined> {
  const found = await sql<Begun>`select s.method, s.created_at as "createdAt", s.confirmed_at as "confirmedAt",
      coalesce(s.way_since, s.created_at) as since, a.created_at as "accountSince"
    from identity.session s join identity.account a on a.id = s.account_id
    where s.token_sha256 = ${tokenSha256} and s.account_id = ${accountId}`.execute(db);
  return found.rows[0];
}

/** Keeps that the password was asked for again. @returns whether the session is still there */
export async function confirmSessionRow(tx: Tx, tokenSha256: string, accountId: string, now: Temporal.Instant): Promise<boolean> {
  const done = await sql`update identity.session set confirmed_at = ${now}
    where token_sha256 = ${tokenSha256} and account_id = ${accountId}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Keeps that this kind of device signed in. @returns whether it is new beside others that were known before */
export async function noteDeviceKind(tx: Tx, accountId: string, kind: string, now: Temporal.Instant): Promise<boolean> {
  const known = await sql<{ kind: string }>`select kind from identity.known_device where account_id = ${accountId}`.execute(tx);
  await sql`insert into identity.known_device (account_id, kind, first_seen_at, last_seen_at) values (${accountId}, ${kind}, ${now}, ${now})
    on conflict (account_id, kind) do update set last_seen_at = excluded.last_seen_at`.execute(tx);
  return known.rows.length > 0 && !known.rows.some((one) => one.kind === kind);
}

/** Forgets kinds of devices that have not signed in since. @returns how many */
export async function forgetDeviceKinds(tx: Tx, before: Temporal.Instant): Promise<number> {
  const done = await sql`delete from identity.known_device where last_seen_at < ${before}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

/** The holder's sessions that are not over, last used first. */
export async function listSessions(
  db: Sql,
  holderId: string,
  now: Temporal.Instant,
  idleSince: Temporal.Instant,
  currentSha256: string,
): Promise<OwnSession[]> {
  const rows = await sql<OwnSession>`
    select id, method, device_kind as "deviceKind", created_at as "createdAt", last_seen_at as "lastSeenAt", token_sha256 = ${currentSha256} as current
    from identity.session where (account_id = ${holderId} or staff_id = ${holderId}) and expires_at > ${now} and last_seen_at > ${idleSince}
    order by last_seen_at desc, id`.execute(db);
  return rows.rows;
}

/** Removes sessions that are over. @returns how many */
export async function deleteOverSessions(tx: Tx, now: Temporal.Instant, idleSince: Temporal.Instant): Promise<number> {
  const done = await sql`delete from identity.session where expires_at <= ${now} or last_seen_at <= ${idleSince}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}
