import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatDaysAfter, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { EntranceContext } from '../application/context.ts';
import { waitingNow, type Waiting, type WaitingRow } from '../application/waiting.ts';
import type { Frame } from './frame.ts';
import { placesPart } from './front-door.ts';
import { situationTexts } from './situation-texts.ts';

export function waitingRoutes(ctx: EntranceContext, frame: Frame): AnyRoute[] {
  return [getPage('/wartezeiten', 'public', async (visit) => answerHtml(waitingPage(frame(visit), await waitingNow(ctx, visit.lang))))];
}

/** How long everything takes at present, in one table, and where people wait. */
export function waitingPage(view: PageView, { rows, measuredAt, places }: Waiting): Html {
  const { lang } = view;
  const t = situationTexts(lang);
  const days = (value: number | undefined): string => (value === undefined ? t.notMeasured : formatDaysAfter(lang, value));
  const table = dataTable(
    [
      { label: t.service, cell: (row: WaitingRow) => row.name, rowHeader: true },
      { label: t.median, cell: (row) => days(row.medianDays) },
      { label: t.p80, cell: (row) => (row.p80Days === undefined ? t.none : days(row.p80Days)) },
      { label: t.promised, cell: (row) => (row.promisedWeeks === undefined ? t.none : t.weeks(row.promisedWeeks)) },
    ],
    rows,
    { caption: t.waitingTitle, captionHidden: true, lang, href: (row) => `/leistungen/${row.service}` },
  );
  const age = measuredAt === undefined ? alert('info', t.never) : html`<p class="k-muted">${t.asOf(formatInstant(lang, measuredAt))}</p>`;
  const main = html`${pageTitle(t.waitingTitle, { lead: t.waitingLead })}${table}<p class="kern-body"><a class="kern-link" href="/strategie/kennzahlen/days-median">${t.otherDays}</a>: ${t.otherDaysNote}</p>${age}${placesPart(places, lang)}`;
  return page(view, { title: t.waitingTitle, main, frame: true });
}
