import { attributes, classes } from './attributes.ts';
import { html, type Html, type Lang } from './html.ts';
import { icon, type IconName } from './icons.ts';
import { shellTexts } from './texts.ts';

export interface SummaryRow {
  readonly label: string;
  /** Absent or empty shows "Keine Angabe". */
  readonly value?: string | Html;
  /** Leads back to the question. */
  readonly change?: { readonly href: string; readonly label?: string };
}

/** Questions and answers, each with the way back to change it. */
export function summaryList(rows: readonly SummaryRow[], lang: Lang): Html {
  const t = shellTexts(lang);
  return html`<dl class="k-summary">${rows.map(
    (row) =>
      html`<div class="k-summary__row"><dt class="k-summary__label">${row.label}</dt><dd class="k-summary__value">${
        row.value === undefined || row.value === '' ? html`<span class="k-muted">${t.notGiven}</span>` : row.value
      }</dd>${row.change === undefined ? undefined : html`<dd class="k-summary__change"><a class="kern-link" href="${row.change.href}">${row.change.label ?? t.change}<span class="kern-sr-only">: ${row.label}</span></a></dd>`}</div>`,
  )}</dl>`;
}

export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => string | number | Html | undefined;
  /** Right-aligned, figures of equal width. */
  readonly numeric?: boolean;
  /** Names the row: written as its header, and `href` of the table hangs on it. */
  readonly rowHeader?: boolean;
  /** Hidden on narrow screens when the table is not stacked. */
  readonly minor?: boolean;
  /** Sorting link of this column and its present order. */
  readonly sort?: { readonly href: string; readonly order?: 'ascending' | 'descending' };
}

export interface TableOptions<Row> {
  readonly caption: string;
  readonly lang: Lang;
  readonly captionHidden?: boolean;
  /** Said instead of rows; absent: "Keine Einträge". */
  readonly empty?: string | Html;
  /** Where a row leads; the row's header becomes the link. */
  readonly href?: (row: Row) => string;
  /** Tight rows for work. */
  readonly dense?: boolean;
  /** J, K and Enter walk the rows; can be switched off on the page. */
  readonly shortcuts?: boolean;
}

/**
 * A table; on phones each row becomes a block with its labels. The roles say again what the elements
 * are, because browsers forget it when `display` changes.
 */
export function dataTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], options: TableOptions<Row>): Html {
  const t = shellTexts(options.lang);
  if (rows.length === 0)
    return html`<div class="k-empty k-empty--small"><p class="k-empty__title">${options.caption}</p><p class="kern-body">${options.empty ?? t.noRows}</p></div>`;
  // A frame that scrolls sideways must be reachable by keyboard; links inside make it so.
  const frame = options.href === undefined ? { role: 'group', 'aria-label': options.caption, tabindex: 0 } : {};
  const table = html`<div class="k-table-frame"${attributes(frame)}><table class="${classes('kern-table k-table', options.dense === true && 'kern-table--small k-table--dense')}" role="table" data-stack>
    <caption class="${options.captionHidden === true ? 'kern-sr-only' : 'kern-title'}">${options.caption}</caption>
    <thead class="kern-table__head" role="rowgroup"><tr class="kern-table__row" role="row">${columns.map(columnHead)}</tr></thead>
    <tbody class="kern-table__body" role="rowgroup">${rows.map((row) => html`<tr class="kern-table__row" role="row">${columns.map((column) => cell(column, row, options))}</tr>`)}</tbody>
  </table></div>`;
  return options.shortcuts === true ? html`<kontor-shortcuts data-label="${t.shortcuts}" data-hint="${t.shortcutsHint}">${table}</kontor-shortcuts>` : table;
}

function columnHead<Row>(column: Column<Row>): Html {
  const names = classes('kern-table__header', column.numeric === true && 'kern-table__header--numeric', column.minor === true && 'k-minor');
  const order = column.sort?.order;
  const label =
    column.sort === undefined
      ? html`${column.label}`
      : html`<a class="k-sort" href="${column.sort.href}">${column.label}${order === undefined ? undefined : icon(order === 'ascending' ? 'arrow-up' : 'arrow-down', { size: 'small' })}</a>`;
  return html`<th${attributes({ class: names, scope: 'col', role: 'columnheader', 'aria-sort': order })}>${label}</th>`;
}

