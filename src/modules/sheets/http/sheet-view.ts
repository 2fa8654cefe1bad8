import { alert } from '../../../platform/ui/alert.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { errorSummary, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatBytes, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page as wholePage, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { CaseDocument } from '../application/context.ts';
import { levels } from '../application/mark-form.ts';
import type { OpenSheet, ShownMark } from '../application/open-sheet.ts';
import type { ShownPage } from '../application/pictures.ts';
import { markForm, markList, type Sent } from './mark-parts.ts';
import { sheetPicture } from './sheet-picture.ts';
import { sheetTexts } from './texts.ts';

/** What the page of a sheet shows. */
export interface SheetPage {
  readonly sheet: OpenSheet;
  /** The page drawn, or why there is none, as a sentence. */
  readonly shown: ShownPage | string;
  readonly editing: ShownMark | undefined;
  readonly sent?: Sent | undefined;
  readonly done?: string | undefined;
  /** A place was picked; nothing is saved yet. */
  readonly picked?: boolean;
  readonly nameOf: (ref: string) => string;
}

/** Address of a sheet for this kind of reader. */
export const sheetBase = (officer: boolean, caseId: string, uploadId: string): string => `/${officer ? 'eingang' : 'vorgang'}/${caseId}/unterlagen/${uploadId}`;
const fileHref = (officer: boolean, caseId: string, uploadId: string): string => `/${officer ? 'eingang' : 'antrag'}/${caseId}/datei/${uploadId}`;

/** A sheet: its page, what is entered on it, its words and its versions. */
export function sheetPage(view: PageView, officer: boolean, parts: SheetPage): Html {
  const { lang } = view;
  const t = sheetTexts(lang);
  const { sheet, shown, sent, done, editing, nameOf } = parts;
  const { document, view: found } = sheet;
  const base = sheetBase(officer, found.id, document.id);
  const problems = sent?.problem?.fields ?? [];
  const main = html`${sent?.problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? sent.problem.detail : undefined)}
${done === undefined ? '' : alert('success', done === 'entfernt' ? t.removed : t.saved, undefined, { live: true })}
${parts.picked === true ? alert('info', t.picked, undefined, { live: true }) : ''}
${pageTitle(document.fileName, { preline: document.label[lang], lead: `${t.versionOf(document.version)}, ${found.fileNumber}` })}
${facts(sheet, officer, lang)}
${typeof shown === 'string' ? alert('warning', t.notShown, shown) : html`<div class="k-sheet-view"><div id="blatt">${pageLinks(shown, base, lang)}${sheetPicture(sheet, shown, base, lang)}${levelLinks(shown, base, lang)}${wordsPart(shown, lang)}</div><div>${markList(sheet, base, lang, nameOf)}${markForm(sheet, base, lang, { page: shown.page, editing, sent })}</div></div>`}`;
  return wholePage(view, {
    title: `${document.fileName}, ${found.fileNumber}`,
    main,
    wide: true,
    scripts: ['sheet'],
    hasErrors: sent?.problem !== undefined,
    breadcrumb: [{ label: found.fileNumber, href: `/${officer ? 'eingang' : 'vorgang'}/${found.id}` }, { label: document.fileName }],
  });
}

function facts({ document, view }: OpenSheet, officer: boolean, lang: Lang): Html {
  const t = sheetTexts(lang);
  const versions = rowOf(view.documents, document);
  const href = (one: CaseDocument): string => sheetBase(officer, view.id, one.id);
  const others = versions.filter((one) => one.id !== document.id);
  const links = [
    linkButton({ label: t.download, href: fileHref(officer, view.id, document.id), kind: 'secondary', small: true, icon: 'open-in-new' }),
    ...others.flatMap((one) => [
      linkButton({ label: t.versionOf(one.version), href: href(one), kind: 'tertiary', small: true }),
      linkButton({ label: t.compareWith(one.version), href: compareHref(officer, view.id, document, one), kind: 'tertiary', small: true }),
    ]),
  ];
  return html`${factList([
    { label: t.version, value: `${document.version}, ${document.current ? t.newest : t.replaced}` },
    { label: t.takenOn, value: formatInstant(lang, document.uploadedAt) },
    { label: t.from, value: document.by === 'authority' ? view.authorityName : officer ? view.applicant : t.applicant },
    { label: t.size, value: formatBytes(lang, document.sizeBytes) },
  ])}<div class="k-buttons">${links}</div>${accordion(t.checksum, html`<p class="kern-body k-typed">${document.sha256}</p>`)}`;
}

/** The newer of two versions, compared with the older. */
export function compareHref(officer: boolean, caseId: string, a: CaseDocument, b: CaseDocument): string {
  const [older, newer] = a.version < b.version ? [a, b] : [b, a];
  return `${sheetBase(officer, caseId, newer.id)}/vergleich/${older.id}`;
}

/** All versions of the file that this one is a version of, oldest first. */
export function rowOf(documents: readonly CaseDocument[], one: CaseDocument): CaseDocument[] {
  const row = [one];
  for (let before = documents.find(({ id }) => id === row[0]!.former); before !== undefined; before = documents.find(({ id }) => id === row[0]!.former))
    row.unshift(before);
  for (
    let next = documents.find(({ former }) => former === row.at(-1)!.id);
    next !== undefined;
    next = documents.find(({ former }) => former === row.at(-1)!.id)
  )
    row.push(next);
  return row;
}

function pageLinks({ page, count, level }: ShownPage, base: string, lang: Lang): Html {
  const t = sheetTexts(lang);
  if (count === 1) return html``;
  const link = (to: number): Html => linkButton({ label: t.page(to, count), href: `${base}?seite=${to}&stufe=${level}#blatt`, kind: 'tertiary', small: true });
  return html`<nav class="k-buttons" aria-label="${t.pages}">${page > 1 ? link(page - 1) : ''}<strong aria-current="page">${t.page(page, count)}</strong>${page < count ? link(page + 1) : ''}</nav>`;
}

function levelLinks({ page, level }: ShownPage, base: string, lang: Lang): Html {
  const t = sheetTexts(lang);
  const names = t.level.split('|');
  const links = levels().map(
    (one) =>
      html`<a${attributes({ class: 'kern-link', href: `${base}?seite=${page}&stufe=${one}#blatt`, 'aria-current': one === level ? 'true' : undefined })}>${names[one]}</a>`,
  );
  return html`<nav class="k-sheet__levels" aria-label="${t.levels}">${links}</nav>`;
}

function wordsPart({ words }: ShownPage, lang: Lang): Html {
  const t = sheetTexts(lang);
  return accordion(t.words, words.trim() === '' ? t.noWords : html`<p class="kern-body k-typed" lang="de">${words}</p>`);
}
