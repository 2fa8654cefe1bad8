import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Cosigner } from '../domain/cosigner.ts';

const columns = sql`id, draft_id as "draftId", given_name as "givenName", family_name as "familyName", email, invited_at as "invitedAt",
  expires_at as "expiresAt", account_id as "accountId", signed_sha256 as "signedSha256", signed_at as "signedAt", voided_at as "voidedAt",
  declined_at as "declinedAt", decline_reason as "declineReason"`;

/** Everybody who is asked to sign a draft, in the order they were asked. */
export async function listCosigners(db: Sql, draftId: string): Promise<Cosigner[]> {
  const rows = await sql<Cosigner>`select ${columns} from procedure.cosigner where draft_id = ${draftId} order by invited_at, id`.execute(db);
  return rows.rows;
}

/** What an account is asked to sign, newest first. */
export async function cosigningsOf(db: Sql, accountId: string): Promise<Cosigner[]> {
  const rows = await sql<Cosigner>`select ${columns} from procedure.cosigner where account_id = ${accountId} order by invited_at desc, id limit 100`.execute(
    db,
  );
  return rows.rows;
}

/** The request, if this account took it. */
export async function findCosigner(db: Sql, id: string, accountId: string): Promise<Cosigner | undefined> {
  const rows = await sql<Cosigner>`select ${columns} from procedure.cosigner where id = ${id} and account_id = ${accountId}`.execute(db);
  return rows.rows[0];
}

/** The request that a personal link leads to, while the link is good. */
export async function findByToken(db: Sql, tokenSha256: string, now: Temporal.Instant): Promise<Cosigner | undefined> {
  const rows = await sql<Cosigner>`select ${columns} from procedure.cosigner where token_sha256 = ${tokenSha256} and expires_at > ${now}`.execute(db);
  return rows.rows[0];
}

export async function insertCosigner(tx: Tx, one: Cosigner, tokenSha256: string): Promise<void> {
  await sql`insert into procedure.cosigner (id, draft_id, given_name, family_name, email, token_sha256, invited_at, expires_at)
    values (${one.id}, ${one.draftId}, ${one.givenName}, ${one.familyName}, ${one.email}, ${tokenSha256}, ${one.invitedAt}, ${one.expiresAt})`.execute(tx);
}

/** Gives the request a new link; the one before is good no more. */
export async function renewLink(tx: Tx, id: string, tokenSha256: string, expiresAt: Temporal.Instant): Promise<void> {
  await sql`update procedure.cosigner set token_sha256 = ${tokenSha256}, expires_at = ${expiresAt} where id = ${id}`.execute(tx);
}

export async function takeInvitation(tx: Tx, id: string, accountId: string): Promise<void> {
  await sql`update procedure.cosigner set account_id = ${accountId} where id = ${id} and account_id is null`.execute(tx);
}

export async function keepSignature(tx: Tx, id: string, sha256: string, at: Temporal.Instant): Promise<void> {
  await sql`update procedure.cosigner set signed_sha256 = ${sha256}, signed_at = ${at}, voided_at = null, declined_at = null, decline_reason = null
    where id = ${id}`.execute(tx);
}

export async function keepRefusal(tx: Tx, id: string, reason: string, at: Temporal.Instant): Promise<void> {
  await sql`update procedure.cosigner set signed_sha256 = null, signed_at = null, voided_at = null, declined_at = ${at}, decline_reason = ${reason}
    where id = ${id}`.execute(tx);
}

export async function voidSignature(tx: Tx, id: string, at: Temporal.Instant): Promise<void> {
  await sql`update procedure.cosigner set signed_sha256 = null, signed_at = null, voided_at = ${at} where id = ${id}`.execute(tx);
}

export async function deleteCosigner(tx: Tx, id: string): Promise<void> {
  await sql`delete from procedure.cosigner where id = ${id}`.execute(tx);
}

/** Counts a mail to an address of others. @returns false when the draft has sent as many as it may */
export async function countInvitationMail(tx: Tx, draftId: string, most: number): Promise<boolean> {
  const counted = await sql`update procedure.draft set invitation_mails = invitation_mails + 1
    where id = ${draftId} and invitation_mails < ${most}`.execute(tx);
  return Number(counted.numAffectedRows ?? 0) === 1;
}
