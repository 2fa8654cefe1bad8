import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

export type ProviderName = 'eid' | 'staff';

/** A sign-in under way at an OpenID provider. */
export interface OidcLogin {
  readonly provider: ProviderName;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly nextPath: string;
  /** Set: this account's trust is to be raised. */
  readonly accountId: string | null;
  readonly expiresAt: Temporal.Instant;
}

export async function putOidcLogin(tx: Tx, holder: string, login: OidcLogin): Promise<void> {
  await sql`insert into identity.oidc_login (holder, provider, state, nonce, code_verifier, next_path, account_id, expires_at)
    values (${holder}, ${login.provider}, ${login.state}, ${login.nonce}, ${login.codeVerifier}, ${login.nextPath}, ${login.accountId},
      ${login.expiresAt})`.execute(tx);
}

/** Uses the sign-in up: an answer of the provider counts once. */
export async function takeOidcLogin(tx: Tx, holder: string, provider: ProviderName): Promise<OidcLogin | undefined> {
  const taken = await sql<OidcLogin>`delete from identity.oidc_login where holder = ${holder} and provider = ${provider}
    returning provider, state, nonce, code_verifier as "codeVerifier", next_path as "nextPath", account_id as "accountId",
      expires_at as "expiresAt"`.execute(tx);
  return taken.rows[0];
}
