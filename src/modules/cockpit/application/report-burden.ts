import { quarterBefore, type Quarter } from '../domain/quarter.ts';
import type { CityBurden } from './context.ts';
import { barsChart } from './report-chart.ts';
import { shortName } from './report-measured.ts';
import type { Draw } from './report-pictures.ts';

/** The burden at the end of the quarter, and at the end of the one before. */
export interface QuarterBurden {
  readonly own: CityBurden;
  readonly before: CityBurden;
}

const MOST_ROWS = 15;
type Service = CityBurden['services'][number];

const number = (value: number, digits = 0): string => value.toLocaleString('de-DE', { maximumFractionDigits: digits }).replace('-', '−');
const minutes = (seconds: number): string => `${number(seconds / 60, Math.abs(seconds) < 600 ? 1 : 0)}\u00a0Min.`;
const signed = (seconds: number): string => `${seconds > 0 ? '+' : ''}${minutes(seconds)}`;
const hours = (seconds: number): string => `${number(Math.round(seconds / 3600))}\u00a0Std.`;
const removed = ({ firstSeconds, seconds }: Service): number => firstSeconds - seconds;
/** A row is of what comes online, so that cases times difference is what it says; other ways are in the sum of the city. */
const removedOnline = (one: Service): number | undefined => (one.onlinePerYear === undefined ? undefined : removed(one) * one.onlinePerYear);
const known = (value: number | undefined, show: (value: number) => string): string => (value === undefined ? 'unbekannt' : show(value));

/** Bureaucracy removed: minutes of a case for each service before and after, and time and money of the city. */
export function burdenParts(quarter: Quarter, burden: QuarterBurden | undefined, draw: Draw) {
  if (burden === undefined) return { burden: null };
  const { own } = burden;
  const weight = (one: Service): number => removedOnline(one) ?? removed(one);
  const changed = own.services.filter((one) => removed(one) !== 0).toSorted((a, b) => weight(b) - weight(a));
  const rows = changed.slice(0, MOST_ROWS);
  const picture =
    rows.length === 0
      ? null
      : draw(
          barsChart(
            rows.map(({ name, firstSeconds, seconds }) => ({
              label: name.de,
              bars: [firstSeconds, seconds].map((value) => ({ value, text: minutes(value) })),
            })),
            ['zuerst bekannt', `Ende ${shortName(quarter)}`],
          ),
          `Aufwand eines Antrags, der online kommt, in Minuten, zuerst und am Ende des Quartals, für ${rows.length === 1 ? 'eine Leistung' : `${rows.length} Leistungen`}, bei denen er sich geändert hat. Dieselben Zahlen stehen in der Tabelle darunter.`,
        );
  return {
    burden: {
      picture,
      services: rows.map((one) => [
        one.name.de,
        minutes(one.firstSeconds),
        minutes(one.seconds),
        signed(-removed(one)),
        known(one.onlinePerYear, (value) => number(value)),
        known(removedOnline(one), hours),
      ]),
      sumHead: ['zuerst bekannt', `Ende ${shortName(quarterBefore(quarter))}`, `Ende ${shortName(quarter)}`, 'weggefallen', 'im Quartal'],
      sum: sumRows(burden),
      left: leftOut(own, changed.length - rows.length),
    },
  };
}

/** Nothing, while something is missing, is not nothing. */
function sumRows({ own, before }: QuarterBurden): string[][] {
  const gaps = own.leftOut + own.unplaced + own.onlineOnly + own.othersOnly > 0;
  const row = (name: string, show: (value: number) => string, [first, then, now]: readonly [number, number, number]): string[] => {
    const whole = [first, then, now].every((value) => value === 0) && gaps;
    return [name, ...[first, then, now, first - now, then - now].map((value) => (whole ? 'unbekannt' : show(value)))];
  };
  const times = [own.sum.firstSeconds, before.sum.seconds, own.sum.seconds] as const;
  return [
    row('Minuten im Jahr', (value) => number(value / 60), times),
    row('Stunden im Jahr', (value) => number(value / 3600), times),
    row('Euro der Betriebe im Jahr', (cents) => `${number(cents / 100)}\u00a0€`, [own.sum.firstCents, before.sum.cents, own.sum.cents]),
  ];
}

const leftOut = ({ leftOut: none, unplaced, onlineOnly, othersOnly, services }: CityBurden, more: number): string =>
  [
    'Gerechnet nach dem Standardkosten-Modell für die Fälle der letzten zwölf ganzen Monate, als dieser Bericht entstand, auf allen Wegen, die gezählt sind. Die Zeilen der einzelnen Leistungen zählen nur, was online kam. Ein Minus vor einem Unterschied heißt: weniger Aufwand.',
    ...(none === 0 ? [] : [`Nicht in der Summe sind ${none} von ${services.length} Leistungen: Ihre Fälle sind zu wenige oder nicht bekannt.`]),
    ...(onlineOnly === 0
      ? []
      : [`Bei ${onlineOnly} Leistungen der Summe zählt niemand Schalter, Telefon und Post: Sie stehen darin nur mit dem, was online kam.`]),
    ...(othersOnly === 0
      ? []
      : [`${othersOnly} Leistungen stehen darin nur mit Schalter, Telefon und Post: Online sind es zu wenige, oder es ist nicht bekannt.`]),
    ...(unplaced === 0
      ? []
      : [`Bei ${unplaced} Leistungen ist nicht bekannt, wie viele der Anträge von Betrieben kommen: Sie zählen bei der Zeit und nicht bei den Euro.`]),
    ...(more <= 0 ? [] : [`Weitere ${more} geänderte Leistungen stehen in der beiliegenden Datei.`]),
  ].join(' ');
