import type { Indicator, IndicatorForecast, IndicatorPoint } from '../../../kernel/indicator.ts';
import { lineChart } from '../../../platform/ui/chart.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { openDataPart } from '../../../platform/ui/open-data.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { isLongEnough } from '../application/outlook.ts';
import { countersOf, isOverYear } from '../application/choices.ts';
import { showFigure } from '../application/show-figure.ts';
import { asOfText, figureReason, figureText, lightPart, targetText } from './figure-parts.ts';
import { LIST } from './list-page.ts';
import { indicatorTexts } from './texts.ts';

export interface OneParts {
  readonly indicator: Indicator;
  readonly history: readonly IndicatorPoint[];
  readonly forecast: IndicatorForecast | undefined;
  /** Absent: it is told for the city alone. */
  readonly perService: readonly { readonly key: string; readonly name: string; readonly indicator: Indicator }[] | undefined;
  /** 0: as it came with the program. */
  readonly version: number;
  readonly administers: boolean;
  readonly city: string;
}

/** The same question has another answer at the front door. */
const WAITING_TIMES_DIFFER: ReadonlySet<string> = new Set(['days-median', 'days-p90']);

/** One indicator with everything that is needed to judge it. */
export function onePage(view: PageView, parts: OneParts): Html {
  const { lang } = view;
  const t = indicatorTexts(lang);
  const { indicator, version } = parts;
  const main = html`${pageTitle(indicator.name[lang], { preline: t.indicator, lead: indicator.definition[lang] })}
${factList([
  {
    label: indicator.origin === 'live' && isOverYear(indicator.formula) ? t.last12 : t.figure,
    value: figureText(indicator, lang),
    ...(indicator.state.kind === 'unknown' ? { note: indicator.state.reason[lang] } : indicator.state.kind === 'suppressed' ? { note: t.wholeMonths } : {}),
  },
  { label: t.asOf, value: asOfText(indicator, lang) },
  { label: t.origin, value: t[indicator.origin] },
  ...(indicator.cases === undefined ? [] : [{ label: t.cases, value: formatNumber(lang, indicator.cases) }]),
])}
${WAITING_TIMES_DIFFER.has(indicator.key) ? html`<p class="kern-body"><a class="kern-link" href="/wartezeiten">${t.waitingTimes}</a>: ${t.waitingTimesNote}</p>` : ''}
${section(t.light, html`<p>${lightPart(indicator, lang)}</p>${indicator.light === undefined ? '' : html`<p class="kern-body">${indicator.light.rule[lang]}</p>`}`)}
${section(t.history, chartPart(parts, lang))}
${section(t.perService, servicesPart(parts, lang))}
${indicator.origin === 'live' ? section(t.formula, formulaPart(indicator, lang)) : ''}
${aboutPart(indicator, lang)}
${version === 0 ? '' : html`<p class="kern-hint">${t.version(String(version))}</p>`}
${parts.administers ? buttonRow(linkButton({ label: t.administer, href: `/verwaltung/kennzahlen/${indicator.key}`, kind: 'secondary' })) : ''}${openDataPart(
    parts.city,
    lang,
    [
      { label: t.csv, href: `${LIST}/${indicator.key}/verlauf.csv` },
      { label: 'JSON', href: `/api/indicators/${indicator.key}` },
    ],
  )}`;
  const crumbs = [{ label: t.strategy, href: '/strategie' }, { label: t.title, href: LIST }, { label: indicator.name[lang] }];
  return page(view, { title: indicator.name[lang], main, wide: true, breadcrumb: crumbs });
}

function chartPart({ indicator, history, forecast }: OneParts, lang: Lang): Html {
  const t = indicatorTexts(lang);
  const after = forecast?.points ?? [];
  const coming = after.filter(({ month }) => !history.some((point) => point.month === month));
  const labels = [...history.map(({ month }) => month), ...coming.map(({ month }) => month)];
  const expected = new Map(after.map((point) => [point.month, point]));
  const measured = { name: indicator.name[lang], values: labels.map((month) => history.find((point) => point.month === month)?.value) };
  const chart = lineChart({
    title: indicator.name[lang],
    source: t.historySource(indicator.source, asOfText(indicator, lang)),
    labels,
    series: after.length === 0 ? [measured] : [measured, { name: t.expected, values: labels.map((month) => expected.get(month)?.mid), expected: true }],
    ...(after.length === 0 ? {} : { band: labels.map((month) => expected.get(month)) }),
    ...(indicator.target === undefined ? {} : { mark: { value: indicator.target.value, label: targetText(indicator, lang) } }),
    format: (value) => showFigure(lang, indicator.unit, value),
    lang,
  });
  return html`${chart}<h3 class="kern-heading-small">${t.forecast}</h3><p class="kern-body">${forecast?.method[lang] ?? (isLongEnough(history) ? t.noRange : t.noForecast)}</p>`;
}

function servicesPart({ perService }: OneParts, lang: Lang): Html {
  const t = indicatorTexts(lang);
  if (perService === undefined) return html`<p class="kern-body">${t.cityOnly}</p>`;
  const table = dataTable<(typeof perService)[number]>(
    [
      { label: t.service, rowHeader: true, cell: ({ name }) => name },
      { label: t.figure, cell: ({ indicator }) => html`${figureText(indicator, lang)} ${figureReason(indicator, lang)}` },
      { label: t.cases, numeric: true, cell: ({ indicator: { cases } }) => (cases === undefined ? '' : formatNumber(lang, cases)) },
    ],
    perService,
    { caption: t.perService, captionHidden: true, lang, empty: t.noServices },
  );
  return html`<p class="kern-hint">${t.wholeMonths}</p>${table}`;
}

function formulaPart({ formula, events }: Indicator, lang: Lang): Html {
  const t = indicatorTexts(lang);
  const rows = countersOf(formula).map(({ name, meaning }) => ({ label: name, value: html`<span lang="de">${meaning}</span>` }));
  return html`<p><code class="k-code">${formula}</code></p>${rows.length === 0 ? '' : html`<h3 class="kern-heading-small">${t.names}</h3>${summaryList(rows, lang)}`}${events.length === 0 ? '' : html`<h3 class="kern-heading-small">${t.events}</h3><ul class="kern-list">${events.map((kind) => html`<li><code>${kind}</code></li>`)}</ul>`}`;
}

function aboutPart(indicator: Indicator, lang: Lang): Html {
  const t = indicatorTexts(lang);
  return summaryList(
    [
      { label: t.owner, value: html`<span lang="de">${indicator.owner}</span>` },
      { label: t.source, value: html`<span lang="de">${indicator.source}</span>` },
      { label: t.confidence, value: `${t[indicator.confidence]}: ${indicator.confidenceReason[lang]}` },
      ...(indicator.target === undefined
        ? []
        : [{ label: t.target, value: html`${targetText(indicator, lang)} (<span lang="de">${indicator.target.source}</span>)` }]),
    ],
    lang,
  );
}
