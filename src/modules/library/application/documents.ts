import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cleaned } from '../domain/clean-text.ts';
import { LONGEST, PERSON_LIMITS, readerOf } from '../domain/collection.ts';
import { NO_COLLECTION, NO_DOCUMENT, NOT_READING, READS_ONLY, STAFF_ONLY, TOO_MANY, tooLarge, UNREADABLE, type LibraryProblem } from '../domain/problems.ts';
import type { ReadPage } from '../domain/read-document.ts';
import { findCollection, ownCollection } from '../store/collections.ts';
import {
  deleteDocument,
  everyDocument,
  findBySha,
  findDocument,
  findFile,
  holdingsOf,
  insertDocument,
  listDocuments,
  markPersonal,
  type LibraryDocument,
} from '../store/documents.ts';
import { pagesFor, stopReading } from '../store/reading.ts';
import type { LibraryContext } from './context.ts';
import { note, noteReads } from './journal.ts';
import { READ_DOCUMENT } from './read-document.ts';
import { MAX_FILE_BYTES, MAX_FILE_MEGABYTES } from './read-text.ts';

export type OpenDocumentView = LibraryDocument & { readonly edits: boolean };

export interface NewDocument {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly tooLarge?: boolean;
  /** Holds data of persons: every read is journalled. */
  readonly personal: boolean;
}

/**
 * Takes a document into a collection, or into the actor's own (`own`). It is read behind; the same bytes in the same
 * collection are one document.
 */
export async function addDocument(
  ctx: LibraryContext,
  actor: Actor,
  collection: string,
  file: NewDocument,
): Promise<Result<{ readonly id: string; readonly collectionId: string }, LibraryProblem>> {
  const reader = readerOf(actor);
  if (reader === undefined) return refuse(STAFF_ONLY);
  if (file.tooLarge === true || file.bytes.byteLength > MAX_FILE_BYTES) return refuse(tooLarge(MAX_FILE_MEGABYTES));
  if (file.bytes.byteLength === 0) return refuse({ ...invalidField('file', UNREADABLE.empty.detail), kind: 'invalid-input' });
  const now = ctx.clock();
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const fileName =
    cleaned(file.fileName)
      .replaceAll(/[\n\t]/g, ' ')
      .trim()
      .slice(0, LONGEST.title)
      .toWellFormed() || 'Dokument';
  return ctx.database.transaction(async (tx): Promise<Result<{ readonly id: string; readonly collectionId: string }, LibraryProblem>> => {
    const collectionId =
      collection === 'own' ? await ownCollection(tx, reader.staffId, { id: newId(now.epochMilliseconds), title: 'Meine Dokumente', now }) : collection;
    const into = parseId(collectionId) === undefined ? undefined : await findCollection(tx, reader, collectionId);
    if (into === undefined) return refuse(NO_COLLECTION);
    if (!into.edits) return refuse(READS_ONLY);
    const known = await findBySha(tx, collectionId, sha256);
    if (known !== undefined) {
      // whoever says that it holds data of persons is believed, also the second time
      if (file.personal && (await markPersonal(tx, known)))
        await note(ctx, tx, actor, [
          { collectionId, kind: 'document-added', payload: { documentId: known, sha256, sizeBytes: file.bytes.byteLength, personal: true } },
        ]);
      return ok({ id: known, collectionId });
    }
    const held = await holdingsOf(tx, reader.staffId);
    if (held.documents >= PERSON_LIMITS.documents || held.bytes + file.bytes.byteLength > PERSON_LIMITS.bytes) return refuse(TOO_MANY);
    const id = newId(now.epochMilliseconds);
    const facts = { sha256, sizeBytes: file.bytes.byteLength, personal: file.personal };
    await insertDocument(tx, { id, collectionId, title: fileName, fileName, ...facts, addedBy: reader.staffId, addedAt: now }, file.bytes);
    await ctx.outbox.enqueue(tx, READ_DOCUMENT, { documentId: id });
    await note(ctx, tx, actor, [{ collectionId, kind: 'document-added', payload: { documentId: id, ...facts } }]);
    return ok({ id, collectionId });
  });
}

