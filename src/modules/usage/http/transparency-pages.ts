import { inTens } from '../../../kernel/few.ts';
import { ok } from '../../../kernel/result.ts';
import { OTHER_SERVICES } from '../../../kernel/usage.ts';
import { openFile, openTable } from '../../../platform/http/open-data.ts';
import { notFoundService } from '../application/problems.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { lineChart } from '../../../platform/ui/chart.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatNumber, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { openDataPart } from '../../../platform/ui/open-data.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { Figures, ServiceFigures } from '../application/figures.ts';
import { allPublishedCells, cellKey, publishedStamp } from '../application/published-cells.ts';
import { columnsPage } from './columns-page.ts';
import {
  bars,
  byValue,
  countTable,
  intervalText,
  labelOf,
  onlineShareNote,
  percent,
  shareText,
  sourceOf,
  stepName,
  tensText,
  valueName,
} from './figure-parts.ts';
import { mayCount, mayEnter, type Frame, type UsageDesk } from './frame.ts';
import { servicePage } from './service-page.ts';
import { texts } from './texts.ts';
import type { RatingSum, Survey } from '../domain/kept.ts';

/** Everything that is counted, for everybody. */
export function transparencyPages(desk: UsageDesk, frame: Frame): AnyRoute[] {
  return [
    getPage('/transparenz', 'public', async (visit) => answerHtml(overviewPage(desk, frame, visit, await desk.figures.read()))),
    getPage('/transparenz/spalten', 'public', async (visit) => answerHtml(await columnsPage(desk, frame, visit))),
    openFile('/transparenz/zahlen.csv', async () => ok(openTable('nutzung.csv', { version: await publishedStamp(desk), parts: cellRows(desk) }))),
    getPage('/transparenz/leistung/:service', 'public', async (visit) => {
      const service = desk.services().find(({ key }) => key === visit.params['service']);
      return service === undefined ? problemPage(notFoundService) : answerHtml(await servicePage(desk, frame, visit, service));
    }),
  ];
}

const HEAD = ['tag', 'schritt', 'gegenstand', 'unterschieden_nach', 'wert', 'anzahl'];

async function* cellRows(desk: UsageDesk): AsyncGenerator<string[][]> {
  yield [HEAD];
  for await (const cells of allPublishedCells(desk)) yield cells.map((cell) => [...cellKey(cell), String(cell.count)]);
}

function overviewPage(desk: UsageDesk, frame: Frame, visit: Visit, figures: Figures): Html {
  const { lang } = visit;
  const t = texts(lang);
  const source = sourceOf(figures, lang);
  const staff = [
    ...(mayCount(visit.actor) ? [linkButton({ label: t.count1, href: '/amt/zaehlen', kind: 'secondary' })] : []),
    ...(mayEnter(visit.actor) ? [linkButton({ label: t.enter, href: '/amt/nutzung', kind: 'secondary' })] : []),
  ];
  const dimension = (title: string, name: 'device' | 'lang' | 'mode', note?: string): Html => {
    const rows = byValue(figures.sums, name, ['service-shown']).map(({ value, count }) => ({ label: valueName(name, value, lang), count }));
    return section(title, html`${note === undefined ? '' : html`<p class="kern-body">${note}</p>`}${bars(title, title, source, rows, lang)}`);
  };
  const main = html`${pageTitle(t.title, { lead: t.lead })}${staff.length === 0 ? '' : buttonRow(...staff)}
${threeRates(figures, lang)}
${section(t.byService, html`<p class="kern-body">${t.tens} ${t.casesOf12(formatShortDate(lang, figures.caseDays.from), formatShortDate(lang, figures.caseDays.until))}</p>${serviceTable(figures, desk, lang)}`)}
${section(t.course, course(figures, lang))}
${section(t.steps, html`<p class="kern-body">${t.stepsNote}</p>${countTable(t.steps, t.stepLabel, t.count, byStep(figures, lang), lang)}`)}
${dimension(t.devices, 'device')}${dimension(t.langs, 'lang')}${dimension(t.modes, 'mode', t.modesNote)}
${section(
  t.excluded,
  html`<p class="kern-body">${t.excludedNote}</p>${countTable(
    t.excluded,
    t.excluded,
    t.count,
    byValue(figures.sums, 'excluded').map(({ value, count }) => ({ label: valueName('excluded', value, lang), count })),
    lang,
  )}`,
  { id: 'roboter' },
)}
${section(t.ratings, html`<p class="kern-body">${t.ratingsNote}</p>${ratingTable(figures.ratings, desk, lang)}`)}
${figures.imported.length === 0 ? '' : section(t.importedTitle, html`<p class="kern-body">${t.importedNote}</p>${importedTable(figures, lang)}`)}
${section(t.how, html`<p class="kern-body">${t.notMeasured}</p><p class="kern-body">${t.salt}</p><p class="kern-body">${t.loss}</p><p class="kern-body">${t.optOut}</p><p class="kern-body"><a class="kern-link" href="/transparenz/spalten">${t.columns}</a></p><p class="kern-body"><a class="kern-link" href="/transparenz/beratungen">${t.consultations}</a></p>`, { id: 'wie' })}
${section(
  t.download,
  openDataPart(desk.settings.city, lang, [
    { label: 'CSV', href: '/transparenz/zahlen.csv' },
    { label: 'JSON', href: '/api/usage' },
  ]),
)}`;
  return page(frame(visit), { title: t.title, main, wide: true, asOf: figures.asOf });
}

