import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Survey } from '../domain/kept.ts';

export async function insertSurvey(tx: Tx, { id, about, title, source, takenOn, sampleSize, share, enteredAt }: Survey, enteredBy: string): Promise<void> {
  await sql`insert into usage.survey (id, about, title, source, taken_on, sample_size, share, entered_by, entered_at)
    values (${id}, ${about}, ${title}, ${source}, ${takenOn.toString()}, ${sampleSize}, ${share}, ${enteredBy}, ${enteredAt})`.execute(tx);
}

/** @returns whether there was one */
export async function deleteSurvey(tx: Tx, id: string): Promise<boolean> {
  const deleted = await sql`delete from usage.survey where id = ${id}`.execute(tx);
  return Number(deleted.numAffectedRows ?? 0) === 1;
}

export async function listSurveys(db: Sql): Promise<Survey[]> {
  const rows = await sql<Omit<Survey, 'takenOn' | 'share'> & { takenOn: string; share: number }>`select id, about, title, source, taken_on::text as "takenOn",
    sample_size as "sampleSize", share::float8 as share, entered_at as "enteredAt" from usage.survey order by taken_on desc, id desc limit 50`.execute(db);
  return rows.rows.map((row) => ({ ...row, takenOn: Temporal.PlainDate.from(row.takenOn) }));
}
