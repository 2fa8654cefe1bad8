import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** A letter of the authority, as sent. */
export interface LetterRow {
  readonly caseId: string;
  readonly key: string;
  readonly kind: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly writtenAt: Temporal.Instant;
}

/** Keeps a letter once. @returns false when it is there already */
export async function insertLetter(tx: Tx, letter: LetterRow): Promise<boolean> {
  const inserted = await sql`insert into procedure.letter (case_id, key, kind, file_name, sha256, written_at)
    values (${letter.caseId}, ${letter.key}, ${letter.kind}, ${letter.fileName}, ${letter.sha256}, ${letter.writtenAt})
    on conflict do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

/** All letters of a case, oldest first. */
export async function listLetters(db: Sql, caseId: string): Promise<LetterRow[]> {
  const rows = await sql<LetterRow>`select case_id as "caseId", key, kind, file_name as "fileName", sha256, written_at as "writtenAt"
    from procedure.letter where case_id = ${caseId} order by written_at, key`.execute(db);
  return rows.rows;
}
