import type { FoundPassage } from '../../../kernel/passage.ts';
import { invalidField, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { encodeCursor } from '../../../platform/http/paging.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { changeCollection, collectionFor, collectionsFor, colleaguesOf, makeCollection, removeCollection } from '../application/collections.ts';
import type { LibraryContext } from '../application/context.ts';
import { addDocument, documentFor, documentsOf, originalOf, readPages, removeDocument, stopDocument } from '../application/documents.ts';
import { searchPassages } from '../application/search-passages.ts';
import { libraryApi } from './api.ts';
import { readWish, type SharingChoices, type Typed } from './collection-forms.ts';
import { listPage, onePage, removePage, sharePage } from './collection-pages.ts';
import { documentPage } from './document-pages.ts';
import { COLLECTIONS, cursorOf, DOCUMENTS, STAFF, type Frame } from './frame.ts';
import { libraryTexts } from './texts.ts';

const SHOWN = 50;
const FOUND = 10;

/** Every route of the module: collections, documents, and the API that does the same. */
export function libraryRoutes(ctx: LibraryContext, frame: Frame): AnyRoute[] {
  return [...listRoutes(ctx, frame), ...collectionRoutes(ctx, frame), ...documentRoutes(ctx, frame), ...libraryApi(ctx)];
}

function listRoutes(ctx: LibraryContext, frame: Frame): AnyRoute[] {
  return [
    getPage(COLLECTIONS, STAFF, (visit) => list(ctx, frame, visit)),
    postPage(COLLECTIONS, STAFF, async (visit) => {
      const made = await makeCollection(ctx, visit.actor, readWish(visit.fields));
      return made.ok ? redirect(`${COLLECTIONS}/${made.value.id}`) : list(ctx, frame, visit, typedOf(visit, made.problem));
    }),
    postPage(`${COLLECTIONS}/eigene/dokumente`, STAFF, async (visit) => {
      const done = await upload(ctx, visit, 'own');
      return done.problem === undefined ? redirect(`${COLLECTIONS}/${done.collectionId}`) : list(ctx, frame, visit, typedOf(visit, done.problem));
    }),
  ];
}

const typedOf = (visit: FormVisit, problem: Problem): Typed => ({
  fields: visit.fields,
  problems: problem.fields ?? [{ field: 'file', message: problem.detail }],
});

async function choicesOf(ctx: LibraryContext, { actor }: Visit): Promise<SharingChoices> {
  const authorities = actor.kind === 'staff' ? actor.authorities.map((id) => ({ id, name: ctx.authorityName(id) })) : [];
  return { colleagues: await colleaguesOf(ctx, actor), authorities };
}

async function list(ctx: LibraryContext, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  const collections = await collectionsFor(ctx, visit.actor);
  if (!collections.ok) return problemPage(collections.problem);
  const { query, found } = await searched(ctx, visit, {});
  const body = listPage(frame(visit), { collections: collections.value, choices: await choicesOf(ctx, visit), query, found, typed });
  return answerHtml(body, typed === undefined ? 200 : 422);
}

async function searched(
  ctx: LibraryContext,
  visit: Visit,
  where: { readonly collections?: readonly string[]; readonly documents?: readonly string[] },
): Promise<{ readonly query: string; readonly found: readonly FoundPassage[] | undefined }> {
  const query = (visit.query.get('frage') ?? '').trim();
  if (query === '') return { query, found: undefined };
  const found = await searchPassages(ctx, visit.actor, { query, ...where, limit: FOUND });
  return { query, found: found.ok ? found.value : [] };
}

/** Takes all files of a form; stops at the first that is refused and names it. */
async function upload(ctx: LibraryContext, visit: FormVisit, collection: string): Promise<{ readonly collectionId: string; readonly problem?: Problem }> {
  const files = visit.files.filter(({ field, fileName }) => field === 'file' && fileName !== '');
  if (files.length === 0) return { collectionId: collection, problem: invalidField('file', libraryTexts(visit.lang).missing) };
  let collectionId = collection;
  for (const file of files) {
    const added = await addDocument(ctx, visit.actor, collection, { ...file, personal: visit.fields.get('personal') === 'ja' });
    if (!added.ok)
      return {
        collectionId,
        problem:
          added.problem.kind === 'not-found' || added.problem.kind === 'not-allowed'
            ? added.problem
            : invalidField('file', `${file.fileName}: ${added.problem.detail}`),
      };
    collectionId = added.value.collectionId;
  }
  return { collectionId };
}

function collectionRoutes(ctx: LibraryContext, frame: Frame): AnyRoute[] {
  const one = `${COLLECTIONS}/:id`;
  return [
    getPage(one, STAFF, (visit) => collection(ctx, frame, visit)),
    postPage(`${one}/dokumente`, STAFF, async (visit) => {
      const done = await upload(ctx, visit, visit.params['id']!);
      if (done.problem === undefined) return redirect(`${COLLECTIONS}/${visit.params['id']!}`);
      return done.problem.fields === undefined
        ? problemPage(done.problem)
        : collection(ctx, frame, visit, { fields: visit.fields, problems: done.problem.fields });
    }),
    getPage(`${one}/freigabe`, STAFF, (visit) => share(ctx, frame, visit)),
    postPage(`${one}/freigabe`, STAFF, async (visit) => {
      const done = await changeCollection(ctx, visit.actor, visit.params['id']!, readWish(visit.fields));
      if (done.ok) return redirect(`${COLLECTIONS}/${visit.params['id']!}`);
      return done.problem.fields === undefined ? problemPage(done.problem) : share(ctx, frame, visit, { fields: visit.fields, problems: done.problem.fields });
    }),
    getPage(`${one}/loeschen`, STAFF, (visit) => remove(ctx, frame, visit)),
    postPage(`${one}/loeschen`, STAFF, async (visit) => {
      if (visit.fields.get('confirm') !== 'ja') return remove(ctx, frame, visit, [{ field: 'confirm', message: libraryTexts(visit.lang).confirmMissing }]);
      const done = await removeCollection(ctx, visit.actor, visit.params['id']!);
      return done.ok ? redirect(COLLECTIONS) : problemPage(done.problem);
    }),
  ];
}

async function collection(ctx: LibraryContext, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  const id = visit.params['id']!;
  const found = await collectionFor(ctx, visit.actor, id);
  if (!found.ok) return problemPage(found.problem);
  const documents = await documentsOf(ctx, visit.actor, id, { limit: SHOWN + 1, after: cursorOf(visit.query.get('nach')) });
  if (!documents.ok) return problemPage(documents.problem);
  const shown = documents.value.slice(0, SHOWN);
  const last = documents.value.length > SHOWN ? shown.at(-1) : undefined;
  const next = last === undefined ? undefined : encodeCursor([last.addedAt.toString(), last.id]);
  const result = await searched(ctx, visit, { collections: [id] });
  return answerHtml(onePage(frame(visit), { collection: found.value, documents: shown, next, ...result, typed }), typed === undefined ? 200 : 422);
}

async function share(ctx: LibraryContext, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  const found = await collectionFor(ctx, visit.actor, visit.params['id']!);
  if (!found.ok) return problemPage(found.problem);
  return answerHtml(sharePage(frame(visit), found.value, await choicesOf(ctx, visit), typed), typed === undefined ? 200 : 422);
}

async function remove(ctx: LibraryContext, frame: Frame, visit: Visit, problems?: readonly FieldProblem[]): Promise<Answer> {
  const found = await collectionFor(ctx, visit.actor, visit.params['id']!);
  if (!found.ok) return problemPage(found.problem);
  const typed = problems === undefined ? undefined : { fields: new URLSearchParams(), problems };
  return answerHtml(removePage(frame(visit), found.value, typed), typed === undefined ? 200 : 422);
}

const numberOf = (text: string | null): number | undefined => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined);

