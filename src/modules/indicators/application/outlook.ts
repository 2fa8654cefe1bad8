import type { Indicator, IndicatorForecast, IndicatorPoint } from '../../../kernel/indicator.ts';
import type { Definition } from '../domain/definition.ts';
import { FEWEST_MONTHS, forecast, type Method } from '../domain/forecast.ts';
import { addMonths } from '../domain/months.ts';

type Words = Indicator['name'];
/** Older months say little of the coming ones. */
const LOOKED_AT = 60;

const unbrokenEnd = (history: readonly IndicatorPoint[]): readonly IndicatorPoint[] =>
  history.slice(history.findLastIndex(({ value }) => value === undefined) + 1);

/** Whether its last whole months are enough to go on from; the running one may stand behind them. */
export const isLongEnough = (history: readonly IndicatorPoint[]): boolean => unbrokenEnd(history).length >= FEWEST_MONTHS;

/**
 * Goes on from the last months without a gap; not where the range would be a single value, which nobody can promise.
 * @param history whole months alone
 */
export function outlookOn(definition: Definition, history: readonly IndicatorPoint[], months: number): IndicatorForecast | undefined {
  const unbroken = unbrokenEnd(history.slice(-LOOKED_AT));
  const last = unbroken.at(-1)?.month;
  const made = forecast(
    unbroken.map(({ value }) => value!),
    Math.min(months, 24),
  );
  if (made === undefined || last === undefined) return undefined;
  const bound = boundOf(definition);
  const points = made.points.map(({ low, mid, high }, index) => ({ month: addMonths(last, index + 1), low: bound(low), mid: bound(mid), high: bound(high) }));
  return points.every(({ low, high }) => low === high) ? undefined : { method: methodWords(made.method, unbroken.length), points };
}

/** What a unit cannot be is not forecast: no share above all, and no part of a consultation. */
function boundOf({ unit }: Definition): (value: number) => number {
  const [least, most] = unit === 'share' ? [0, 1] : unit === 'score' ? [1, 5] : [0, Number.POSITIVE_INFINITY];
  return (value) => Math.min(most, Math.max(least, unit === 'count' ? Math.round(value) : value));
}

const METHOD_NAMES: Readonly<Record<Method, Words>> = {
  mean: { de: 'Mittelwert', en: 'mean', leicht: 'der Durchschnitt' },
  naive: { de: 'letzter Wert', en: 'last value', leicht: 'die letzte Zahl' },
  'seasonal-naive': { de: 'Wert des Vorjahresmonats', en: 'value of the same month last year', leicht: 'die Zahl vom letzten Jahr' },
  'damped-trend': { de: 'gedämpfter Trend nach Holt', en: 'Holt’s damped trend', leicht: 'die Richtung von bisher' },
};

function methodWords(method: Method, months: number): Words {
  const name = METHOD_NAMES[method];
  return {
    de: `Fortschreibung aus ${months} Monaten, keine Zusage. Verfahren: ${name.de}; es lag bei den letzten Monaten am nächsten. In acht von zehn Fällen liegt der Wert in der Spanne.`,
    en: `Extrapolation from ${months} months, not a promise. Method: ${name.en}; it was nearest for the last months. In eight of ten cases the value lies in the range.`,
    leicht: `So könnte es weitergehen. Sicher ist das nicht. Der Computer rechnet so: ${name.leicht}.`,
  };
}
