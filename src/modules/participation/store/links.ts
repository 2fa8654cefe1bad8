import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** A personal link as kept: never its token. */
export interface LinkRow {
  readonly tokenSha256: string;
  readonly caseId: string;
  readonly consultationId: string | null;
  readonly statementId: string | null;
}

/** Lets forms with one secret wait for each other until the transaction ends. */
export async function lockToken(tx: Tx, tokenSha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${tokenSha256}, 4011960))`.execute(tx);
}

export async function insertLink(tx: Tx, link: LinkRow, at: Temporal.Instant): Promise<void> {
  await sql`insert into participation.link (token_sha256, case_id, consultation_id, statement_id, created_at)
    values (${link.tokenSha256}, ${link.caseId}, ${link.consultationId}, ${link.statementId}, ${at})`.execute(tx);
}

/** A link that has not been revoked. */
export async function findLink(db: Sql, tokenSha256: string): Promise<LinkRow | undefined> {
  const rows = await sql<LinkRow>`select token_sha256 as "tokenSha256", case_id as "caseId", consultation_id as "consultationId", statement_id as "statementId"
    from participation.link where token_sha256 = ${tokenSha256} and revoked_at is null`.execute(db);
  return rows.rows[0];
}

/** Ends every link of a consultee. */
export async function revokeLinks(tx: Tx, consultationId: string, at: Temporal.Instant): Promise<void> {
  await sql`update participation.link set revoked_at = ${at} where consultation_id = ${consultationId} and revoked_at is null`.execute(tx);
}
