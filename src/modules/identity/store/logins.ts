import { sql } from 'kysely';
import type { TrustLevel } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** What a sign-in with e-mail and password is checked against. */
export interface PasswordLogin {
  readonly accountId: string;
  readonly passwordHash: string;
  readonly changedAt: Temporal.Instant;
}

export async function findPasswordLogin(db: Sql, email: string): Promise<PasswordLogin | undefined> {
  const found = await sql<PasswordLogin>`select account_id as "accountId", password_hash as "passwordHash", changed_at as "changedAt"
    from identity.password_login where email = ${email}`.execute(db);
  return found.rows[0];
}

export async function findPasswordLoginOf(db: Sql, accountId: string): Promise<(PasswordLogin & { email: string }) | undefined> {
  const found = await sql<PasswordLogin & { email: string }>`select account_id as "accountId", password_hash as "passwordHash", email, changed_at as "changedAt"
    from identity.password_login where account_id = ${accountId}`.execute(db);
  return found.rows[0];
}

export async function insertPasswordLogin(tx: Tx, accountId: string, email: string, hash: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into identity.password_login (account_id, email, password_hash, changed_at)
    values (${accountId}, ${email}, ${hash}, ${now})`.execute(tx);
}

/** As `insertPasswordLogin`. @returns `false` when another account signs in with this e-mail */
export async function addPasswordLogin(tx: Tx, accountId: string, email: string, hash: string, now: Temporal.Instant): Promise<boolean> {
  const done = await sql`insert into identity.password_login (account_id, email, password_hash, changed_at)
    values (${accountId}, ${email}, ${hash}, ${now}) on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function updatePassword(tx: Tx, accountId: string, hash: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.password_login set password_hash = ${hash}, changed_at = ${now} where account_id = ${accountId}`.execute(tx);
}

/** The same password under today's parameters: nothing has changed for its owner. */
export async function rehashPassword(tx: Tx, accountId: string, before: string, after: string): Promise<void> {
  await sql`update identity.password_login set password_hash = ${after} where account_id = ${accountId} and password_hash = ${before}`.execute(tx);
}

/** The account an Online-Ausweis belongs to, and since when. */
export async function findEidLink(db: Sql, issuer: string, subject: string): Promise<{ accountId: string; linkedAt: Temporal.Instant } | undefined> {
  const found = await sql<{ accountId: string; linkedAt: Temporal.Instant }>`select account_id as "accountId", linked_at as "linkedAt" from identity.eid_link
    where issuer = ${issuer} and subject = ${subject}`.execute(db);
  return found.rows[0];
}

/** Whether the account already has an Online-Ausweis of this provider. */
export async function hasEidLink(db: Sql, accountId: string, issuer: string): Promise<boolean> {
  const found = await sql`select 1 from identity.eid_link where account_id = ${accountId} and issuer = ${issuer}`.execute(db);
  return found.rows.length > 0;
}

/** @returns `false` when somebody linked this card, or this account, at the same moment */
export async function insertEidLink(
  tx: Tx,
  link: { issuer: string; subject: string; accountId: string; trust: TrustLevel },
  now: Temporal.Instant,
): Promise<boolean> {
  const done = await sql`insert into identity.eid_link (issuer, subject, account_id, trust, linked_at, used_at)
    values (${link.issuer}, ${link.subject}, ${link.accountId}, ${link.trust}, ${now}, ${now}) on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Keeps when the card was last used, and the best level it was seen at. */
export async function touchEidLink(tx: Tx, issuer: string, subject: string, trust: TrustLevel, now: Temporal.Instant): Promise<void> {
  await sql`update identity.eid_link set used_at = ${now}, trust = case when ${trust}::text = 'hoch' then 'hoch' else trust end
    where issuer = ${issuer} and subject = ${subject}`.execute(tx);
}

/** Removes every way to sign in to the account. */
export async function deleteLogins(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from identity.password_login where account_id = ${accountId}`.execute(tx);
  await sql`delete from identity.eid_link where account_id = ${accountId}`.execute(tx);
  await sql`delete from identity.passkey where account_id = ${accountId}`.execute(tx);
  await sql`delete from identity.passkey_challenge where account_id = ${accountId}`.execute(tx);
  await sql`delete from identity.mail_link where account_id = ${accountId}`.execute(tx);
  await sql`delete from identity.recovery_code where account_id = ${accountId}`.execute(tx);
  await sql`delete from identity.recovery where account_id = ${accountId}`.execute(tx);
  await sql`delete from identity.known_device where account_id = ${accountId}`.execute(tx);
}
