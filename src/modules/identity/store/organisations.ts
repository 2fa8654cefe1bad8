import { sql } from 'kysely';
import type { TrustLevel } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Organisation, PostalAddress } from '../domain/account.ts';

/** An account that belongs to an organisation. */
export interface OrganisationRow {
  readonly accountId: string;
  readonly organisation: Organisation;
  readonly address: PostalAddress | null;
  /** Trust of the sign-in with which it was founded. */
  readonly trust: TrustLevel;
}

export async function insertOrganisation(tx: Tx, { accountId, organisation, address, trust }: OrganisationRow, now: Temporal.Instant): Promise<void> {
  const sources = address === null ? {} : { address: 'konto' };
  await sql`insert into identity.account (id, organisation, organisation_trust, address, sources, created_at, changed_at)
    values (${accountId}, ${organisation}, ${trust}, ${address}, ${sources}, ${now}, ${now})`.execute(tx);
}

export async function updateOrganisation(tx: Tx, { accountId, organisation, address }: Omit<OrganisationRow, 'trust'>, now: Temporal.Instant): Promise<void> {
  const sources = address === null ? {} : { address: 'konto' };
  await sql`update identity.account set organisation = ${organisation}, address = ${address}, sources = ${sources}, changed_at = ${now}
    where id = ${accountId}`.execute(tx);
}

/** The organisation, unless it is unknown or deleted. */
export async function findOrganisation(db: Sql, accountId: string): Promise<OrganisationRow | undefined> {
  const found = await sql<OrganisationRow>`select id as "accountId", organisation, address, organisation_trust as trust
    from identity.account where id = ${accountId} and organisation is not null and deleted_at is null`.execute(db);
  return found.rows[0];
}