/** Documents of a collection, the newest first. */
export async function documentsOf(
  ctx: LibraryContext,
  actor: Actor,
  collectionId: string,
  page: Parameters<typeof listDocuments>[3],
): Promise<Result<readonly LibraryDocument[], LibraryProblem>> {
  const reader = readerOf(actor);
  if (reader === undefined) return refuse(STAFF_ONLY);
  return ok(parseId(collectionId) === undefined ? [] : await listDocuments(ctx.database.read, reader, collectionId, page));
}

/** A document without its words: how far it is read, what is to be known of it. */
export async function documentFor(ctx: LibraryContext, actor: Actor, id: string): Promise<Result<OpenDocumentView, LibraryProblem>> {
  const reader = readerOf(actor);
  if (reader === undefined) return refuse(STAFF_ONLY);
  const found = parseId(id) === undefined ? undefined : await findDocument(ctx.database.read, reader, id);
  return found === undefined ? refuse(NO_DOCUMENT) : ok(found);
}

export type ShownPage = ReadPage & { readonly tables: readonly (readonly (readonly string[])[])[] };

/** The document's pages as they were read; of one number when it is named. A read of personal data is journalled. */
export async function readPages(
  ctx: LibraryContext,
  actor: Actor,
  documentId: string,
  number?: number,
): Promise<Result<{ readonly document: OpenDocumentView; readonly pages: readonly ShownPage[] }, LibraryProblem>> {
  const document = await documentFor(ctx, actor, documentId);
  if (!document.ok) return document;
  const pages = await pagesFor(ctx.database.read, readerOf(actor)!, documentId, number);
  await noteReads(ctx, actor, [{ documentId, collectionId: document.value.collectionId, personal: document.value.personal }]);
  return ok({ document: document.value, pages });
}

/** The file as it was taken in. */
export async function originalOf(
  ctx: LibraryContext,
  actor: Actor,
  documentId: string,
): Promise<Result<{ readonly document: OpenDocumentView; readonly bytes: Uint8Array }, LibraryProblem>> {
  const document = await documentFor(ctx, actor, documentId);
  if (!document.ok) return document;
  const bytes = await findFile(ctx.database.read, readerOf(actor)!, documentId);
  if (bytes === undefined) return refuse(NO_DOCUMENT);
  await noteReads(ctx, actor, [{ documentId, collectionId: document.value.collectionId, personal: document.value.personal }]);
  return ok({ document: document.value, bytes });
}

/** Deletes it: bytes, words and passages; the journal keeps that it was there. */
export async function removeDocument(ctx: LibraryContext, actor: Actor, id: string): Promise<Result<{ readonly collectionId: string }, LibraryProblem>> {
  const document = await documentFor(ctx, actor, id);
  if (!document.ok) return document;
  if (!document.value.edits) return refuse(READS_ONLY);
  return ctx.database.transaction(async (tx): Promise<Result<{ readonly collectionId: string }, LibraryProblem>> => {
    const { collectionId } = document.value;
    const gone = await deleteDocument(tx, readerOf(actor)!, id, collectionId);
    if (gone === undefined) return refuse(NO_DOCUMENT);
    await note(ctx, tx, actor, [{ collectionId, kind: 'document-removed', payload: { documentId: id, sha256: gone.sha256 } }]);
    return ok({ collectionId });
  });
}

/** Ends the reading of a document; what was read so far is shown, and not searched. */
export async function stopDocument(ctx: LibraryContext, actor: Actor, id: string): Promise<Result<{ readonly id: string }, LibraryProblem>> {
  const document = await documentFor(ctx, actor, id);
  if (!document.ok) return document;
  if (!document.value.edits) return refuse(READS_ONLY);
  return ctx.database.transaction(async (tx): Promise<Result<{ readonly id: string }, LibraryProblem>> => {
    if (!(await stopReading(tx, readerOf(actor)!, id))) return refuse(NOT_READING);
    await note(ctx, tx, actor, [{ collectionId: document.value.collectionId, kind: 'document-stopped', payload: { documentId: id } }]);
    return ok({ id });
  });
}

/** Documents that the actor may read and that are read in, their own first. */
export async function readableDocuments(
  ctx: LibraryContext,
  actor: Actor,
  limit: number,
): Promise<Result<readonly (LibraryDocument & { readonly collection: string; readonly own: boolean })[], LibraryProblem>> {
  const reader = readerOf(actor);
  return reader === undefined ? refuse(STAFF_ONLY) : ok(await everyDocument(ctx.database.read, reader, limit));
}
