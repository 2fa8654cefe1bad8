import { sql } from 'kysely';
import type { Passage } from '../../../kernel/passage.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Reader } from '../domain/collection.ts';
import { readable } from './rights.ts';

export async function keepPassages(tx: Tx, documentId: string, passages: readonly Passage[]): Promise<void> {
  const column = <T>(of: (one: Passage) => T): T[] => passages.map(of);
  await sql`delete from library.passage where document_id = ${documentId}`.execute(tx);
  await sql`insert into library.passage (document_id, place, page, start_at, end_at, heading)
    select ${documentId}, p.place - 1, p.page, p.start_at, p.end_at, nullif(p.heading, '')
    from unnest(${column(({ page }) => page)}::int[], ${column(({ start }) => start)}::int[], ${column(({ end }) => end)}::int[], ${column(({ heading }) => heading ?? '')}::text[])
      with ordinality as p(page, start_at, end_at, heading, place)`.execute(tx);
}

/** Documents of a collection that can be searched. For the index, which shows nothing to anybody. */
export async function readyDocuments(db: Sql, collectionId: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from library.document where collection_id = ${collectionId} and state = 'ready' order by added_at, id`.execute(db);
  return rows.map(({ id }) => id);
}

/** What a passage is, beside its words. */
interface PassageRow {
  readonly place: number;
  readonly page: number;
  readonly start: number;
  readonly end: number;
  readonly heading: string | null;
  readonly pageText: string;
}

const textOf = ({ pageText, start, end }: PassageRow): string => pageText.slice(start, end);

/** Passages of a document in their order, for the index. */
export async function passageTexts(db: Sql, documentId: string): Promise<{ readonly text: string; readonly heading?: string }[]> {
  const { rows } = await sql<PassageRow>`select s.place, s.page, s.start_at as start, s.end_at as end, s.heading, p.text as "pageText"
    from library.passage s join library.page p on p.document_id = s.document_id and p.number = s.page where s.document_id = ${documentId} order by s.place`.execute(
    db,
  );
  return rows.map((row) => ({ text: textOf(row), ...(row.heading === null ? {} : { heading: row.heading }) }));
}

export interface FoundRow extends Passage {
  readonly place: number;
  readonly personal: boolean;
  readonly collectionId: string;
}

/** Passages that a search found: rights are asked once more, with what they are now. */
export async function passagesAt(db: Sql, reader: Reader, places: readonly { readonly document: string; readonly place: number }[]): Promise<FoundRow[]> {
  const { rows } = await sql<PassageRow & { documentId: string; title: string; sha256: string; personal: boolean; collectionId: string }>`
    select s.document_id as "documentId", d.title, d.sha256, d.personal, d.collection_id as "collectionId", s.place, s.page, s.start_at as start, s.end_at as end, s.heading, p.text as "pageText"
    from unnest(${places.map((one) => one.document)}::uuid[], ${places.map((one) => one.place)}::int[]) as w(document_id, place)
    join library.passage s on s.document_id = w.document_id and s.place = w.place
    join library.page p on p.document_id = s.document_id and p.number = s.page
    join library.document d on d.id = s.document_id and d.state = 'ready'
    join library.collection c on c.id = d.collection_id
    where ${readable(reader)}`.execute(db);
  return rows.map((row) => ({
    id: `${row.documentId}-${row.place}`,
    documentId: row.documentId,
    title: row.title,
    documentSha256: row.sha256,
    page: row.page,
    start: row.start,
    end: row.end,
    text: textOf(row),
    ...(row.heading === null ? {} : { heading: row.heading }),
    place: row.place,
    personal: row.personal,
    collectionId: row.collectionId,
  }));
}
