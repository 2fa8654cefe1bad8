import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, dataRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { changeCollection, collectionFor, collectionsFor, makeCollection, removeCollection } from '../application/collections.ts';
import type { LibraryContext } from '../application/context.ts';
import { addDocument, documentFor, documentsOf, originalOf, readPages, removeDocument, stopDocument, type OpenDocumentView } from '../application/documents.ts';
import { searchPassages } from '../application/search-passages.ts';
import { cursorOf, STAFF } from './frame.ts';

const tag = 'Dokumente';
const ROOT = '/api/assistant/collections';
const DOCUMENTS = '/api/assistant/documents';

const named = z.object({ id: z.string() });
const made = z.object({ id: z.string() });
const wish = z.object({
  title: z.string().max(1000),
  description: z.string().max(10_000).default(''),
  readers: z.enum(['named', 'authority', 'staff']).default('named'),
  authority: z.string().max(200).optional(),
  members: z
    .array(z.object({ staffId: z.string().max(100), role: z.enum(['reader', 'editor']) }))
    .max(500)
    .default([]),
});
const collection = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  own: z.boolean(),
  readers: z.enum(['named', 'authority', 'staff']),
  authority: z.string().nullable(),
  documents: z.number(),
  edits: z.boolean(),
  owns: z.boolean(),
});
const document = z.object({
  id: z.string(),
  collectionId: z.string(),
  title: z.string(),
  fileName: z.string(),
  format: z.string().nullable(),
  sha256: z.string(),
  sizeBytes: z.number(),
  personal: z.boolean(),
  state: z.enum(['waiting', 'reading', 'ready', 'failed', 'stopped']),
  pages: z.number(),
  pagesDone: z.number(),
  problem: z.string().nullable(),
  warnings: z.array(z.object({ kind: z.string(), detail: z.string() })),
  addedAt: z.string(),
});
const passage = z.object({
  id: z.string(),
  documentId: z.string(),
  title: z.string(),
  documentSha256: z.string(),
  page: z.number(),
  start: z.number(),
  end: z.number(),
  text: z.string(),
  heading: z.string().optional(),
  score: z.number(),
});
const readPage = z.object({ number: z.number(), text: z.string(), ocr: z.boolean(), tables: z.array(z.array(z.array(z.string()))) });

type Listed = Omit<OpenDocumentView, 'edits'>;
const presented = ({ addedBy: _addedBy, addedAt, warnings, ...one }: Listed): z.output<typeof document> => ({
  ...one,
  warnings: warnings.map((warning) => ({ ...warning })),
  addedAt: addedAt.toString(),
});

/** Collections, documents and search for programs. */
export function libraryApi(ctx: LibraryContext): AnyRoute[] {
  return [...collectionApi(ctx), ...uploadApi(ctx), ...documentApi(ctx), ...searchApi(ctx)];
}

function collectionApi(ctx: LibraryContext): AnyRoute[] {
  const one = `${ROOT}/:id`;
  return [
    apiRoute({
      ...{ method: 'get', path: ROOT, access: STAFF, tag, summary: 'Sammlungen, die Sie lesen dürfen' },
      output: z.object({ items: z.array(collection) }),
      handle: async ({ actor }) => {
        const found = await collectionsFor(ctx, actor);
        return found.ok ? ok({ items: [...found.value] }) : found;
      },
    }),
    apiRoute({
      ...{ method: 'post', path: ROOT, access: STAFF, tag, summary: 'Sammlung anlegen', status: 201, body: wish },
      output: made,
      handle: ({ actor, body }) => makeCollection(ctx, actor, body),
    }),
    apiRoute({
      ...{ method: 'get', path: one, access: STAFF, tag, summary: 'Eine Sammlung, für ihre Besitzer mit den genannten Personen', params: named },
      output: collection.extend({ members: z.array(z.object({ staffId: z.string(), role: z.enum(['reader', 'editor']) })) }),
      handle: async ({ actor, params }) => {
        const found = await collectionFor(ctx, actor, params.id);
        return found.ok ? ok({ ...found.value, members: [...found.value.members] }) : found;
      },
    }),
    apiRoute({
      ...{ method: 'put', path: one, access: STAFF, tag, summary: 'Name und Freigabe einer Sammlung ändern', params: named, body: wish },
      output: made,
      handle: ({ actor, params, body }) => changeCollection(ctx, actor, params.id, body),
    }),
    apiRoute({
      ...{ method: 'delete', path: one, access: STAFF, tag, summary: 'Sammlung mit allen Dokumenten löschen', params: named },
      output: made,
      handle: ({ actor, params }) => removeCollection(ctx, actor, params.id),
    }),
    apiRoute({
      ...{ method: 'get', path: `${one}/documents`, access: STAFF, tag, summary: 'Dokumente einer Sammlung', params: named, query: pageQuery },
      output: pageOf(document),
      handle: async ({ actor, params, queryInput }) => {
        const known = await collectionFor(ctx, actor, params.id);
        if (!known.ok) return known;
        const found = await documentsOf(ctx, actor, params.id, { limit: queryInput.limit + 1, after: cursorOf(queryInput.cursor) });
        if (!found.ok) return found;
        const shown = found.value.slice(0, queryInput.limit);
        const last = found.value.length > queryInput.limit ? shown.at(-1) : undefined;
        return ok({ items: shown.map(presented), next: last === undefined ? null : encodeCursor([last.addedAt.toString(), last.id]) });
      },
    }),
  ];
}

