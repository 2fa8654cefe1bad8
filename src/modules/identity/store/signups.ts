import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** An account that waits for its owner to open the mail. */
export interface Signup {
  readonly accountId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly nextPath: string;
  readonly expiresAt: Temporal.Instant;
}

/** Keeps a new one; older ones for the same address stop working. */
export async function replaceSignup(tx: Tx, tokenSha256: string, signup: Signup, now: Temporal.Instant): Promise<void> {
  await sql`delete from identity.signup where email = ${signup.email}`.execute(tx);
  await sql`insert into identity.signup (token_sha256, account_id, given_name, family_name, email, next_path, created_at, expires_at)
    values (${tokenSha256}, ${signup.accountId}, ${signup.givenName}, ${signup.familyName}, ${signup.email}, ${signup.nextPath}, ${now}, ${signup.expiresAt})`.execute(
    tx,
  );
}

const COLUMNS = sql`account_id as "accountId", given_name as "givenName", family_name as "familyName", email, next_path as "nextPath", expires_at as "expiresAt"`;

export async function peekSignup(db: Sql, tokenSha256: string): Promise<Signup | undefined> {
  return (await sql<Signup>`select ${COLUMNS} from identity.signup where token_sha256 = ${tokenSha256}`.execute(db)).rows[0];
}

/** Uses the link up: of several askers exactly one gets it. */
export async function takeSignup(tx: Tx, tokenSha256: string): Promise<Signup | undefined> {
  return (await sql<Signup>`delete from identity.signup where token_sha256 = ${tokenSha256} returning ${COLUMNS}`.execute(tx)).rows[0];
}
