import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Reader } from '../domain/collection.ts';
import type { DocumentFormat, ReadPage, ReadTable, ReadWarning } from '../domain/read-document.ts';
import type { LibraryDocument } from './documents.ts';
import { editable, readable } from './rights.ts';

/** A document that the job reads. */
export type ReadingDocument = Pick<LibraryDocument, 'id' | 'collectionId' | 'title' | 'fileName' | 'sha256' | 'state' | 'pages' | 'pagesDone' | 'warnings'>;

/** For the job, which acts for the city and for nobody else. */
export async function documentToRead(db: Sql, id: string): Promise<(ReadingDocument & { readonly bytes: Uint8Array }) | undefined> {
  const { rows } = await sql<
    ReadingDocument & { readonly bytes: Uint8Array }
  >`select d.id, d.collection_id as "collectionId", d.title, d.file_name as "fileName", d.sha256,
    d.state, d.pages, d.pages_done as "pagesDone", d.warnings, f.bytes from library.document d join library.file f on f.document_id = d.id
    where d.id = ${id} and d.state in ('waiting', 'reading')`.execute(db);
  return rows[0];
}

/** @returns false: somebody has stopped or removed it */
export async function startReading(
  tx: Tx,
  id: string,
  facts: { readonly title: string; readonly format: DocumentFormat; readonly pages: number; readonly warnings: readonly ReadWarning[] },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update library.document set state = 'reading', title = ${facts.title}, format = ${facts.format}, pages = ${facts.pages},
    warnings = ${JSON.stringify(facts.warnings)}::jsonb where id = ${id} and state in ('waiting', 'reading')`.execute(tx);
  return numAffectedRows === 1n;
}

/** Keeps a page and that it is done. @returns false: somebody has stopped or removed it */
export async function keepPage(tx: Tx, id: string, page: ReadPage, tables: readonly ReadTable[], warning: ReadWarning | undefined): Promise<boolean> {
  const { numAffectedRows } = await sql`update library.document set pages_done = greatest(pages_done, ${page.number}),
    warnings = warnings || ${JSON.stringify(warning === undefined ? [] : [warning])}::jsonb where id = ${id} and state = 'reading'`.execute(tx);
  if (numAffectedRows !== 1n) return false;
  await sql`insert into library.page (document_id, number, text, headings, tables, ocr)
    values (${id}, ${page.number}, ${page.text}, ${JSON.stringify(page.headings)}::jsonb, ${JSON.stringify(tables.map(({ rows }) => rows))}::jsonb, ${page.ocr})
    on conflict do nothing`.execute(tx);
  return true;
}

/** @returns false: somebody has stopped or removed it */
export async function endReading(
  tx: Tx,
  id: string,
  end: { readonly state: 'ready' | 'failed'; readonly problem?: string; readonly warnings?: readonly ReadWarning[] },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update library.document set state = ${end.state}, problem = ${end.problem ?? null},
    warnings = warnings || ${JSON.stringify(end.warnings ?? [])}::jsonb where id = ${id} and state in ('waiting', 'reading')`.execute(tx);
  return numAffectedRows === 1n;
}

/** @returns false: it is not being read, or the reader may not stop it */
export async function stopReading(tx: Tx, reader: Reader, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update library.document d set state = 'stopped' from library.collection c
    where d.id = ${id} and c.id = d.collection_id and ${editable(reader)} and d.state in ('waiting', 'reading')`.execute(tx);
  return numAffectedRows === 1n;
}

type PageRow = Omit<ReadPage, 'ocr'> & { readonly ocr: boolean };

/** Pages as they were read, for the job. */
export async function allPages(db: Sql, documentId: string): Promise<ReadPage[]> {
  const { rows } = await sql<PageRow>`select number, text, headings, ocr from library.page where document_id = ${documentId} order by number`.execute(db);
  return rows;
}

/** Pages for a reader who may see them; of one number when it is named. */
export async function pagesFor(
  db: Sql,
  reader: Reader,
  documentId: string,
  number?: number,
): Promise<(ReadPage & { readonly tables: readonly (readonly (readonly string[])[])[] })[]> {
  const { rows } = await sql<
    PageRow & { readonly tables: readonly (readonly (readonly string[])[])[] }
  >`select p.number, p.text, p.headings, p.ocr, p.tables from library.page p
    join library.document d on d.id = p.document_id join library.collection c on c.id = d.collection_id
    where d.id = ${documentId} and ${readable(reader)} and ${number === undefined ? sql`true` : sql`p.number = ${number}`} order by p.number`.execute(db);
  return rows;
}
