import { openFile } from '../../../platform/http/open-data.ts';
import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { openDataPart } from '../../../platform/ui/open-data.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { CockpitContext } from '../application/context.ts';
import { quarterReport, reportList } from '../application/quarter-report.ts';
import { model } from '../application/model.ts';
import { followTexts } from './follow-texts.ts';
import { HOME, type Frame } from './frame.ts';
import { cockpitTexts } from './texts.ts';

const { noReport } = model;

/** Reports of the quarters: kept ones unchanged, the running one as it would be today. */
export function reportPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${HOME}/berichte`, 'public', async (visit) => answerHtml(listPage(frame(visit), await reportList(ctx), ctx.settings.city))),
    openFile(
      `${HOME}/berichte/:file`,
      async (visit) => {
        const key = /^(20\d\d-q[1-4])\.pdf$/.exec(visit.params['file']!)?.[1];
        const made = key === undefined ? undefined : await quarterReport(ctx, key);
        if (made === undefined || !made.ok) return refuse(noReport);
        const name = `Strategie-${key}${made.value.preliminary ? '-vorlaeufig' : ''}.pdf`;
        return ok({ mediaType: 'application/pdf', fileName: name, inline: true, body: made.value.pdf });
      },
      { limit: 'costly' },
    ),
  ];
}

interface Row {
  readonly quarter: string;
  readonly madeAt?: Temporal.Instant;
  readonly sha256?: string;
}

function listPage(view: PageView, { kept, running }: Awaited<ReturnType<typeof reportList>>, city: string): Html {
  const { lang } = view;
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const name = (quarter: string): string => tf.quarter(quarter.slice(6), quarter.slice(0, 4));
  const rows: Row[] = [{ quarter: running }, ...kept];
  const table = dataTable<Row>(
    [
      { label: t.reports, rowHeader: true, cell: ({ quarter, sha256 }) => `${name(quarter)}${sha256 === undefined ? `: ${tf.running}` : ''}, ${tf.pdf}` },
      { label: tf.made, cell: ({ madeAt }) => (madeAt === undefined ? '–' : formatDate(lang, legalDay(madeAt))) },
      {
        label: tf.hash,
        cell: ({ sha256 }) =>
          sha256 === undefined
            ? '–'
            : html`<code class="k-code">${sha256.slice(0, 16)}<wbr>${sha256.slice(16, 32)}<wbr>${sha256.slice(32, 48)}<wbr>${sha256.slice(48)}</code>`,
      },
    ],
    rows,
    { caption: tf.reports, captionHidden: true, lang, href: ({ quarter }) => `${HOME}/berichte/${quarter}.pdf` },
  );
  const main = html`${pageTitle(tf.reports, { lead: tf.reportsLead })}${table}${kept.length === 0 ? html`<p class="kern-body">${tf.noReports}</p>` : ''}${openDataPart(city, lang, [{ label: 'JSON', href: '/api/strategy/reports' }])}`;
  return page(view, { title: tf.reports, main, breadcrumb: [{ label: t.title, href: HOME }, { label: t.reports }] });
}
