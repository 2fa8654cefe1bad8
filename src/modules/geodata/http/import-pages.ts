import { alert, badge, type Kind } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonForm, buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatBytes, formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ImportOrder, RejectPage } from '../application/import-orders.ts';
import { HOLDINGS_PATH } from './holding-forms.ts';
import { importTexts } from './import-texts.ts';

export const IMPORTS_PATH = '/verwaltung/importe';

const KINDS: Readonly<Record<ImportOrder['state'], Kind | 'neutral'>> = {
  waiting: 'neutral',
  fetching: 'info',
  reading: 'info',
  done: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};

export function ordersTable(orders: readonly ImportOrder[], lang: Lang): Html {
  const t = importTexts(lang);
  return dataTable<ImportOrder>(
    [
      { label: t.file, rowHeader: true, cell: ({ name }) => shortName(name) },
      { label: t.collection, cell: ({ collectionTitle }) => html`<span lang="de">${collectionTitle}</span>` },
      { label: t.state, cell: ({ state }) => badge(KINDS[state], t[state]) },
      { label: t.rows, numeric: true, cell: ({ rowsRead }) => formatNumber(lang, rowsRead) },
      { label: t.rejected, numeric: true, cell: ({ rejected }) => formatNumber(lang, rejected) },
      { label: t.ordered, cell: ({ orderedAt }) => formatInstant(lang, orderedAt) },
    ],
    orders,
    { caption: t.imports, captionHidden: true, lang, empty: t.importsNone, dense: true, href: ({ id }) => `${IMPORTS_PATH}/${id}` },
  );
}

const shortName = (name: string): string => (name.length > 60 ? `${name.slice(0, 28)} … ${name.slice(-28)}` : name);

/** One import: how far it is, how the file was understood, and what was rejected. */
export function importPage(view: PageView, order: ImportOrder, { rejects, next }: RejectPage, after: number, cancels: boolean): Html {
  const { lang } = view;
  const t = importTexts(lang);
  const open = order.endedAt === null;
  const at = `${IMPORTS_PATH}/${order.id}`;
  const count = (value: number): string => formatNumber(lang, value);
  const facts = factList([
    { label: t.state, value: badge(KINDS[order.state], t[order.state]) },
    { label: t.rows, value: count(order.rowsRead) },
    { label: t.created, value: count(order.created) },
    { label: t.changedRows, value: count(order.changed) },
    { label: t.unchanged, value: count(order.unchanged) },
    { label: t.rejected, value: count(order.rejected) },
    ...(order.sizeBytes === null ? [] : [{ label: t.size, value: formatBytes(lang, order.sizeBytes) }]),
    { label: t.ordered, value: formatInstant(lang, order.orderedAt) },
    ...(order.endedAt === null ? [] : [{ label: t.ended, value: formatInstant(lang, order.endedAt) }]),
  ]);
  const running = html`${alert('info', t.progress(count(order.rowsRead)), t.resumes)}${buttonRow(
    linkButton({ label: t.reload, href: at, kind: 'secondary' }),
    cancels ? buttonForm(`${at}/abbrechen`, { label: t.cancel, kind: 'tertiary' }) : undefined,
  )}${cancels ? html`<p class="kern-body">${t.cancelHint}</p>` : ''}`;
  const message =
    order.message === null
      ? ''
      : alert(order.state === 'failed' ? 'danger' : 'info', t[order.state], html`<p class="kern-body" lang="de">${order.message}</p>`);
  const notes =
    order.notes.length === 0 ? '' : section(t.notes, html`<ul class="kern-list" lang="de">${order.notes.map((note) => html`<li>${note}</li>`)}</ul>`);
  return page(view, {
    title: t.importOf(shortName(order.name)),
    main: html`${pageTitle(t.importOf(shortName(order.name)), { lead: order.collectionTitle })}${open ? running : ''}${message}${facts}${notes}${rejectSection(order, rejects, lang)}${
      pagination({ ...(after > 0 ? { previous: at } : {}), ...(next === undefined ? {} : { next: `${at}?nach=${next}` }) }, lang) ?? ''
    }`,
    breadcrumb: [
      { label: t.administration, href: '/verwaltung' },
      { label: t.title, href: HOLDINGS_PATH },
      { label: order.collectionTitle, href: `${HOLDINGS_PATH}/${order.collectionId}` },
      { label: shortName(order.name) },
    ],
  });
}

function rejectSection({ id, rejected }: ImportOrder, rejects: RejectPage['rejects'], lang: Lang): Html {
  const t = importTexts(lang);
  const table = dataTable<RejectPage['rejects'][number]>(
    [
      { label: t.row, rowHeader: true, cell: ({ row }) => formatNumber(lang, row) },
      { label: t.reason, cell: ({ reason }) => html`<span lang="de">${reason}</span>` },
    ],
    rejects,
    { caption: t.rejects, captionHidden: true, lang, empty: t.rejectsNone, dense: true },
  );
  const all = rejected === 0 ? '' : buttonRow(linkButton({ label: t.csv, href: `${IMPORTS_PATH}/${id}/abgewiesen.csv`, kind: 'secondary' }));
  return section(t.rejects, html`${table}${all}`);
}
