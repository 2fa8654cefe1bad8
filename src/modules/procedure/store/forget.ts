import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

/**
 * Removes the files of a draft, which nobody has received.
 * @returns hashes that no file and no letter points to any more: somebody may hand in what the city wrote
 */
export async function removeDraftUploads(tx: Tx, draftId: string): Promise<readonly string[]> {
  const gone = await sql<{ sha256: string }>`delete from procedure.upload where owner_id = ${draftId} and not submitted returning sha256`.execute(tx);
  const hashes = [...new Set(gone.rows.map(({ sha256 }) => sha256))];
  const kept = await sql<{ sha256: string }>`select sha256 from procedure.upload where sha256 = any(${hashes}::text[])
    union select sha256 from procedure.letter where sha256 = any(${hashes}::text[])`.execute(tx);
  return hashes.filter((hash) => !kept.rows.some(({ sha256 }) => sha256 === hash));
}

/** Ids of the drafts in an account's own name. */
export async function draftsOf(tx: Tx, accountId: string): Promise<readonly string[]> {
  return (await sql<{ id: string }>`select id from procedure.draft where account_id = ${accountId} order by id`.execute(tx)).rows.map(({ id }) => id);
}

/** Unties an account from drafts of others that it was asked to sign: what it signed is signed no more. */
export async function leaveCosignings(tx: Tx, accountId: string, reason: string, at: Temporal.Instant): Promise<void> {
  await sql`update procedure.cosigner set account_id = null, signed_sha256 = null, signed_at = null, voided_at = null,
      declined_at = ${at}, decline_reason = ${reason} where account_id = ${accountId}`.execute(tx);
}
