import { sql } from 'kysely';
import type { StaffRole, TrustLevel } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { OwnSession, SessionHolder, SignInMethod } from '../domain/session.ts';

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
  readonly lastSeenAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

/** Everything about a session in one query: it runs on every request. */
export async function findSession(db: Sql, tokenSha256: string): Promise<SessionRow | undefined> {
  const found = await sql<SessionRow>`
    select s.id, s.account_id as "accountId", s.trust, s.staff_id as "staffId", t.roles, t.authorities,
      coalesce(t.name, a.given_name || ' ' || a.family_name) as "userName",
      case when s.account_id is null then 0 else
        (select count(*) from identity.mailbox_message m where m.account_id = s.account_id and m.opened_at is null) end as unread,
      s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt"
    from identity.session s
      left join identity.account a on a.id = s.account_id
      left join identity.staff t on t.id = s.staff_id
    where s.token_sha256 = ${tokenSha256} and a.deleted_at is null`.execute(db);
  return found.rows[0];
}

export async function touchSession(db: Sql, tokenSha256: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.session set last_seen_at = ${now} where token_sha256 = ${tokenSha256} and last_seen_at < ${now}`.execute(db);
}

export async function insertSession(
  tx: Tx,
  session: { tokenSha256: string; id: string; holder: SessionHolder; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<void> {
  const { holder } = session;
  const [account, trust, staff] = holder.kind === 'citizen' ? [holder.accountId, holder.trust, null] : [null, null, holder.staffId];
  await sql`insert into identity.session (token_sha256, id, account_id, staff_id, method, trust, created_at, last_seen_at, expires_at)
    values (${session.tokenSha256}, ${session.id}, ${account}, ${staff}, ${holder.method}, ${trust}, ${session.now}, ${session.now}, ${session.expiresAt})`.execute(
    tx,
  );
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

/** Ends all sessions of an account but the one kept. */
export async function deleteSessionsOf(tx: Tx, accountId: string, keepTokenSha256?: string): Promise<void> {
  await sql`delete from identity.session where account_id = ${accountId} and token_sha256 <> ${keepTokenSha256 ?? ''}`.execute(tx);
}

/** The holder's sessions that are not over, last used first. */
export async function listSessions(
  db: Sql,
  holderId: string,
  now: Temporal.Instant,
  idleSince: Temporal.Instant,
  currentSha256: string,
): Promise<OwnSession[]> {
  const rows = await sql<{ id: string; method: SignInMethod; createdAt: Temporal.Instant; lastSeenAt: Temporal.Instant; current: boolean }>`
    select id, method, created_at as "createdAt", last_seen_at as "lastSeenAt", token_sha256 = ${currentSha256} as current
    from identity.session where (account_id = ${holderId} or staff_id = ${holderId}) and expires_at > ${now} and last_seen_at > ${idleSince}
    order by last_seen_at desc, id`.execute(db);
  return rows.rows;
}

/** Removes sessions that are over. @returns how many */
export async function deleteOverSessions(tx: Tx, now: Temporal.Instant, idleSince: Temporal.Instant): Promise<number> {
  const done = await sql`delete from identity.session where expires_at <= ${now} or last_seen_at <= ${idleSince}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}
