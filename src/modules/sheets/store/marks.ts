import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Mark } from '../domain/mark.ts';

const columns = sql`id, case_id as "caseId", upload_id as "uploadId", number, page, x_mm as "xMm", y_mm as "yMm", kind, text, version,
  written_by as "writtenBy", written_at as "writtenAt"`;

/** All entries of a case, by number. */
export async function listMarks(db: Sql, caseId: string): Promise<Mark[]> {
  return (await sql<Mark>`select ${columns} from sheets.mark where case_id = ${caseId} order by number`.execute(db)).rows;
}

/** The next number of the case. */
export async function nextNumber(tx: Tx, caseId: string): Promise<number> {
  const next = await sql<{ last: number }>`insert into sheets.mark_counter (case_id, last) values (${caseId}, 1)
    on conflict (case_id) do update set last = sheets.mark_counter.last + 1 returning last`.execute(tx);
  return next.rows[0]!.last;
}

export async function insertMark(tx: Tx, mark: Mark): Promise<void> {
  await sql`insert into sheets.mark (id, case_id, upload_id, number, page, x_mm, y_mm, kind, text, version, written_by, written_at)
    values (${mark.id}, ${mark.caseId}, ${mark.uploadId}, ${mark.number}, ${mark.page}, ${mark.xMm}, ${mark.yMm}, ${mark.kind}, ${mark.text},
      ${mark.version}, ${mark.writtenBy}, ${mark.writtenAt})`.execute(tx);
}

export async function updateMark(tx: Tx, mark: Mark): Promise<void> {
  await sql`update sheets.mark set page = ${mark.page}, x_mm = ${mark.xMm}, y_mm = ${mark.yMm}, kind = ${mark.kind}, text = ${mark.text},
    version = ${mark.version}, written_by = ${mark.writtenBy}, written_at = ${mark.writtenAt} where id = ${mark.id}`.execute(tx);
}

export async function deleteMark(tx: Tx, id: string): Promise<void> {
  await sql`delete from sheets.mark where id = ${id}`.execute(tx);
}
