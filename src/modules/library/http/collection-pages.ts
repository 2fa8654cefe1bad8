import type { FoundPassage } from '../../../kernel/passage.ts';
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { confirmField } from '../../../platform/ui/form-choices.ts';
import { formatBytes, formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { OWN_DOCUMENT_DAYS, type collectionFor, type collectionsFor } from '../application/collections.ts';
import type { documentsOf } from '../application/documents.ts';
import { uploadForm, wishForm, type SharingChoices, type Typed } from './collection-forms.ts';
import { COLLECTIONS, DOCUMENTS } from './frame.ts';
import { searchPart } from './search-part.ts';
import { libraryTexts } from './texts.ts';

type Value<F extends (...given: never[]) => unknown> = Extract<Awaited<ReturnType<F>>, { ok: true }> extends { value: infer V } ? V : never;
type OneCollection = Value<typeof collectionFor>;
type ListedCollection = Value<typeof collectionsFor>[number];
type ListedDocument = Value<typeof documentsOf>[number];

const NOTHING: Typed = { fields: new URLSearchParams(), problems: [] };
export const crumbs = (lang: Lang, ...more: readonly { readonly label: string; readonly href?: string }[]) => {
  const t = libraryTexts(lang);
  return [{ label: t.assistant, href: '/assistent' }, { label: t.title, ...(more.length === 0 ? {} : { href: COLLECTIONS }) }, ...more];
};

export interface ListView {
  readonly collections: readonly ListedCollection[];
  readonly choices: SharingChoices;
  readonly query: string;
  readonly found?: readonly FoundPassage[] | undefined;
  readonly typed?: Typed | undefined;
}

const readersOf = ({ own, readers, authority }: ListedCollection, lang: Lang, { authorities }: SharingChoices): string => {
  const t = libraryTexts(lang);
  if (own || readers !== 'authority') return t[readers];
  return authorities.find(({ id }) => id === authority)?.name ?? t.authority;
};

/** All collections that the reader may see. */
export function listPage(view: PageView, { collections, choices, query, found, typed }: ListView): Html {
  const { lang } = view;
  const t = libraryTexts(lang);
  const table = dataTable<ListedCollection>(
    [
      { label: t.collection, rowHeader: true, cell: ({ own, title }) => (own ? t.own : html`<span lang="de">${title}</span>`) },
      { label: t.documents, numeric: true, cell: ({ documents }) => formatNumber(lang, documents) },
      { label: t.readers, cell: (one) => readersOf(one, lang, choices) },
    ],
    collections,
    { caption: t.title, captionHidden: true, lang, empty: t.none, href: ({ id }) => `${COLLECTIONS}/${id}` },
  );
  const problems = typed?.problems ?? [];
  return page(view, {
    title: t.title,
    main: html`${errorSummary(problems, lang)}${pageTitle(t.title, { lead: t.lead })}${searchPart(lang, COLLECTIONS, t.searchIn, query, found)}${table}
${section(t.own, uploadForm(lang, 'eigene', problems), { id: 'eigene' })}
${section(t.new, wishForm(lang, COLLECTIONS, t.make, choices, typed ?? NOTHING), { id: 'neu' })}`,
    wide: true,
    hasErrors: typed !== undefined,
    breadcrumb: crumbs(lang),
  });
}

export interface OneView {
  readonly collection: OneCollection;
  readonly documents: readonly ListedDocument[];
  readonly next?: string | undefined;
  readonly query: string;
  readonly found?: readonly FoundPassage[] | undefined;
  readonly typed?: Typed | undefined;
  readonly detail?: string | undefined;
}

/** Where a document stands, in a word. */
export function stateBadge({ state, pages, pagesDone }: ListedDocument, lang: Lang): Html {
  const t = libraryTexts(lang);
  if (state === 'reading') return badge('info', t.reading(formatNumber(lang, pagesDone), formatNumber(lang, pages)));
  return badge(state === 'ready' ? 'success' : state === 'failed' ? 'danger' : 'neutral', t[state]);
}

/** One collection: its documents, search, upload. */
export function onePage(view: PageView, { collection, documents, next, query, found, typed, detail }: OneView): Html {
  const { lang } = view;
  const t = libraryTexts(lang);
  const title = collection.own ? t.own : collection.title;
  const here = `${COLLECTIONS}/${collection.id}`;
  const table = dataTable<ListedDocument>(
    [
      {
        label: t.document,
        rowHeader: true,
        cell: (one) => html`<span lang="de">${one.title}</span>${one.personal ? html` ${badge('warning', t.personalMark)}` : ''}`,
      },
      { label: t.state, cell: (one) => stateBadge(one, lang) },
      { label: t.pages, numeric: true, cell: ({ pages }) => formatNumber(lang, pages) },
      { label: t.size, numeric: true, cell: ({ sizeBytes }) => formatBytes(lang, sizeBytes) },
      { label: t.added, cell: ({ addedAt }) => formatInstant(lang, addedAt) },
    ],
    documents,
    { caption: t.documents, captionHidden: true, lang, empty: t.noDocuments, dense: true, href: ({ id }) => `${DOCUMENTS}/${id}` },
  );
  const running = documents.some(({ state }) => state === 'waiting' || state === 'reading');
  const refresh = running ? buttonRow(linkButton({ label: t.refresh, href: here, kind: 'secondary' })) : '';
  const problems = typed?.problems ?? [];
  const owns = collection.owns && !collection.own;
  const links = owns
    ? buttonRow(
        linkButton({ label: t.share, href: `${here}/freigabe`, kind: 'secondary' }),
        linkButton({ label: t.removeCollection, href: `${here}/loeschen`, kind: 'tertiary' }),
      )
    : '';
  return page(view, {
    title,
    main: html`${errorSummary(problems, lang, detail)}${pageTitle(title, { lead: collection.own ? t.ownNote(OWN_DOCUMENT_DAYS) : collection.description })}
${searchPart(lang, here, t.searchHere, query, found)}${section(t.documents, html`${table}${refresh}${next === undefined ? '' : pagination({ next: `${here}?nach=${next}` }, lang)}`, { id: 'dokumente' })}
${collection.edits ? section(t.upload, uploadForm(lang, collection.id, problems), { id: 'hochladen' }) : ''}${links}`,
    wide: true,
    hasErrors: typed !== undefined,
    breadcrumb: crumbs(lang, { label: title }),
  });
}

/** Who reads a collection. */
export function sharePage(view: PageView, collection: OneCollection, choices: SharingChoices, typed?: Typed): Html {
  const { lang } = view;
  const t = libraryTexts(lang);
  const here = `${COLLECTIONS}/${collection.id}`;
  const known = typed ?? { fields: fieldsOf(collection), problems: [] };
  return page(view, {
    title: t.share,
    main: html`${errorSummary(known.problems, lang)}${pageTitle(t.share, { lead: collection.title })}${wishForm(lang, `${here}/freigabe`, t.save, choices, known)}`,
    hasErrors: typed !== undefined,
    breadcrumb: crumbs(lang, { label: collection.title, href: here }, { label: t.share }),
  });
}

function fieldsOf({ title, description, readers, authority, members }: OneCollection): URLSearchParams {
  const fields = new URLSearchParams({ title, description, readers, authority: authority ?? '' });
  for (const { staffId, role } of members) fields.append(role === 'editor' ? 'editors' : 'members', staffId);
  return fields;
}

/** The question before a collection goes with everything in it. */
export function removePage(view: PageView, collection: OneCollection, typed?: Typed): Html {
  const { lang } = view;
  const t = libraryTexts(lang);
  const here = `${COLLECTIONS}/${collection.id}`;
  const facts = factList([
    { label: t.collection, value: collection.title },
    { label: t.documents, value: formatNumber(lang, collection.documents) },
  ]);
  const ask = form({ action: `${here}/loeschen` }, [
    confirmField({ name: 'confirm', lang, label: t.confirm, ...errorOf(typed?.problems ?? [], 'confirm') }),
    buttonRow(button({ label: t.remove, kind: 'danger' }), linkButton({ label: t.back, href: here, kind: 'secondary' })),
  ]);
  return page(view, {
    title: t.removeCollection,
    main: html`${errorSummary(typed?.problems ?? [], lang)}${pageTitle(t.removeCollection)}${alert('warning', t.removeCollection, t.removeBody)}${facts}${ask}`,
    hasErrors: typed !== undefined,
    breadcrumb: crumbs(lang, { label: collection.title, href: here }, { label: t.removeCollection }),
  });
}