function threeRates({ city, services, surveys }: Figures, lang: Lang): Html {
  const t = texts(lang);
  const asked = (survey: Survey): string =>
    `${survey.title}. ${t.surveyOrigin}: ${t.survey(survey.source, formatNumber(lang, survey.sampleSize), formatShortDate(lang, survey.takenOn))}. ${intervalText(survey, lang)}`;
  const [survey, reach] = [surveys.find(({ about }) => about === 'gap'), surveys.find(({ about }) => about === 'reach')];
  const gap =
    survey === undefined
      ? { label: t.gap, value: t.unknown, note: `${t.gapWhat} ${t.noSurvey}` }
      : { label: t.gap, value: percent(survey.share, lang), note: `${t.gapWhat} ${asked(survey)}` };
  return section(
    t.threeRates,
    html`${factList([
      {
        label: t.usage,
        value: shareText(city.usage.share, lang),
        note: `${t.usageWhat} ${t.ofServices(String(city.usageServices), String(services.length))}, ${t.ofMonths(String(city.usageMonths), String(12 * city.usageServices))}; ${labelOf(city.usage, lang)}`,
      },
      { label: t.completion, value: shareText(city.completion.share, lang), note: `${t.completionWhat} ${labelOf(city.completion, lang)}` },
      gap,
      ...(reach === undefined ? [] : [{ label: t.reach, value: percent(reach.share, lang), note: asked(reach) }]),
    ])}${onlineShareNote(lang)}`,
  );
}

function serviceTable({ services }: Figures, desk: UsageDesk, lang: Lang): Html {
  const t = texts(lang);
  const names = new Map(desk.services().map(({ key, name }) => [key, name[lang]]));
  const rows = services.toSorted((a, b) => (names.get(a.key) ?? a.key).localeCompare(names.get(b.key) ?? b.key, 'de'));
  const tens = (label: string, of: (row: ServiceFigures) => number | undefined) => ({
    label,
    numeric: true,
    cell: (row: ServiceFigures) => tensText(of(row), lang),
  });
  return dataTable<ServiceFigures>(
    [
      { label: t.service, rowHeader: true, cell: ({ key }) => names.get(key) ?? key },
      tens(t.submitted, ({ submitted }) => submitted),
      tens(t.otherWays, ({ byOtherWays }) => byOtherWays),
      { label: t.countedMonths, numeric: true, cell: ({ countedMonths }) => t.ofTwelve(String(countedMonths)) },
      { label: t.usage, numeric: true, cell: ({ usage }) => shareText(usage.share, lang) },
      { label: t.completion, numeric: true, cell: ({ completion }) => shareText(completion.share, lang) },
    ],
    rows,
    { caption: t.byService, captionHidden: true, lang, href: ({ key }) => `/transparenz/leistung/${key}` },
  );
}

function course(figures: Figures, lang: Lang): Html {
  const months = [...new Set(figures.months.map(({ month }) => month))];
  const series = ['service-shown', 'form-begun', 'form-submitted'].map((step) => ({
    name: stepName(step, lang),
    values: months.map((month) => figures.months.find((one) => one.month === month && one.step === step)?.count),
  }));
  return lineChart({ title: texts(lang).course, source: sourceOf(figures, lang), labels: months, series, format: (value) => formatNumber(lang, value), lang });
}

const byStep = ({ sums }: Figures, lang: Lang): { label: string; count: number }[] =>
  sums.filter(({ dimension }) => dimension === 'all').map(({ step, count }) => ({ label: stepName(step, lang), count }));

function ratingTable(ratings: readonly RatingSum[], desk: UsageDesk, lang: Lang): Html {
  const t = texts(lang);
  const names = new Map(desk.services().map(({ key, name }) => [key, name[lang]]));
  return dataTable<RatingSum>(
    [
      { label: t.service, rowHeader: true, cell: ({ service }) => (service === OTHER_SERVICES ? t.otherServices : (names.get(service) ?? service)) },
      { label: t.after, cell: ({ after }) => (after === 'decision' ? t.decision : t.abandonment) },
      { label: t.score, numeric: true, cell: ({ sum, count }) => formatNumber(lang, sum / count, 1) },
      { label: t.count, numeric: true, cell: ({ count }) => tensText(inTens(count), lang) },
    ],
    ratings,
    { caption: t.ratings, captionHidden: true, lang, empty: t.nothing },
  );
}

function importedTable({ imported }: Figures, lang: Lang): Html {
  const t = texts(lang);
  return dataTable<Figures['imported'][number]>(
    [
      { label: t.month, rowHeader: true, cell: ({ month }) => month },
      { label: t.source, cell: ({ source, enteredAt }) => `${source} (${labelOf({ origin: 'imported', asOf: enteredAt }, lang)})` },
      { label: t.measure, cell: ({ measure }) => t[measure] },
      { label: t.count, numeric: true, cell: ({ count }) => formatNumber(lang, count) },
    ],
    imported,
    { caption: t.importedTitle, captionHidden: true, lang },
  );
}
