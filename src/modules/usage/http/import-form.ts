import type { FieldProblem } from '../../../kernel/problem.ts';
import type { FormVisit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField, readDateField } from '../../../platform/ui/form-date.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { hiddenField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatNumber, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { MOST_BYTES, textOfFile, type TypedImport } from '../application/imports.ts';
import type { ImportedCount, ReadHistory } from '../domain/history.ts';
import { deskTexts } from './desk-texts.ts';
import { FORMATS } from './lists.ts';
import { texts } from './texts.ts';

const PATH = '/amt/nutzung/datei';
/** The source of a file, told from that of a survey on the same page. */
const SYSTEM = 'system';
const FIRST_ROWS = 10;

/** A day as it was typed, if there is such a day. */
export function dayIn(fields: URLSearchParams, name: string): Temporal.PlainDate | undefined {
  const text = readDateField(fields, name);
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text, { overflow: 'reject' }) : undefined;
  } catch {
    return undefined;
  }
}

export function typedImport({ fields, files }: Pick<FormVisit, 'fields' | 'files'>): TypedImport {
  const file = files.find((one) => one.field === 'file' && one.fileName !== '');
  return {
    source: fields.get(SYSTEM) ?? '',
    format: FORMATS.find((one) => one === fields.get('format')) ?? 'csv',
    firstDay: dayIn(fields, 'firstDay'),
    lastDay: dayIn(fields, 'lastDay'),
    text: file === undefined ? fields.getAll('text').join('') : textOfFile(file.bytes),
  };
}

/** What is wrong with a file, at the fields of its form. */
export const atImportForm = (problems: readonly FieldProblem[]): readonly FieldProblem[] =>
  problems.map((problem) => (problem.field === 'source' ? { ...problem, field: SYSTEM } : problem));

export function importForm(fields: URLSearchParams, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = deskTexts(lang);
  const sent = fields.has('format');
  const given = (name: string) => ({ lang, value: sent ? (fields.get(name) ?? '') : '', ...(sent ? errorOf(problems, name) : {}) });
  return form(
    { action: PATH, multipart: true },
    html`${textField({ ...given(SYSTEM), name: SYSTEM, label: t.source, maxLength: 200 })}
${radioGroup({
  ...given('format'),
  name: 'format',
  label: t.format,
  options: [
    { value: 'csv', label: t.csv, hint: t.csvHint },
    { value: 'matomo-csv', label: t['matomo-csv'] },
    { value: 'matomo-json', label: t['matomo-json'] },
  ],
})}
${dateField({ ...given('firstDay'), name: 'firstDay', label: t.first })}${dateField({ ...given('lastDay'), name: 'lastDay', label: t.last })}
${fileField({ name: 'file', label: t.file, lang, required: false, accept: ['text/csv', 'application/json', 'text/plain'], maxMegabytes: MOST_BYTES / 1_000_000, ...(sent ? errorOf(problems, 'file') : {}) })}
${textArea({ ...given('text'), name: 'text', label: t.text, required: false, rows: 4 })}
${buttonRow(button({ label: t.preview }))}`,
  );
}

const PIECE = 250_000;

/** Whole lines, since browsers change the break at the end of a piece. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + PIECE >= text.length ? text.length : text.lastIndexOf('\n', start + PIECE) + 1;
    const stop = end > start ? end : start + PIECE;
    pieces.push(text.slice(start, stop));
    start = stop;
  }
  return pieces;
}

const shownDay = (lang: Lang, day: string): string => formatShortDate(lang, Temporal.PlainDate.from(day));

/** What would be taken in. The text travels with the page: nothing is kept before somebody says so. */
export function previewPage(view: PageView, typed: TypedImport, read: ReadHistory): Html {
  const { lang } = view;
  const t = deskTexts(lang);
  const hidden = {
    [SYSTEM]: typed.source,
    format: typed.format,
    firstDay: typed.firstDay?.toString() ?? '',
    lastDay: typed.lastDay?.toString() ?? '',
  };
  // a field of a form holds a megabyte, the file two
  const pieces = piecesOf(typed.text).map((piece) => hiddenField('text', piece));
  const main = html`${pageTitle(t.previewTitle, { preline: typed.source })}
${factList([
  { label: t.rows, value: formatNumber(lang, read.counts.length) },
  { label: t.tooFew, value: formatNumber(lang, read.tooFew) },
])}
${dataTable<ImportedCount>(
  [
    {
      label: t.period,
      rowHeader: true,
      cell: ({ firstDay, lastDay }) => (firstDay === lastDay ? shownDay(lang, firstDay) : `${shownDay(lang, firstDay)} – ${shownDay(lang, lastDay)}`),
    },
    { label: t.measure, cell: ({ measure }) => texts(lang)[measure] },
    { label: t.subject, cell: ({ subject }) => subject },
    { label: t.count, numeric: true, cell: ({ count }) => formatNumber(lang, count) },
  ],
  read.counts.slice(0, FIRST_ROWS),
  { caption: t.firstRows, lang },
)}
${form({ action: `${PATH}/aufnehmen`, multipart: true, hidden }, html`${pieces}${buttonRow(button({ label: t.take }), linkButton({ label: t.back, href: '/amt/nutzung', kind: 'secondary' }))}`)}`;
  return page(view, { title: t.previewTitle, main });
}
