import { ok } from '../../../kernel/result.ts';
import { openFile, openTable } from '../../../platform/http/open-data.ts';
import { getPage, html as answerHtml, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html, type Lang, type LangText } from '../../../platform/ui/html.ts';
import { openDataPart } from '../../../platform/ui/open-data.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { BY_PHONE, publishedConsultations } from '../application/consultations.ts';
import type { GuidesContext } from '../application/context.ts';
import { allPlaces } from '../application/places.ts';
import type { MonthCount } from '../domain/consultation.ts';
import { LENGTH_NAMES, REASON_NAMES, SPOKEN_NAMES } from './consultation-names.ts';
import type { Frame } from './frame.ts';

export const CONSULTATIONS_PATH = '/transparenz/beratungen';

const texts = defineTexts({
  de: {
    title: 'Beratungen der Digitallotsen',
    lead: 'Wie oft Digitallotsen geholfen haben. Gezählt wird in ganzen Zehnern und nach je einem Merkmal, nie nach mehreren zugleich. So ist niemand zu erkennen.',
    none: 'Es sind noch keine zehn Beratungen gezählt.',
    month: 'Monat',
    count: 'Beratungen',
    byMonth: 'Nach Monaten',
    reason: 'Worum es ging',
    place: 'Wo',
    length: 'Wie lange es gedauert hat',
    lang: 'In welcher Sprache',
    sums: 'Summe der gezeigten Monate. Was noch keine zehn sind, fehlt darin.',
    phone: 'Telefon',
    gone: 'Ein früherer Ort',
    back: 'Transparenz',
  },
  en: {
    title: 'Consultations of the digital guides',
    lead: 'How often digital guides have helped. We count in whole tens and by one feature at a time, never by several together. So nobody can be recognised.',
    none: 'Fewer than ten consultations have been counted.',
    month: 'Month',
    count: 'Consultations',
    byMonth: 'By month',
    reason: 'What it was about',
    place: 'Where',
    length: 'How long it took',
    lang: 'In which language',
    sums: 'Sum of the months shown. What is not yet ten is missing in it.',
    phone: 'Telephone',
    gone: 'A former place',
    back: 'Transparency',
  },
  leicht: {
    title: 'So oft haben Digital-Lotsen geholfen',
    lead: 'Wir zählen immer 10 Beratungen zusammen. So weiß niemand, wer da war.',
    none: 'Es gab noch keine 10 Beratungen.',
    month: 'Monat',
    count: 'Beratungen',
    byMonth: 'In jedem Monat',
    reason: 'Darum ging es',
    place: 'Da war es',
    length: 'So lange hat es gedauert',
    lang: 'In dieser Sprache',
    sums: 'Das sind alle Monate zusammen. Weniger als 10 zählen wir noch nicht mit.',
    phone: 'Telefon',
    gone: 'Diesen Ort gibt es nicht mehr',
    back: 'Offene Zahlen',
  },
});

/** What the desk counts, for everybody. */
export function consultationPages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage(CONSULTATIONS_PATH, 'public', async (visit) => answerHtml(await consultationsPage(ctx, frame, visit))),
    openFile(`${CONSULTATIONS_PATH}.csv`, async () => ok(openTable('beratungen.csv', tableOf(await publishedConsultations(ctx))))),
  ];
}

const tableOf = (counts: readonly MonthCount[]): string[][] => [
  ['monat', 'merkmal', 'wert', 'anzahl'],
  ...counts.map(({ month, thing, key, count }) => [month.toPlainYearMonth().toString(), thing, key, String(count)]),
];

async function consultationsPage(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Html> {
  const { lang } = visit;
  const t = texts(lang);
  const counts = await publishedConsultations(ctx);
  const places = new Map((await allPlaces(ctx)).map(({ place }) => [place.key, place.name]));
  const named = (names: Readonly<Record<string, LangText>>) => (key: string) => names[key]?.[lang] ?? key;
  const body =
    counts.length === 0
      ? html`<p class="kern-body">${t.none}</p>`
      : html`${section(t.byMonth, monthTable(counts, lang))}<p class="kern-body">${t.sums}</p>${sumTable(counts, 'reason', named(REASON_NAMES), lang)}${sumTable(
          counts,
          'place',
          (key) => (key === BY_PHONE ? t.phone : (places.get(key) ?? t.gone)),
          lang,
        )}${sumTable(counts, 'length', named(LENGTH_NAMES), lang)}${sumTable(counts, 'lang', named(SPOKEN_NAMES), lang)}`;
  const main = html`${pageTitle(t.title, { lead: t.lead })}${body}${openDataPart(ctx.settings.city, lang, [
    { label: 'CSV', href: `${CONSULTATIONS_PATH}.csv` },
    { label: 'JSON', href: '/api/guides/consultations' },
  ])}`;
  return page(frame(visit), { title: t.title, main, breadcrumb: [{ label: t.back, href: '/transparenz' }, { label: t.title }] });
}

function monthTable(counts: readonly MonthCount[], lang: Lang): Html {
  const t = texts(lang);
  return dataTable(
    [
      { label: t.month, cell: ({ month }: MonthCount) => month.toLocaleString(lang === 'en' ? 'en-GB' : 'de-DE', { month: 'long', year: 'numeric' }) },
      { label: t.count, numeric: true, cell: ({ count }) => formatNumber(lang, count) },
    ],
    counts.filter(({ thing }) => thing === 'all'),
    { caption: t.byMonth, captionHidden: true, lang },
  );
}

function sumTable(counts: readonly MonthCount[], thing: 'reason' | 'place' | 'length' | 'lang', nameOf: (key: string) => string, lang: Lang): Html {
  const t = texts(lang);
  const sums = new Map<string, number>();
  for (const one of counts) if (one.thing === thing) sums.set(nameOf(one.key), (sums.get(nameOf(one.key)) ?? 0) + one.count);
  const rows = [...sums].toSorted(([, a], [, b]) => b - a);
  return section(
    t[thing],
    dataTable(
      [
        { label: t[thing], cell: ([name]: (typeof rows)[number]) => name },
        { label: t.count, numeric: true, cell: ([, count]) => formatNumber(lang, count) },
      ],
      rows,
      { caption: t[thing], captionHidden: true, lang },
    ),
  );
}
