import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { DocumentState, Reader } from '../domain/collection.ts';
import type { DocumentFormat, ReadWarning } from '../domain/read-document.ts';
import { editable, readable } from './rights.ts';

/** A document without its words. */
export interface LibraryDocument {
  readonly id: string;
  readonly collectionId: string;
  readonly title: string;
  readonly fileName: string;
  readonly format: DocumentFormat | null;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly personal: boolean;
  readonly state: DocumentState;
  readonly pages: number;
  readonly pagesDone: number;
  readonly problem: string | null;
  readonly warnings: readonly ReadWarning[];
  readonly addedBy: string;
  readonly addedAt: Temporal.Instant;
}

const COLUMNS = sql`d.id, d.collection_id as "collectionId", d.title, d.file_name as "fileName", d.format, d.sha256, d.size_bytes as "sizeBytes", d.personal,
  d.state, d.pages, d.pages_done as "pagesDone", d.problem, d.warnings, d.added_by as "addedBy", d.added_at as "addedAt"`;

/** The newest first. */
export async function listDocuments(
  db: Sql,
  reader: Reader,
  collectionId: string,
  { limit, after }: { readonly limit: number; readonly after?: { readonly addedAt: string; readonly id: string } | undefined },
): Promise<LibraryDocument[]> {
  const { rows } = await sql<LibraryDocument>`select ${COLUMNS} from library.document d join library.collection c on c.id = d.collection_id
    where c.id = ${collectionId} and ${readable(reader)}
      and ${after === undefined ? sql`true` : sql`(d.added_at, d.id) < (${after.addedAt}::timestamptz, ${after.id}::uuid)`}
    order by d.added_at desc, d.id desc limit ${limit}`.execute(db);
  return rows;
}

/** What is read in and the reader may read: their own first, then the newest. */
export async function everyDocument(
  db: Sql,
  reader: Reader,
  limit: number,
): Promise<(LibraryDocument & { readonly collection: string; readonly own: boolean })[]> {
  const { rows } = await sql<LibraryDocument & { readonly collection: string; readonly own: boolean }>`select ${COLUMNS}, c.title as collection,
    c.own and c.owner_id = ${reader.staffId} as own from library.document d join library.collection c on c.id = d.collection_id
    where d.state = 'ready' and ${readable(reader)} order by own desc, d.added_at desc, d.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findDocument(db: Sql, reader: Reader, id: string): Promise<(LibraryDocument & { readonly edits: boolean }) | undefined> {
  const { rows } = await sql<LibraryDocument & { readonly edits: boolean }>`select ${COLUMNS}, ${editable(reader)} as edits
    from library.document d join library.collection c on c.id = d.collection_id where d.id = ${id} and ${readable(reader)}`.execute(db);
  return rows[0];
}

export async function findBySha(tx: Tx, collectionId: string, sha256: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from library.document where collection_id = ${collectionId} and sha256 = ${sha256}`.execute(tx);
  return rows[0]?.id;
}

/** What one person has taken in so far. */
export async function holdingsOf(tx: Tx, staffId: string): Promise<{ readonly documents: number; readonly bytes: number }> {
  const { rows } = await sql<{ documents: number; bytes: number }>`select count(*)::int as documents, coalesce(sum(size_bytes), 0)::float8 as bytes
    from library.document where added_by = ${staffId}`.execute(tx);
  return rows[0]!;
}

export async function insertDocument(
  tx: Tx,
  one: Pick<LibraryDocument, 'id' | 'collectionId' | 'title' | 'fileName' | 'sha256' | 'sizeBytes' | 'personal' | 'addedBy' | 'addedAt'>,
  bytes: Uint8Array,
): Promise<void> {
  await sql`insert into library.document (id, collection_id, title, file_name, sha256, size_bytes, personal, state, added_by, added_at)
    values (${one.id}, ${one.collectionId}, ${one.title}, ${one.fileName}, ${one.sha256}, ${one.sizeBytes}, ${one.personal}, 'waiting', ${one.addedBy}, ${one.addedAt})`.execute(
    tx,
  );
  await sql`insert into library.file (document_id, bytes) values (${one.id}, ${bytes})`.execute(tx);
}

/** Its bytes, for a reader who may see it. */
export async function findFile(db: Sql, reader: Reader, id: string): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ bytes: Uint8Array }>`select f.bytes from library.file f join library.document d on d.id = f.document_id
    join library.collection c on c.id = d.collection_id where d.id = ${id} and ${readable(reader)}`.execute(db);
  return rows[0]?.bytes;
}

/** @returns what was removed, or `undefined` when there is none that the reader may remove */
export async function deleteDocument(tx: Tx, reader: Reader, id: string, collectionId: string): Promise<Pick<LibraryDocument, 'sha256'> | undefined> {
  await raiseVersion(tx, [collectionId]);
  const { rows } = await sql<Pick<LibraryDocument, 'sha256'>>`delete from library.document d using library.collection c
    where d.id = ${id} and c.id = d.collection_id and ${editable(reader)} returning d.sha256`.execute(tx);
  return rows[0];
}

/** @returns whether it was not marked before */
export async function markPersonal(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`update library.document set personal = true where id = ${id} and not personal returning 1`.execute(tx);
  return rows.length > 0;
}

/** Indexes in memory see that something is new. Always before documents change: collections are locked first, so that nobody waits in a circle. */
export async function raiseVersion(tx: Tx, collectionIds: readonly string[]): Promise<void> {
  await sql`update library.collection set version = version + 1
    where id in (select id from library.collection where id = any(${[...collectionIds]}::uuid[]) order by id for update)`.execute(tx);
}

/** Documents of private collections that were added before that day are gone. @returns where how many */
export async function deleteOldOwn(tx: Tx, before: Temporal.Instant): Promise<{ readonly collectionId: string; readonly documents: number }[]> {
  const { rows: old } = await sql<{ id: string }>`select distinct c.id from library.document d join library.collection c on c.id = d.collection_id
    where c.own and d.added_at < ${before}`.execute(tx);
  await raiseVersion(
    tx,
    old.map(({ id }) => id),
  );
  const { rows } = await sql<{ collectionId: string; documents: number }>`with gone as (delete from library.document d using library.collection c
      where c.id = d.collection_id and c.own and d.added_at < ${before} returning c.id)
    select id as "collectionId", count(*)::int as documents from gone group by id order by id`.execute(tx);
  return rows;
}
