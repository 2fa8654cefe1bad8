import type { Problem } from '../../../kernel/problem.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { numberField, textArea } from '../../../platform/ui/form.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, errorOf, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import { typedMm } from '../application/mark-form.ts';
import type { OpenSheet, ShownMark } from '../application/open-sheet.ts';
import { MARK_FORM } from './sheet-picture.ts';
import { sheetTexts, type SheetTexts } from './texts.ts';

/** A form that came and was not saved: refused, or a place was picked. */
export interface Sent {
  readonly fields: URLSearchParams;
  readonly problem?: Problem;
}

const KIND_BADGES = { vermerk: 'info', auflage: 'warning', gruen: 'success', ungueltig: 'danger' } as const;

export const kindName = (t: SheetTexts, kind: ShownMark['kind']): string =>
  ({ vermerk: t.kindVermerk, auflage: t.kindAuflage, gruen: t.kindGruen, ungueltig: t.kindUngueltig })[kind];

/** The entries as a list: the equal of the marks on the picture. */
export function markList(sheet: OpenSheet, base: string, lang: Lang, nameOf: (ref: string) => string): Html {
  const t = sheetTexts(lang);
  const { marks, changeable, view } = sheet;
  const officer = base.startsWith('/eingang/');
  const empty = officer || view.decided ? t.noMarks : t.marksLater;
  const list = html`<ol class="k-sheet__list">${marks.map((mark) => markItem(mark, { base, lang, changeable, nameOf }))}</ol>`;
  const note = officer && !changeable ? html`<p class="k-muted">${t.closed}</p>` : html``;
  return section(t.marks, html`${marks.length === 0 ? html`<p class="kern-body">${empty}</p>` : list}${note}`, { id: 'eintraege' });
}

interface Item {
  readonly base: string;
  readonly lang: Lang;
  readonly changeable: boolean;
  readonly nameOf: (ref: string) => string;
}

function markItem(mark: ShownMark, { base, lang, changeable, nameOf }: Item): Html {
  const t = sheetTexts(lang);
  const { number, kind, text, page, xMm, yMm, writtenBy, writtenAt, id, version } = mark;
  const context = `${t.marks} ${number}`;
  const author = writtenBy === undefined || writtenAt === undefined ? '' : html`<p class="k-muted">${nameOf(writtenBy)}, ${formatInstant(lang, writtenAt)}</p>`;
  const actions =
    changeable && id !== undefined && version !== undefined
      ? html`${linkButton({ label: t.change, href: `${base}?seite=${page}&eintrag=${id}#${MARK_FORM}`, kind: 'tertiary', small: true, context })}${buttonForm(`${base}/eintrag/${id}/entfernen`, { label: t.remove, kind: 'tertiary', small: true, context }, { version: String(version) })}`
      : html``;
  return html`<li id="eintrag-${number}" class="k-sheet__entry"><span class="k-sheet__number k-sheet__number--${kind}" aria-hidden="true">${number}</span><div><p class="k-sheet__head"><span class="kern-sr-only">Nr. ${number}: </span>${badge(KIND_BADGES[kind], kindName(t, kind))}</p>${text === '' ? '' : html`<p class="kern-body k-typed" lang="de">${text}</p>`}<p class="k-muted">${t.where(page, typedMm(xMm), typedMm(yMm))}</p>${author}<div class="k-buttons">${linkButton({ label: t.show, href: `${base}?seite=${page}#blatt`, kind: 'tertiary', small: true, context })}${actions}</div></div></li>`;
}

/** The form of an entry: a new one, or one to be changed. Nothing for those who may not. */
export function markForm(sheet: OpenSheet, base: string, lang: Lang, at: { page: number; editing: ShownMark | undefined; sent: Sent | undefined }): Html {
  if (!sheet.changeable) return html``;
  const t = sheetTexts(lang);
  const { editing, sent, page } = at;
  const problems = sent?.problem?.fields ?? [];
  const before: Readonly<Record<string, string>> =
    editing === undefined
      ? { page: String(page) }
      : { page: String(editing.page), xMm: typedMm(editing.xMm), yMm: typedMm(editing.yMm), kind: editing.kind, text: editing.text };
  const field = (name: string) => ({ name, lang, value: sent?.fields.get(name) ?? before[name] ?? '', ...errorOf(problems, name) });
  const kinds = [
    { value: 'vermerk', label: t.kindVermerk, hint: t.hintVermerk },
    { value: 'auflage', label: t.kindAuflage, hint: t.hintAuflage },
    { value: 'gruen', label: t.kindGruen, hint: t.hintGruen },
    { value: 'ungueltig', label: t.kindUngueltig, hint: t.hintUngueltig },
  ];
  // after a conflict the version seen is the one that is there now
  const version = sent?.problem?.kind === 'conflict' ? editing?.version : (sent?.fields.get('version') ?? editing?.version);
  const hidden: Readonly<Record<string, string>> = editing === undefined ? {} : { mark: editing.id ?? '', version: String(version ?? '') };
  const cancel = editing === undefined ? undefined : linkButton({ label: t.cancel, href: `${base}?seite=${page}#eintraege`, kind: 'secondary' });
  return section(
    editing === undefined ? t.enter : t.changing(editing.number),
    form(
      { action: `${base}/eintrag`, id: MARK_FORM, hidden },
      html`${radioGroup({ ...field('kind'), label: t.kind, options: kinds })}
${textArea({ ...field('text'), label: t.text, hint: t.textHint, required: false, rows: 4, maxLength: 1000 })}
<p class="kern-hint">${t.placeHint}</p>
${numberField({ ...field('page'), label: t.pageField })}
${numberField({ ...field('xMm'), label: t.x, unit: 'mm', decimal: true })}
${numberField({ ...field('yMm'), label: t.y, unit: 'mm', decimal: true })}
${buttonRow(button({ label: editing === undefined ? t.save : t.saveChange }), cancel)}`,
    ),
    { id: 'eintragen' },
  );
}
