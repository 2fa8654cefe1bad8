import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { ImportedCount } from '../domain/history.ts';
import type { Import, ImportedMonth } from '../domain/kept.ts';

export interface NewImport extends Omit<Import, 'rows'> {
  readonly sha256: string;
  readonly enteredBy: string;
}

/** @returns false when the same file was imported before */
export async function insertImport(tx: Tx, { id, source, format, firstDay, lastDay, sha256, enteredBy, enteredAt }: NewImport): Promise<boolean> {
  const inserted = await sql`insert into usage.import (id, source, format, first_day, last_day, sha256, entered_by, entered_at)
    values (${id}, ${source}, ${format}, ${firstDay}, ${lastDay}, ${sha256}, ${enteredBy}, ${enteredAt}) on conflict (sha256) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

/** Whether this very file was imported before. */
export async function isKnown(tx: Tx, sha256: string): Promise<boolean> {
  const { rows } = await sql`select 1 from usage.import where sha256 = ${sha256}`.execute(tx);
  return rows.length === 1;
}

export async function insertImported(tx: Tx, importId: string, counts: readonly ImportedCount[]): Promise<void> {
  const column = <K extends keyof ImportedCount>(name: K): ImportedCount[K][] => counts.map((one) => one[name]);
  await sql`insert into usage.imported (import_id, first_day, last_day, measure, subject, count)
    select ${importId}::uuid, * from unnest(${column('firstDay')}::date[], ${column('lastDay')}::date[], ${column('measure')}::text[],
      ${column('subject')}::text[], ${column('count')}::bigint[])`.execute(tx);
}

/** Days of one measure and subject that a source has already counted in another file. */
export interface Overlap {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly subject: string;
}

/** Whoever imports next waits: two files at once would not see each other. */
export async function findOverlap(tx: Tx, source: string, counts: readonly ImportedCount[]): Promise<Overlap | undefined> {
  await sql`lock table usage.import in share row exclusive mode`.execute(tx);
  const column = <K extends keyof ImportedCount>(name: K): ImportedCount[K][] => counts.map((one) => one[name]);
  const rows = await sql<Overlap>`select i.first_day::text as "firstDay", i.last_day::text as "lastDay", m.subject
    from usage.imported m join usage.import i on i.id = m.import_id
    join unnest(${column('firstDay')}::date[], ${column('lastDay')}::date[], ${column('measure')}::text[], ${column('subject')}::text[])
      as n (first_day, last_day, measure, subject)
      on n.measure = m.measure and n.subject = m.subject and n.first_day <= m.last_day and m.first_day <= n.last_day
    where lower(i.source) = lower(${source}) limit 1`.execute(tx);
  return rows.rows[0];
}

/** @returns whether there was one */
export async function deleteImport(tx: Tx, id: string): Promise<boolean> {
  const deleted = await sql`delete from usage.import where id = ${id}`.execute(tx);
  return Number(deleted.numAffectedRows ?? 0) === 1;
}

export async function listImports(db: Sql): Promise<Import[]> {
  const rows = await sql<Import>`select i.id, i.source, i.format, i.first_day::text as "firstDay", i.last_day::text as "lastDay", i.entered_at as "enteredAt",
      count(m.import_id)::int as rows
    from usage.import i left join usage.imported m on m.import_id = i.id group by i.id order by i.first_day desc, i.id desc limit 100`.execute(db);
  return rows.rows;
}

/** What other systems counted by month: over everything where they said so, else over all they named. */
export async function importedByMonth(db: Sql): Promise<ImportedMonth[]> {
  const rows =
    await sql<ImportedMonth>`select i.source, case when date_trunc('month', m.first_day) = date_trunc('month', m.last_day) then to_char(m.first_day, 'YYYY-MM')
      else to_char(m.first_day, 'YYYY-MM') || ' – ' || to_char(m.last_day, 'YYYY-MM') end as month, m.measure, sum(m.count)::float8 as count, max(i.entered_at) as "enteredAt"
    from usage.imported m join usage.import i on i.id = m.import_id
    where m.subject = '' or not exists (select 1 from usage.imported w where w.import_id = m.import_id and w.measure = m.measure and w.subject = '')
    group by i.source, 2, m.measure order by i.source, m.measure, 2 limit 400`.execute(db);
  return rows.rows;
}
