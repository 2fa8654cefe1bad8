import type { Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { storedColumnsOf } from '../application/columns.ts';
import { meaningOf } from './column-texts.ts';
import type { Frame, UsageDesk } from './frame.ts';
import { texts } from './texts.ts';
import type { StoredColumn } from '../domain/kept.ts';

/** The list of every column, from the database itself. */
export async function columnsPage(desk: UsageDesk, frame: Frame, visit: Visit): Promise<Html> {
  const { lang } = visit;
  const t = texts(lang);
  const main = html`${pageTitle(t.columns, { lead: t.columnsLead })}
${dataTable<StoredColumn>(
  [
    { label: t.column, rowHeader: true, cell: ({ table, column }) => `${table}.${column}` },
    { label: t.meaning, cell: (column) => meaningOf(column)?.[lang] ?? '–' },
    { label: t.type, cell: ({ type }) => type },
  ],
  await storedColumnsOf(desk),
  { caption: t.columns, captionHidden: true, lang, dense: true },
)}
<p class="kern-body">${t.withCase}</p>`;
  return page(frame(visit), { title: t.columns, main, breadcrumb: [{ label: t.back, href: '/transparenz' }, { label: t.columns }] });
}
