import type { Actor } from '../../../kernel/actor.ts';
import { OWN_DAYS } from '../domain/collection.ts';
import { passagesOf } from '../domain/passages.ts';
import { STOPPED } from '../domain/problems.ts';
import { deleteOldOwn, raiseVersion } from '../store/documents.ts';
import { keepPassages } from '../store/passages.ts';
import { allPages, documentToRead, endReading, keepPage, startReading, type ReadingDocument } from '../store/reading.ts';
import type { LibraryContext } from './context.ts';
import { note } from './journal.ts';
import { ocrWarning, Reading } from './read-text.ts';

export const READ_DOCUMENT = 'library.read-document';
const READER: Actor = { kind: 'system', job: READ_DOCUMENT };
const FORGETTER: Actor = { kind: 'system', job: 'library.forget-old-documents' };
/** After that the next document has its turn: one long scan keeps nobody waiting. */
const STEP_MS = 8000;

/**
 * Reads a document, or goes on where the last step or a restart left it: each page is kept as soon as it is read.
 * @returns whether there is more to do
 */
export async function readDocument(ctx: LibraryContext, documentId: string): Promise<boolean> {
  const document = await documentToRead(ctx.database.read, documentId);
  if (document === undefined) return false;
  const reading = new Reading(document, ctx.reading, ctx.stopping);
  const opened = await reading.open();
  if (!opened.ok) {
    if (opened.problem === STOPPED) throw new Error('the city stops: the document is read after the next start');
    await fail(ctx, document, opened.problem.detail);
    return false;
  }
  let done = document.pagesDone;
  if (document.state === 'waiting') {
    const { title, format, count, warnings } = opened.value;
    if (!(await ctx.database.write((tx) => startReading(tx, documentId, { title, format, pages: count, warnings })))) return false;
    done = 0;
  }
  const started = performance.now();
  while (done < opened.value.count) {
    const read = await reading.page(done + 1);
    if (!read.ok) throw new Error('the city stops: the document is read after the next start');
    const { page, tables, warning } = read.value;
    if (!(await ctx.database.write((tx) => keepPage(tx, documentId, page, tables, warning)))) return false;
    done++;
    if (done < opened.value.count && performance.now() - started > STEP_MS) return true;
  }
  await finish(ctx, document, opened.value.title);
  return false;
}

async function finish(ctx: LibraryContext, { id, collectionId, sha256 }: ReadingDocument, title: string): Promise<void> {
  const pages = await allPages(ctx.database.read, id);
  const passages = passagesOf({ documentId: id, title, sha256 }, pages);
  await ctx.database.write(async (tx) => {
    await raiseVersion(tx, [collectionId]);
    if (!(await endReading(tx, id, { state: 'ready', warnings: ocrWarning(pages, ctx.reading.recognition.name) }))) return;
    await keepPassages(tx, id, passages);
    await note(ctx, tx, READER, [{ collectionId, kind: 'document-read-in', payload: { documentId: id, pages: pages.length, passages: passages.length } }]);
  });
}

async function fail(ctx: LibraryContext, { id, collectionId }: ReadingDocument, problem: string): Promise<void> {
  await ctx.database.write(async (tx) => {
    if (await endReading(tx, id, { state: 'failed', problem }))
      await note(ctx, tx, READER, [{ collectionId, kind: 'document-failed', payload: { documentId: id } }]);
  });
}

/** Orders the next step of a document. */
export async function orderNextStep(ctx: LibraryContext, documentId: string): Promise<void> {
  await ctx.database.write((tx) => ctx.outbox.enqueue(tx, READ_DOCUMENT, { documentId }));
}

/** Documents of people's own go after `OWN_DAYS`. @returns how many */
export async function forgetOldDocuments(ctx: LibraryContext): Promise<number> {
  return ctx.database.write(async (tx) => {
    const gone = await deleteOldOwn(tx, ctx.clock().subtract({ hours: 24 * OWN_DAYS }));
    await note(
      ctx,
      tx,
      FORGETTER,
      gone.map(({ collectionId, documents }) => ({ collectionId, kind: 'documents-expired', payload: { documents } })),
    );
    return gone.reduce((sum, { documents }) => sum + documents, 0);
  });
}
