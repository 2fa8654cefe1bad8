import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export type LinkPurpose = 'confirm-email' | 'reset-password' | 'notice-email';

/** A link sent by mail. */
export interface MailLink {
  readonly accountId: string;
  readonly email: string;
  readonly expiresAt: Temporal.Instant;
}

/** Keeps a new link; older ones of the same purpose stop working. */
export async function replaceLink(tx: Tx, link: { tokenSha256: string; purpose: LinkPurpose; createdAt: Temporal.Instant } & MailLink): Promise<void> {
  await sql`delete from identity.mail_link where account_id = ${link.accountId} and purpose = ${link.purpose}`.execute(tx);
  await sql`insert into identity.mail_link (token_sha256, account_id, purpose, email, created_at, expires_at)
    values (${link.tokenSha256}, ${link.accountId}, ${link.purpose}, ${link.email}, ${link.createdAt}, ${link.expiresAt})`.execute(tx);
}

/** Whether the link would still work; using it up is `takeLink`. */
export async function peekLink(db: Sql, tokenSha256: string, purpose: LinkPurpose): Promise<MailLink | undefined> {
  const found = await sql<MailLink>`select account_id as "accountId", email, expires_at as "expiresAt" from identity.mail_link
    where token_sha256 = ${tokenSha256} and purpose = ${purpose}`.execute(db);
  return found.rows[0];
}

/** Uses the link up: of several askers exactly one gets it. */
export async function takeLink(tx: Tx, tokenSha256: string, purpose: LinkPurpose): Promise<MailLink | undefined> {
  const taken = await sql<MailLink>`delete from identity.mail_link where token_sha256 = ${tokenSha256} and purpose = ${purpose}
    returning account_id as "accountId", email, expires_at as "expiresAt"`.execute(tx);
  return taken.rows[0];
}

export async function deleteLinksOf(tx: Tx, accountId: string, purpose: LinkPurpose): Promise<void> {
  await sql`delete from identity.mail_link where account_id = ${accountId} and purpose = ${purpose}`.execute(tx);
}

/** Removes what has expired: links, challenges, sign-ins under way, counts. @returns how many rows */
export async function deleteExpired(tx: Tx, now: Temporal.Instant): Promise<number> {
  const done = [
    await sql`delete from identity.mail_link where expires_at <= ${now}`.execute(tx),
    await sql`delete from identity.signup where expires_at <= ${now}`.execute(tx),
    await sql`delete from identity.mandate_offer where expires_at <= ${now}`.execute(tx),
    await sql`delete from identity.passkey_challenge where expires_at <= ${now}`.execute(tx),
    await sql`delete from identity.oidc_login where expires_at <= ${now}`.execute(tx),
    await sql`delete from identity.throttle where window_ends_at <= ${now}`.execute(tx),
  ];
  return done.reduce((sum, one) => sum + Number(one.numAffectedRows ?? 0), 0);
}