function uploadApi(ctx: LibraryContext): AnyRoute[] {
  const added = z.object({ id: z.string(), collectionId: z.string() });
  return [
    ...[
      { path: `${ROOT}/:id/documents`, own: false, summary: 'Dokument in eine Sammlung hochladen (Feld `file`; `personal=ja` bei Personendaten)' },
      { path: DOCUMENTS, own: true, summary: 'Eigenes Dokument hochladen (Feld `file`; `personal=ja` bei Personendaten)' },
    ].map(({ path, own, summary }) =>
      apiRoute({
        ...{ method: 'post', path, access: STAFF, tag, summary, upload: true, status: 202 },
        ...(own ? {} : { params: named }),
        output: added,
        handle: async ({ actor, params, files, fields }) => {
          const file = files.find(({ field }) => field === 'file');
          if (file === undefined) return refuse(invalidField('file', 'Schicken Sie eine Datei im Feld «file».'));
          return addDocument(ctx, actor, own ? 'own' : (params as { id: string }).id, { ...file, personal: fields.get('personal') === 'ja' });
        },
      }),
    ),
  ];
}

function documentApi(ctx: LibraryContext): AnyRoute[] {
  const one = `${DOCUMENTS}/:id`;
  return [
    apiRoute({
      ...{ method: 'get', path: one, access: STAFF, tag, summary: 'Ein Dokument: Stand und Angaben', params: named },
      output: document.extend({ edits: z.boolean() }),
      handle: async ({ actor, params }) => {
        const found = await documentFor(ctx, actor, params.id);
        return found.ok ? ok({ ...presented(found.value), edits: found.value.edits }) : found;
      },
    }),
    apiRoute({
      ...{
        method: 'get',
        path: `${one}/pages/:number`,
        access: STAFF,
        tag,
        summary: 'Text einer Seite',
        params: named.extend({ number: z.coerce.number().int().min(1).max(100_000) }),
      },
      output: readPage,
      handle: async ({ actor, params }) => {
        const found = await readPages(ctx, actor, params.id, params.number);
        if (!found.ok) return found;
        const [page] = found.value.pages;
        if (page === undefined)
          return refuse({ kind: 'not-found', detail: 'Diese Seite gibt es nicht oder noch nicht. Fragen Sie den Stand des Dokuments ab.' });
        return ok({ number: page.number, text: page.text, ocr: page.ocr, tables: page.tables.map((rows) => rows.map((row) => [...row])) });
      },
    }),
    dataRoute('get', `${one}/original`, STAFF, async (visit) => {
      const found = await originalOf(ctx, visit.actor, visit.params['id']!);
      if (!found.ok) return dataRefusal(found.problem, visit, { status: problemStatus(found.problem) });
      const headers = {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      };
      return { status: 200, headers, body: found.value.bytes };
    }),
    apiRoute({
      ...{ method: 'post', path: `${one}/stop`, access: STAFF, tag, summary: 'Das Lesen eines Dokuments anhalten', params: named },
      output: made,
      handle: ({ actor, params }) => stopDocument(ctx, actor, params.id),
    }),
    apiRoute({
      ...{ method: 'delete', path: one, access: STAFF, tag, summary: 'Dokument löschen', params: named },
      output: z.object({ collectionId: z.string() }),
      handle: ({ actor, params }) => removeDocument(ctx, actor, params.id),
    }),
  ];
}

function searchApi(ctx: LibraryContext): AnyRoute[] {
  return [
    apiRoute({
      ...{ method: 'post', path: '/api/assistant/passages/search', access: STAFF, tag, summary: 'Passagen suchen: nur in dem, was Sie lesen dürfen' },
      body: z.object({
        query: z.string().max(2000),
        collections: z.array(z.string()).max(200).default([]),
        documents: z.array(z.string()).max(500).default([]),
        limit: z.number().int().min(1).max(100).default(10),
      }),
      output: z.object({ items: z.array(passage) }),
      handle: async ({ actor, body }) => {
        const found = await searchPassages(ctx, actor, body);
        return found.ok ? ok({ items: [...found.value] }) : found;
      },
    }),
  ];
}
