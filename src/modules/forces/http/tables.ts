import { badge } from '../../../platform/ui/alert.ts';
import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { ForceRecord, RecordKind } from '../domain/records.ts';
import { isOverdue, nameOf } from '../application/reading.ts';
import { printStrength } from '../../../kernel/strength.ts';
import type { ForcesSummary, Gap, Sum } from '../domain/summary.ts';
import { wordOf } from './form-fields.ts';
import { PATHS } from './schemas.ts';
import { forcesTexts } from './texts.ts';

/** The word for where a thing stands; materials have none. */
export function stateOf({ body }: ForceRecord, lang: Lang): string {
  if ('status' in body) return wordOf(lang, body.status);
  return 'state' in body ? wordOf(lang, body.state) : '';
}

function figuresOf({ body }: ForceRecord, lang: Lang): string {
  if ('strength' in body) return printStrength(body.strength);
  if ('priority' in body) return wordOf(lang, body.priority);
  if ('quantity' in body) return `${body.fulfilled} / ${body.quantity}`;
  return 'capacity' in body ? `${body.occupancy} / ${body.capacity}` : `${body.stock} ${body.unitOfCount}`;
}

const dueOf = ({ body }: ForceRecord): string | null =>
  'reliefAt' in body ? body.reliefAt : 'deadline' in body ? body.deadline : 'neededBy' in body ? body.neededBy : null;

function due(record: ForceRecord, now: Temporal.Instant, lang: Lang): Html | string {
  const at = dueOf(record);
  if (at === null) return '';
  const text = formatInstant(lang, Temporal.Instant.from(at));
  return isOverdue(record, at, now) ? html`${text} ${badge('danger', forcesTexts(lang).overdue)}` : text;
}

/** Things of one kind, by number. @param member whose own unit is marked */
export function recordTable(kind: RecordKind, records: readonly ForceRecord[], key: string, member: string, now: Temporal.Instant, lang: Lang): Html {
  const t = forcesTexts(lang);
  const own = ({ body }: ForceRecord): boolean => 'memberId' in body && body.memberId === member;
  const columns: Column<ForceRecord>[] = [
    { label: t.number, numeric: true, cell: ({ number }) => String(number) },
    { label: t.name, rowHeader: true, cell: (record) => (own(record) ? `${nameOf(record)} (${t.own})` : nameOf(record)) },
    { label: t.state, cell: (record) => stateOf(record, lang) },
    { label: t.figures, cell: (record) => figuresOf(record, lang) },
    { label: t.due, cell: (record) => due(record, now, lang) },
    { label: t.changed, cell: ({ changedAt }) => formatInstant(lang, changedAt) },
    { label: t.by, cell: ({ changedBy }) => changedBy },
  ];
  return dataTable(columns, records, {
    caption: t[kind],
    captionHidden: true,
    lang,
    empty: t.none,
    dense: true,
    shortcuts: true,
    href: ({ id }) => `/lagen/${key}/${PATHS[kind]}/${id}`,
  });
}

const GAP_PATHS: Readonly<Record<Gap['kind'], string>> = {
  request: 'anforderungen/',
  'section-without-leader': 'stab#',
  'relief-due': 'kraefte/',
  'task-without-unit': 'auftraege/',
  'task-overdue': 'auftraege/',
  'shelter-full': 'unterkuenfte/',
};

/** Sums of strength, and what is missing. */
export function summaryParts({ total, byOrganisation, byStatus, gaps }: ForcesSummary, key: string, lang: Lang): Html {
  const t = forcesTexts(lang);
  const sums = (rows: readonly Sum[], caption: string): Html =>
    dataTable<Sum>(
      [
        { label: caption, rowHeader: true, cell: ({ name }) => wordOf(lang, name) },
        { label: t.unit, numeric: true, cell: ({ units }) => String(units) },
        { label: t.sums, numeric: true, cell: ({ strength }) => printStrength(strength) },
      ],
      rows,
      { caption, captionHidden: true, lang, dense: true },
    );
  const missing = gaps.map(({ kind, id, title, missing: count }) => {
    const words = count === undefined ? wordOf(lang, kind) : `${wordOf(lang, kind)} ${count}`;
    return html`<li><a class="kern-link" href="/lagen/${key}/${GAP_PATHS[kind]}${kind === 'section-without-leader' ? '' : id}">${words}: ${title}</a></li>`;
  });
  return html`${section(`${t.sums}: ${printStrength(total)}`, html`${sums(byOrganisation, wordOf(lang, 'organisation'))}${sums(byStatus, t.state)}`)}${gaps.length === 0 ? '' : section(t.gaps, html`<ul class="kern-list">${missing}</ul>`)}`;
}
