import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** The Beteiligung's stream in the journal; statements of the case stand in it too. */
export const participationStream = (caseId: string): string => `participation:${caseId}`;

/** Keeps the words of an event beside the journal. @param subject the case, or the statement */
export async function insertContent(
  tx: Tx,
  row: { readonly subject: string; readonly version: number; readonly sha256: string; readonly content: string },
): Promise<void> {
  await sql`insert into participation.content (subject, version, sha256, content)
    values (${row.subject}, ${row.version}, ${row.sha256}, ${row.content})`.execute(tx);
}

/** Words by version, with their hash. */
export async function readContents(db: Sql, subject: string): Promise<Map<number, { readonly sha256: string; readonly content: string }>> {
  const rows = await sql<{ version: number; sha256: string; content: string }>`
    select version, sha256, content from participation.content where subject = ${subject}`.execute(db);
  return new Map(rows.rows.map(({ version, ...rest }) => [version, rest]));
}
