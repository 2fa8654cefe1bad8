import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** A passkey with what is needed to check its signatures. */
export interface Passkey {
  readonly id: string;
  readonly accountId: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly label: string;
  readonly createdAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
}

const PASSKEY = sql`select id, account_id as "accountId", credential_id as "credentialId", public_key as "publicKey", counter,
  transports, label, created_at as "createdAt", used_at as "usedAt" from identity.passkey`;

export async function listPasskeys(db: Sql, accountId: string): Promise<Passkey[]> {
  const rows = await sql<Passkey>`${PASSKEY} where account_id = ${accountId} order by created_at`.execute(db);
  return rows.rows;
}

export async function findPasskey(db: Sql, credentialId: string): Promise<Passkey | undefined> {
  const found = await sql<Passkey>`${PASSKEY} where credential_id = ${credentialId}`.execute(db);
  return found.rows[0];
}

/** @returns `false` when this credential is known already */
export async function insertPasskey(tx: Tx, passkey: Omit<Passkey, 'usedAt'>): Promise<boolean> {
  const done = await sql`insert into identity.passkey (id, account_id, credential_id, public_key, counter, transports, label, created_at)
    values (${passkey.id}, ${passkey.accountId}, ${passkey.credentialId}, ${passkey.publicKey}, ${passkey.counter},
      ${[...passkey.transports]}, ${passkey.label}, ${passkey.createdAt}) on conflict (credential_id) do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Keeps the authenticator's counter; refused when another sign-in was faster with a higher one. */
export async function usePasskey(tx: Tx, credentialId: string, counter: number, now: Temporal.Instant): Promise<boolean> {
  const done = await sql`update identity.passkey set counter = ${counter}, used_at = ${now}
    where credential_id = ${credentialId} and (counter < ${counter} or (counter = 0 and ${counter}::bigint = 0))`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Since when the passkey of this account is there. */
export async function passkeySince(db: Sql, accountId: string, id: string): Promise<Temporal.Instant | undefined> {
  const found = await sql<{ since: Temporal.Instant }>`select created_at as since from identity.passkey
    where id = ${id} and account_id = ${accountId}`.execute(db);
  return found.rows[0]?.since;
}

/** @returns whether it was this account's */
export async function deletePasskey(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const done = await sql`delete from identity.passkey where id = ${id} and account_id = ${accountId}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

type Purpose = 'registration' | 'assertion';

export async function putChallenge(
  tx: Tx,
  given: { holder: string; purpose: Purpose; challenge: string; accountId?: string; expiresAt: Temporal.Instant },
): Promise<void> {
  await sql`insert into identity.passkey_challenge (holder, purpose, challenge, account_id, expires_at)
    values (${given.holder}, ${given.purpose}, ${given.challenge}, ${given.accountId ?? null}, ${given.expiresAt})
    on conflict (holder, purpose) do update set challenge = excluded.challenge, account_id = excluded.account_id,
      expires_at = excluded.expires_at`.execute(tx);
}

/** Uses the challenge up, whether the answer to it is right or wrong. */
export async function takeChallenge(tx: Tx, holder: string, purpose: Purpose, now: Temporal.Instant): Promise<string | undefined> {
  const taken = await sql<{ challenge: string; expires_at: Temporal.Instant }>`delete from identity.passkey_challenge
    where holder = ${holder} and purpose = ${purpose} returning challenge, expires_at`.execute(tx);
  const row = taken.rows[0];
  return row !== undefined && Temporal.Instant.compare(now, row.expires_at) < 0 ? row.challenge : undefined;
}
