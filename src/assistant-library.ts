import { authorityNamesOf } from './authority-name.ts';
import type { Actor } from './kernel/actor.ts';
import type { Problem } from './kernel/problem.ts';
import { ok, type Result } from './kernel/result.ts';
import { staffDirectory } from './modules/identity/public.ts';
import {
  AvailableTesseract,
  CollectionIndexes,
  collectionsFor,
  READER_PROGRAM,
  readableDocuments,
  readPages,
  readText,
  RECOGNITION_PROGRAM,
  searchPassages,
  type LibraryContext,
  type LibraryPassage,
} from './modules/library/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { ConfinedProcess } from './platform/confined/confined-process.ts';

const READER_LIMITS = { milliseconds: 20_000, memoryBytes: 1_500_000_000 };
const RECOGNITION_LIMITS = { milliseconds: 90_000, memoryBytes: 1_500_000_000, threads: true };

/** The library, with the processes that read files of others. */
export function libraryOn(ctx: ProcedureContext): { readonly library: LibraryContext; readonly close: () => void } {
  const reader = new ConfinedProcess(READER_PROGRAM, READER_LIMITS);
  const recogniser = new ConfinedProcess(RECOGNITION_PROGRAM, RECOGNITION_LIMITS);
  const stopping = new AbortController();
  const library: LibraryContext = {
    ...ctx,
    reading: { reader, recognition: new AvailableTesseract(recogniser) },
    indexes: new CollectionIndexes(),
    colleagues: staffDirectory,
    authorityName: authorityNamesOf(ctx),
    rankers: [],
    stopping: stopping.signal,
  };
  const close = (): void => {
    stopping.abort();
    reader.close();
    recogniser.close();
  };
  return { library, close };
}

/** What the assistant asks of the library. */
export function documentsOn(library: LibraryContext) {
  const orNone = <T>(found: Result<readonly T[], Problem>): readonly T[] => (found.ok ? found.value : []);
  return {
    documents: async (actor: Actor, limit: number) =>
      orNone(await readableDocuments(library, actor, limit)).map(({ id, title, own, collection }) => ({ id, title, ...(own ? {} : { collection }) })),
    collections: async (actor: Actor) => orNone(await collectionsFor(library, actor)).map(({ id, title }) => ({ id, title })),
    pages: async (actor: Actor, documentId: string) => {
      const read = await readPages(library, actor, documentId);
      if (!read.ok) return read;
      const { document, pages } = read.value;
      return ok({ title: document.title, sha256: document.sha256, personal: document.personal, pages: pages.map(({ number, text }) => ({ number, text })) });
    },
    search: (
      actor: Actor,
      wish: { readonly query: string; readonly collections: readonly string[]; readonly documents: readonly string[]; readonly limit: number },
    ): Promise<Result<readonly LibraryPassage[], Problem>> => searchPassages(library, actor, wish),
    readFile: (file: { readonly fileName: string; readonly bytes: Uint8Array }) => readText(file, library.reading),
  };
}
