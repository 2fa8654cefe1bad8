import type { FoundPassage } from '../../../kernel/passage.ts';
import { alert, badge } from '../../../platform/ui/alert.ts';
import { button, buttonForm, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { numberField } from '../../../platform/ui/form.ts';
import { formatBytes, formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, progressBar, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OpenDocumentView, ShownPage } from '../application/documents.ts';
import { crumbs, stateBadge } from './collection-pages.ts';
import { COLLECTIONS, DOCUMENTS } from './frame.ts';
import { searchPart } from './search-part.ts';
import { libraryTexts } from './texts.ts';

export interface DocumentView {
  readonly document: OpenDocumentView;
  readonly number: number;
  readonly shown: ShownPage | undefined;
  /** What is marked on the page: UTF-16 offsets. */
  readonly mark?: { readonly start: number; readonly end: number } | undefined;
  readonly query: string;
  readonly found?: readonly FoundPassage[] | undefined;
}

/** A document page by page, with a passage marked where the address names one. */
export function documentPage(view: PageView, { document, number, shown, mark, query, found }: DocumentView): Html {
  const { lang } = view;
  const t = libraryTexts(lang);
  const here = `${DOCUMENTS}/${document.id}`;
  const title = document.title;
  const running = document.state === 'waiting' || document.state === 'reading';
  const progress = running
    ? html`${progressBar(t.state, document.pagesDone, Math.max(1, document.pages), t.reading(formatNumber(lang, document.pagesDone), formatNumber(lang, document.pages)))}
${buttonRow(linkButton({ label: t.refresh, href: here, kind: 'secondary' }))}${document.edits ? buttonForm(`${here}/anhalten`, { label: t.stop, kind: 'tertiary' }) : ''}`
    : '';
  const failed = document.problem === null ? '' : alert('danger', t.failed, document.problem);
  const hints =
    document.warnings.length === 0 ? '' : alert('info', t.hints, html`<ul>${document.warnings.map(({ detail }) => html`<li lang="de">${detail}</li>`)}</ul>`);
  return page(view, {
    title,
    main: html`${pageTitle(title)}${failed}${progress}${hints}${document.state === 'ready' ? searchPart(lang, here, t.searchDocument, query, found) : ''}
${document.pagesDone === 0 ? '' : section(t.of(formatNumber(lang, number), formatNumber(lang, document.pages)), pagePart(lang, here, { document, number, shown, mark, query }), { id: 'seite' })}
${section(t.document, facts(document, lang), { id: 'angaben' })}
${buttonRow(
  linkButton({ label: t.original, href: `${here}/original`, kind: 'secondary' }),
  linkButton({ label: t.back, href: `${COLLECTIONS}/${document.collectionId}`, kind: 'tertiary' }),
)}${document.edits ? buttonForm(`${here}/loeschen`, { label: t.remove, kind: 'tertiary', context: title }) : ''}`,
    breadcrumb: crumbs(lang, { label: t.collection, href: `${COLLECTIONS}/${document.collectionId}` }, { label: title }),
  });
}

function facts(document: OpenDocumentView, lang: Lang): Html {
  const t = libraryTexts(lang);
  return factList([
    { label: t.state, value: stateBadge(document, lang) },
    { label: t.files, value: document.fileName },
    { label: t.size, value: formatBytes(lang, document.sizeBytes) },
    { label: t.added, value: formatInstant(lang, document.addedAt) },
    { label: t.hash, value: html`<code>${document.sha256}</code>` },
    ...(document.personal ? [{ label: t.hints, value: badge('warning', t.personalMark) }] : []),
  ]);
}

function pagePart(lang: Lang, here: string, { document, number, shown, mark }: DocumentView): Html {
  const t = libraryTexts(lang);
  if (shown === undefined) return html`<p class="kern-body">${t.noPage}</p>${buttonRow(linkButton({ label: `${t.page} 1`, href: here, kind: 'secondary' }))}`;
  const words =
    shown.text === '' ? html`<p class="kern-body">${t.emptyPage}</p>` : html`<div class="k-typed" lang="de">${marked(shown.text, mark, t.place)}</div>`;
  const ways = pagination(
    {
      ...(number > 1 ? { previous: `${here}?seite=${number - 1}#seite` } : {}),
      ...(number < document.pagesDone ? { next: `${here}?seite=${number + 1}#seite` } : {}),
    },
    lang,
  );
  const jump =
    document.pages > 2
      ? form({ action: here, method: 'get' }, [
          numberField({ name: 'seite', lang, label: t.goTo, value: String(number) }),
          buttonRow(button({ label: t.goTo, kind: 'secondary' })),
        ])
      : '';
  return html`${shown.ocr ? html`<p class="kern-body">${t.ocr}</p>` : ''}${words}${ways}${jump}`;
}

/** The text with a span marked; offsets that do not fit the page mark nothing. */
function marked(text: string, mark: DocumentView['mark'], label: string): Html {
  if (mark === undefined || mark.start < 0 || mark.end > text.length || mark.start >= mark.end) return html`${text}`;
  const { start, end } = mark;
  return html`${text.slice(0, start)}<mark id="stelle" tabindex="-1" aria-label="${label}">${text.slice(start, end)}</mark>${text.slice(end)}`;
}