function documentRoutes(ctx: LibraryContext, frame: Frame): AnyRoute[] {
  const one = `${DOCUMENTS}/:id`;
  return [
    getPage(one, STAFF, (visit) => showDocument(ctx, frame, visit)),
    getPage(`${one}/original`, STAFF, async (visit) => {
      const found = await originalOf(ctx, visit.actor, visit.params['id']!);
      if (!found.ok) return problemPage(found.problem);
      // somebody else's file: handed on as bytes, shown by nobody here
      return { kind: 'file', bytes: found.value.bytes, mediaType: 'application/octet-stream', fileName: found.value.document.fileName };
    }),
    postPage(`${one}/anhalten`, STAFF, async (visit) => {
      const done = await stopDocument(ctx, visit.actor, visit.params['id']!);
      return done.ok ? redirect(`${DOCUMENTS}/${visit.params['id']!}`) : problemPage(done.problem);
    }),
    postPage(`${one}/loeschen`, STAFF, async (visit) => {
      const done = await removeDocument(ctx, visit.actor, visit.params['id']!);
      return done.ok ? redirect(`${COLLECTIONS}/${done.value.collectionId}`) : problemPage(done.problem);
    }),
  ];
}

async function showDocument(ctx: LibraryContext, frame: Frame, visit: Visit): Promise<Answer> {
  const id = visit.params['id']!;
  const number = numberOf(visit.query.get('seite')) ?? 1;
  const known = await documentFor(ctx, visit.actor, id);
  if (!known.ok) return problemPage(known.problem);
  // a page that is not read yet, or not at all, is nothing that anybody has read
  const read = known.value.pagesDone === 0 ? undefined : await readPages(ctx, visit.actor, id, number);
  if (read !== undefined && !read.ok) return problemPage(read.problem);
  const [start, end] = [numberOf(visit.query.get('von')), numberOf(visit.query.get('bis'))];
  const result = await searched(ctx, visit, { documents: [id] });
  const shown = read?.value.pages[0];
  const mark = start === undefined || end === undefined ? undefined : { start, end };
  return answerHtml(
    documentPage(frame(visit), { document: known.value, number, shown, mark, ...result }),
    shown === undefined && known.value.pagesDone > 0 ? problemStatus(NO_PAGE) : 200,
  );
}

const NO_PAGE: Problem = { kind: 'not-found', detail: '' };
