import { figureWords } from '../../../kernel/indicator-figure.ts';
import type { Indicator } from '../../../kernel/indicator.ts';
import { quarterBefore, type Quarter } from '../domain/quarter.ts';
import type { Draw } from './report-pictures.ts';
import { barsChart } from './report-chart.ts';
import { historyLine } from './report-line-chart.ts';
import { isCourse, type KeyHistory } from './key-histories.ts';
import { USAGE_KEY, type ServiceUsage } from './usage-figures.ts';

/** More rows nobody reads; how many are left out is said. */
const MOST_ROWS = 15;

/** The name of a quarter, narrow enough for the head of a column. */
export const shortName = ({ number, year }: Quarter): string => `${number}. Qu. ${year}`;

/** Short, so that a column of figures stays one: why there is none stands elsewhere. */
export function shortValue(one: Indicator | undefined): string {
  if (one === undefined) return '–';
  const { state, unit } = one;
  if (state.kind === 'known') return figureWords('de', unit, state.value);
  return { stale: 'veraltet', unknown: 'unbekannt', suppressed: 'zu wenige' }[state.kind];
}

const MONTH = new Intl.DateTimeFormat('de-DE', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthName = (month: string): string => MONTH.format(new Date(`${month}-01T00:00Z`));
/** `07/26`, for the lower edge of a chart. */
const monthMark = (month: string): string => `${month.slice(5)}/${month.slice(2, 4)}`;

/** History of each key indicator as a chart beside its table, and why others have none. */
export function historyParts(histories: readonly KeyHistory[], draw: Draw) {
  const without = Map.groupBy(
    histories.filter((one) => !isCourse(one)),
    whyNone,
  );
  return {
    histories: histories.filter(isCourse).map((one) => historyPart(one, draw)),
    withoutHistory: [...without].map(([why, all]) => `${why}: ${all.map(({ indicator }) => indicator.name.de).join(', ')}.`).join(' '),
  };
}

function whyNone({ points }: KeyHistory): string {
  if (points.some(({ value }) => value !== undefined)) return 'Noch zu kurz für einen Verlauf';
  return points.some(({ missing }) => missing === 'suppressed') ? 'In jedem Monat zu wenige Fälle, um sie zu zeigen' : 'Noch ohne Zahlen';
}

function historyPart({ indicator, points, forecast }: KeyHistory, draw: Draw) {
  const { name, unit, target } = indicator;
  const show = (value: number): string => figureWords('de', unit, value);
  const coming = (forecast?.points ?? []).filter(({ month }) => month > points.at(-1)!.month);
  const svg = historyLine({
    labels: [...points, ...coming].map(({ month }) => monthMark(month)),
    measured: [...points.map(({ value }) => value), ...coming.map(() => undefined)],
    expected: [...points.map(() => undefined), ...coming],
    target: target === undefined ? undefined : { value: target.value, label: `Ziel ${show(target.value)}` },
    format: show,
  });
  const [first, last] = [points.find(({ value }) => value !== undefined)!, points.findLast(({ value }) => value !== undefined)!];
  const gaps = points.filter(({ value }) => value === undefined).length;
  const end = coming.at(-1);
  const alt = [
    `Verlauf der Kennzahl „${name.de}“ nach Monaten: ${show(first.value!)} im ${monthName(first.month)}, ${show(last.value!)} im ${monthName(last.month)}.`,
    ...(gaps === 0 ? [] : [`${gaps === 1 ? 'Ein Monat hat' : `${gaps} Monate haben`} keine Zahl.`]),
    ...(end === undefined ? [] : [`Erwartet für ${monthName(end.month)}: ${show(end.mid)}, Spanne ${show(end.low)} bis ${show(end.high)}.`]),
    'Alle Zahlen stehen in der Tabelle daneben.',
  ].join(' ');
  return {
    name: name.de,
    ...draw(svg, alt),
    method: forecast === undefined ? 'Für eine Vorhersage gibt es noch keine zwölf Monate ohne Lücke.' : forecast.method.de,
    months: [
      ...points.map(({ month, value, missing }) => [
        monthName(month),
        value === undefined ? (missing === 'suppressed' ? 'zu wenige Fälle' : 'unbekannt') : show(value),
      ]),
      ...coming.map(({ month, low, mid, high }) => [monthName(month), `erwartet ${show(mid)} (${show(low)} bis ${show(high)})`]),
    ],
  };
}

/** The Nutzungsgrad of the city and of its services in the quarter. */
export function usageParts(
  quarter: Quarter,
  figures: Readonly<Record<'own' | 'before' | 'yearBefore', ReadonlyMap<string, Indicator>>> | undefined,
  usage: readonly ServiceUsage[] | undefined,
  draw: Draw,
) {
  const city = figures?.own.get(USAGE_KEY);
  if (figures === undefined || usage === undefined || city === undefined) return { usage: null };
  const told = usage
    .filter(({ own, before, yearBefore }) => [own, before, yearBefore].some(({ state }) => state.kind !== 'unknown'))
    .toSorted((a, b) => (b.own.cases ?? 0) - (a.own.cases ?? 0));
  const unknown = usage.length - told.length;
  const rows = [
    { name: 'Alle gezählten Leistungen der Stadt', own: city, before: figures.before.get(USAGE_KEY), yearBefore: figures.yearBefore.get(USAGE_KEY) },
    ...told.slice(0, MOST_ROWS).map(({ service, ...one }) => ({ name: service.name.de, ...one })),
  ];
  const bar = (one: Indicator | undefined) => ({ value: one?.state.kind === 'known' ? one.state.value : undefined, text: shortValue(one) });
  const svg = barsChart(
    rows.map(({ name, own, yearBefore }) => ({ label: name, bars: [bar(own), bar(yearBefore)] })),
    [shortName(quarter), shortName({ ...quarter, year: quarter.year - 1 })],
  );
  const more = told.length - MOST_ROWS;
  return {
    usage: {
      ...draw(
        svg,
        `Nutzungsgrad im ${quarter.number}. Quartal ${quarter.year}: für die ganze Stadt ${shortValue(city)}. Die Zahlen aller gezeigten Leistungen stehen in der Tabelle darunter.`,
      ),
      quarters: [quarter, quarterBefore(quarter), { ...quarter, year: quarter.year - 1 }].map(shortName),
      rows: rows.map(({ name, own, before, yearBefore }) => [name, shortValue(own), shortValue(before), shortValue(yearBefore)]),
      left: [
        ...(unknown === 0
          ? []
          : [`Unbekannt ist er bei ${unknown} von ${usage.length} Leistungen: Dort hat niemand die Fälle der anderen Wege gezählt, oder es gab keine.`]),
        ...(more <= 0 ? [] : [`${more} weitere Leistungen mit weniger Fällen stehen in der beiliegenden Datei.`]),
      ].join(' '),
    },
  };
}