function cell<Row>(column: Column<Row>, row: Row, options: TableOptions<Row>): Html {
  const names = classes(
    column.rowHeader === true ? 'kern-table__header' : 'kern-table__cell',
    column.numeric === true && 'kern-table__cell--numeric',
    column.minor === true && 'k-minor',
  );
  const content = column.cell(row);
  const attrs = attributes({ class: names, role: column.rowHeader === true ? 'rowheader' : 'cell', 'data-label': column.label });
  if (column.rowHeader !== true) return html`<td${attrs}>${content}</td>`;
  const link = options.href === undefined ? html`${content}` : html`<a class="kern-link k-row-link" href="${options.href(row)}">${content}</a>`;
  return html`<th scope="row"${attrs}>${link}</th>`;
}

/** Sections of a page as links; each is an address of its own. @param name tells several rows of one page apart */
export function tabs(
  items: readonly { readonly label: string; readonly href: string; readonly current?: boolean; readonly count?: number }[],
  lang: Lang,
  name: string = shellTexts(lang).openTabs,
): Html {
  return html`<nav class="k-tabs" aria-label="${name}"><ul>${items.map((item) => html`<li><a${attributes({ class: 'k-tab', href: item.href, 'aria-current': item.current === true ? 'page' : undefined })}>${item.label}${item.count === undefined ? undefined : html` <span class="k-count">${item.count}</span>`}</a></li>`)}</ul></nav>`;
}

/** Where one is in a row of steps: in words, as a bar, and on wish as a list. */
export function stepper(steps: readonly { readonly label: string; readonly href?: string }[], current: number, lang: Lang): Html {
  const t = shellTexts(lang);
  return html`<div class="k-stepper"><p class="k-stepper__now"><strong>${t.step(current + 1, steps.length)}</strong>${steps[current] === undefined ? undefined : html`<span>${steps[current].label}</span>`}</p>
    <progress class="k-bar" max="${steps.length}" value="${current + 1}" aria-label="${t.step(current + 1, steps.length)}"></progress>
    <ol class="k-stepper__list">${steps.map((step, index) => stepItem(step, index, current, lang))}</ol></div>`;
}

function stepItem(step: { readonly label: string; readonly href?: string }, index: number, current: number, lang: Lang): Html {
  const t = shellTexts(lang);
  const state = index < current ? 'done' : index === current ? 'now' : 'open';
  const word = { done: t.stepDone, now: t.stepNow, open: t.stepOpen }[state];
  const label = step.href !== undefined && state !== 'now' ? html`<a class="kern-link" href="${step.href}">${step.label}</a>` : html`${step.label}`;
  return html`<li${attributes({ class: `k-step k-step--${state}`, 'aria-current': state === 'now' ? 'step' : undefined })}><span class="k-step__mark" aria-hidden="true">${state === 'done' ? icon('check', { size: 'small' }) : index + 1}</span><span>${label}<span class="kern-sr-only"> (${word})</span></span></li>`;
}

export interface TimelineItem {
  /** Written as it should be read, e.g. by `formatInstant`. */
  readonly when: string;
  /** Machine form for `<time datetime>`. */
  readonly iso?: string;
  readonly title: string;
  readonly body?: string | Html;
  readonly icon?: IconName;
  readonly kind?: 'done' | 'now' | 'coming' | 'danger';
}

/** What happened and what comes, newest or oldest first as given. */
export function timeline(items: readonly TimelineItem[]): Html {
  return html`<ol class="k-timeline">${items.map(
    (item) =>
      html`<li class="k-timeline__item k-timeline__item--${item.kind ?? 'done'}"><span class="k-timeline__mark">${icon(item.icon ?? 'circle', { size: 'small' })}</span><div class="k-timeline__text"><p class="k-timeline__when">${
        item.iso === undefined ? item.when : html`<time datetime="${item.iso}">${item.when}</time>`
      }</p><p class="k-timeline__title">${item.title}</p>${item.body === undefined ? undefined : html`<div class="k-timeline__body">${item.body}</div>`}</div></li>`,
  )}</ol>`;
}
