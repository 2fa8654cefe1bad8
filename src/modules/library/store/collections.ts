import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Collection, Member, OpenCollection, Reader } from '../domain/collection.ts';
import { editable, readable } from './rights.ts';

const columns = (reader: Reader) => sql`c.id, c.title, c.description, c.own, c.owner_id as "ownerId", c.readers, c.authority, c.created_at as "createdAt",
  ${editable(reader)} as edits, c.owner_id = ${reader.staffId} as owns,
  (select count(*)::int from library.document d where d.collection_id = c.id) as documents`;

/** What the reader may read: their own first, then by title. */
export async function listCollections(db: Sql, reader: Reader, limit: number): Promise<OpenCollection[]> {
  const { rows } = await sql<OpenCollection>`select ${columns(reader)} from library.collection c
    where ${readable(reader)} order by c.own desc, lower(c.title), c.id limit ${limit}`.execute(db);
  return rows;
}

export async function findCollection(db: Sql, reader: Reader, id: string): Promise<OpenCollection | undefined> {
  const { rows } = await sql<OpenCollection>`select ${columns(reader)} from library.collection c where c.id = ${id} and ${readable(reader)}`.execute(db);
  return rows[0];
}

/** The reader's own collection, made when it is first needed. */
export async function ownCollection(
  tx: Tx,
  ownerId: string,
  made: { readonly id: string; readonly title: string; readonly now: Temporal.Instant },
): Promise<string> {
  await sql`insert into library.collection (id, title, description, own, owner_id, readers, created_at)
    values (${made.id}, ${made.title}, '', true, ${ownerId}, 'named', ${made.now}) on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ id: string }>`select id from library.collection where owner_id = ${ownerId} and own`.execute(tx);
  return rows[0]!.id;
}

export async function insertCollection(tx: Tx, one: Collection): Promise<void> {
  await sql`insert into library.collection (id, title, description, own, owner_id, readers, authority, created_at)
    values (${one.id}, ${one.title}, ${one.description}, ${one.own}, ${one.ownerId}, ${one.readers}, ${one.authority}, ${one.createdAt})`.execute(tx);
}

/** What may change; only of the owner, and never of a private one. @returns whether there was one */
export async function updateCollection(
  tx: Tx,
  ownerId: string,
  id: string,
  { title, description, readers, authority }: Pick<Collection, 'title' | 'description' | 'readers' | 'authority'>,
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update library.collection set title = ${title}, description = ${description}, readers = ${readers}, authority = ${authority}
    where id = ${id} and owner_id = ${ownerId} and not own`.execute(tx);
  return numAffectedRows === 1n;
}

export async function deleteCollection(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from library.collection where id = ${id} and owner_id = ${ownerId} and not own`.execute(tx);
  return numAffectedRows === 1n;
}

/** Its named people, for whoever owns it. */
export async function listMembers(db: Sql, ownerId: string, id: string): Promise<Member[]> {
  const { rows } = await sql<Member>`select m.staff_id as "staffId", m.role from library.member m join library.collection c on c.id = m.collection_id
    where c.id = ${id} and c.owner_id = ${ownerId} order by m.role, m.staff_id`.execute(db);
  return rows;
}

/** Puts these people in the place of all before. */
export async function replaceMembers(tx: Tx, id: string, members: readonly Member[]): Promise<void> {
  await sql`delete from library.member where collection_id = ${id}`.execute(tx);
  await sql`insert into library.member (collection_id, staff_id, role)
    select ${id}, p.staff_id, p.role from unnest(${members.map((one) => one.staffId)}::text[], ${members.map((one) => one.role)}::text[]) as p(staff_id, role)`.execute(
    tx,
  );
}

/** A collection that can be searched, and how new it is. */
export interface SearchedCollection {
  readonly id: string;
  readonly version: number;
  /** All of it, and not only the named documents. */
  readonly whole: boolean;
}

/** Those the reader may read: the named ones whole, others as far as they hold named documents; without any name everything. */
export async function searchedCollections(
  db: Sql,
  reader: Reader,
  collections: readonly string[],
  documents: readonly string[],
): Promise<SearchedCollection[]> {
  const everything = collections.length === 0 && documents.length === 0;
  const { rows } = await sql<SearchedCollection>`select w.id, w.version, w.whole from (
      select c.id, c.version::float8 as version, ${everything} or c.id = any(${[...collections]}::uuid[]) as whole from library.collection c where ${readable(reader)}) w
    where w.whole or exists (select from library.document d where d.collection_id = w.id and d.id = any(${[...documents]}::uuid[]))
    order by w.id`.execute(db);
  return rows;
}
