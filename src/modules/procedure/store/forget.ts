import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

/** Ids of the drafts in an account's own name. */
export async function draftsOf(tx: Tx, accountId: string): Promise<readonly string[]> {
  return (await sql<{ id: string }>`select id from procedure.draft where account_id = ${accountId} order by id`.execute(tx)).rows.map(({ id }) => id);
}

/** Unties an account from drafts of others that it was asked to sign: what it signed is signed no more. */
export async function leaveCosignings(tx: Tx, accountId: string, reason: string, at: Temporal.Instant): Promise<void> {
  await sql`update procedure.cosigner set account_id = null, signed_sha256 = null, signed_at = null, voided_at = null,
      declined_at = ${at}, decline_reason = ${reason} where account_id = ${accountId}`.execute(tx);
}
