import { ok } from '../../../kernel/result.ts';
import { openFile, openTable } from '../../../platform/http/open-data.ts';
import { getPage, html as answerHtml, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { barChart } from '../../../platform/ui/chart.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatAmount, formatDate, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { openDataPart } from '../../../platform/ui/open-data.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { BurdenContext } from '../application/context.ts';
import { reckonCity, WAY_KEYS, type ReckonedCity, type ReckonedService } from '../application/reckon.ts';
import type { StandardValues } from '../domain/standard-values.ts';
import { hours, minutes, signed, valueRows } from './shown.ts';
import { burdenTexts, FIELD_WORDS } from './texts.ts';

export const BURDEN_PATH = '/strategie/aufwand';
export type Frame = (visit: Visit) => PageView;

/** The burden of the city for everybody, and as a file. */
export function cityPages(ctx: BurdenContext, frame: Frame): AnyRoute[] {
  return [
    getPage(BURDEN_PATH, 'public', async (visit) => answerHtml(cityPage(frame(visit), await reckonCity(ctx), ctx.settings.city))),
    openFile(`${BURDEN_PATH}.csv`, async () => ok(openTable('aufwand.csv', csvRows(await reckonCity(ctx))))),
  ];
}

function cityPage(view: PageView, city: ReckonedCity, publisher: string): Html {
  const { lang } = view;
  const t = burdenTexts(lang);
  const { sum, values, services } = city;
  const gaps = sum.leftOut.length + sum.onlineOnly.length + sum.othersOnly.length + sum.unplaced.length > 0;
  // nothing, while something is missing, is not nothing
  const known = (value: number, shown: string): string => (value === 0 && gaps ? t.unknown : shown);
  const facts = [
    { label: t.perYear, value: known(sum.secondsPerYear, hours(lang, sum.secondsPerYear)) },
    { label: t.ofCitizens, value: known(sum.citizenSeconds, hours(lang, sum.citizenSeconds)) },
    { label: t.ofBusinesses, value: known(sum.businessSeconds, hours(lang, sum.businessSeconds)) },
    { label: t.ofUnknown, value: hours(lang, sum.unplacedSeconds) },
    { label: t.businessEuro, value: known(sum.businessCents, formatAmount(lang, sum.businessCents)) },
    { label: t.removed, value: known(sum.removedSecondsPerYear, hours(lang, sum.removedSecondsPerYear)) },
  ];
  const main = html`${pageTitle(t.title, { lead: t.lead })}${factList(facts)}
${gapsPart(sum, lang)}
${chart(services, values, lang)}${section(t.services, servicesTable(services, lang))}
${openDataPart(publisher, lang, [
  { label: t.csv, href: `${BURDEN_PATH}.csv` },
  { label: t.json, href: '/api/burden' },
])}
${methodPart(values, lang)}`;
  return page(view, { title: t.title, main, frame: true });
}

/** What the sum does not know. */
function gapsPart(sum: ReckonedCity['sum'], lang: Lang): Html {
  const t = burdenTexts(lang);
  const said = [
    sum.leftOut.length === 0 ? t.leftOutNone : t.leftOut(sum.leftOut.length, sum.services),
    sum.onlineOnly.length === 0 ? '' : t.onlineOnly(sum.onlineOnly.length),
    sum.othersOnly.length === 0 ? '' : t.othersOnly(sum.othersOnly.length),
    sum.unplaced.length === 0 ? '' : t.unplaced(sum.unplaced.length),
  ];
  return html`<p class="kern-body">${said.filter((one) => one !== '').join(' ')}</p>`;
}

function chart(services: readonly ReckonedService[], values: StandardValues, lang: Lang): Html {
  const t = burdenTexts(lang);
  return barChart({
    title: t.chart,
    source: t.chartSource(formatDate(lang, values.from)),
    labels: services.map(({ name }) => shortened(name[lang])),
    head: t.service,
    names: services.map(({ name }) => name[lang]),
    series: [
      { name: t.first, values: services.map(({ history }) => history.first.seconds / 60) },
      { name: t.now, values: services.map(({ history }) => history.now.seconds / 60) },
    ],
    format: (value) => minutes(lang, value * 60),
    lang,
  });
}

/** Labels below the bars have little room; the table has the whole names. */
const shortened = (name: string): string => (name.length <= 12 ? name : `${name.slice(0, 11)}…`);

function servicesTable(services: readonly ReckonedService[], lang: Lang): Html {
  const t = burdenTexts(lang);
  return dataTable<ReckonedService>(
    [
      { label: t.service, rowHeader: true, cell: ({ name }) => name[lang] },
      { label: `${t.minutes} (${t.online})`, numeric: true, cell: ({ history }) => minutes(lang, history.now.seconds) },
      { label: t.difference, numeric: true, cell: ({ history }) => difference(history.now.seconds - history.first.seconds, lang) },
      { label: t.onlineCases, numeric: true, cell: ({ ways }) => casesText(ways[0]?.cases, t.tooFew, lang) },
      { label: t.otherCases, numeric: true, cell: (one) => othersText(one, lang) },
      { label: t.hours, numeric: true, cell: ({ secondsPerYear }) => (secondsPerYear === undefined ? t.unknown : hours(lang, secondsPerYear)) },
    ],
    services,
    { caption: t.services, captionHidden: true, lang, href: ({ service }) => `${BURDEN_PATH}/${service}` },
  );
}

/** Cases by another way: where somebody counted and told none, they are fewer than ten. */
export const otherWayText = (cases: number | undefined, countedMonths: number, lang: Lang): string =>
  casesText(cases, countedMonths > 0 ? burdenTexts(lang).few : burdenTexts(lang).uncounted, lang);

export const casesText = (cases: number | undefined, unknown: string, lang: Lang): string => (cases === undefined ? unknown : formatNumber(lang, cases));

/** Cases by other ways, and in how many months somebody counted them. */
export function othersText({ othersPerYear, countedMonths }: ReckonedService, lang: Lang): string {
  const t = burdenTexts(lang);
  return countedMonths === 0 ? t.uncounted : `${casesText(othersPerYear, t.few, lang)} (${t.countedMonths(countedMonths)})`;
}

export const difference = (seconds: number, lang: Lang): string => signed(seconds, minutes(lang, seconds));

/** How it is reckoned, with every standard value. */
export function methodPart(values: StandardValues, lang: Lang): Html {
  const t = burdenTexts(lang);
  const fields = Object.entries(FIELD_WORDS).map(([kind, name]) => [`field:${kind}`, `${t.field}: ${name[lang]}`]);
  const names = { ...t, ...Object.fromEntries(fields) } as unknown as Readonly<Record<string, string>>;
  const rows = valueRows(values);
  const unit = ({ value, unit }: (typeof rows)[number]): string =>
    unit === 'seconds' ? minutes(lang, value) : unit === 'cents' ? formatAmount(lang, value) : t.wordsPerMinute(formatNumber(lang, value));
  const named = (key: string): string => names[key] ?? key;
  const table = dataTable(
    [
      { label: t.activity, rowHeader: true, cell: (row: (typeof rows)[number]) => named(row.key) },
      { label: t.value, numeric: true, cell: unit },
      { label: t.basis, cell: ({ basis }) => t[basis] },
    ],
    rows,
    { caption: t.values, lang, dense: true },
  );
  return section(
    t.method,
    html`<p class="kern-body">${t.methodCase}</p><p class="kern-body">${t.methodMoney}</p><p class="kern-body">${t.methodCases}</p><p class="kern-body">${t.methodWays}</p>${accordion(
      t.values,
      html`${table}<p class="kern-hint" lang="de">${values.source}</p>`,
    )}`,
  );
}

/** One row a service; an empty cell is what is not known. */
function csvRows({ services }: ReckonedCity): string[][] {
  return [
    ['leistung', 'fassung', 'sekunden_zuerst', 'sekunden_heute', 'faelle_12_monate', 'sekunden_im_jahr', 'anteil_wirtschaft', 'cent_je_fall_betrieb'].concat(
      WAY_KEYS.flatMap((way) => [`faelle_${WAY_COLUMNS[way]}`, `sekunden_${WAY_COLUMNS[way]}`]),
      ['monate_gezaehlt', 'sekunden_weggefallen'],
    ),
    ...services.map(({ service, facts, history, ways, businessShare, businessCents, ...one }) => [
      service,
      facts.version,
      String(history.first.seconds),
      String(history.now.seconds),
      cell(one.casesPerYear),
      cell(one.secondsPerYear),
      cell(businessShare).replace('.', ','),
      String(businessCents.now),
      ...ways.flatMap(({ cases, history: of }) => [cell(cases), String(of.now.seconds)]),
      String(one.countedMonths),
      cell(one.removedSecondsPerYear),
    ]),
  ];
}

const WAY_COLUMNS = { online: 'online', counter: 'schalter', phone: 'telefon', post: 'post' } as const;
const cell = (value: number | undefined): string => (value === undefined ? '' : String(value));
