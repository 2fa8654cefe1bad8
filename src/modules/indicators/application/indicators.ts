import type { Indicator, IndicatorForecast, IndicatorPoint, Indicators, IndicatorState } from '../../../kernel/indicator.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { legalDay, type Clock } from '../../../kernel/time.ts';
import { casesOf, isPerService, type Definition } from '../domain/definition.ts';
import { evaluate, snapshotDay } from '../domain/evaluate.ts';
import { forecast, type Method } from '../domain/forecast.ts';
import { lightOf } from '../domain/light.ts';
import { addMonths, monthAt, monthsBetween, type Month } from '../domain/months.ts';
import { hiddenRows } from '../domain/suppression.ts';
import { definitionOf, importedAsOf, importedIn, importedState, type Desk, type Known } from './desk.ts';
import { feel } from './feel.ts';
import { showFigure } from './show-figure.ts';

type Words = Indicator['name'];

/** Months of the figure of now: a year, so that no season decides. */
const WINDOW = 12;
const LONGEST_HISTORY = 120;
/** Figures of the last days stand for now as long as this. */
const SNAPSHOT_DAYS = 3;
const NO_SUCH: Problem = { kind: 'not-found', detail: 'Diese Kennzahl gibt es nicht. Die Übersicht nennt alle.' };

const CITY_ONLY: IndicatorState = {
  kind: 'unknown',
  reason: { de: 'Diese Kennzahl gilt für die ganze Stadt.', en: 'This indicator is about the whole city.', leicht: 'Diese Zahl gilt für die ganze Stadt.' },
};

/** What was reckoned from what is known, until the journal moves: many read what changes once a minute. */
const RECKONED = new WeakMap<Known, Map<string, unknown>>();

function once<T>(known: Known, about: readonly (string | undefined)[], reckon: () => T): T {
  const memory = RECKONED.get(known) ?? new Map<string, unknown>();
  RECKONED.set(known, memory);
  const key = about.join('\n');
  if (!memory.has(key)) memory.set(key, reckon());
  return memory.get(key) as T;
}

/** The port for whoever asks for figures; every answer is what the public may see. */
export function indicatorsAt(desk: Desk, clock: Clock): Indicators {
  const day = (): string => legalDay(clock()).toString();
  const told = (known: Known, definition: Definition, service: string | undefined): Indicator =>
    // a service that nobody has heard of is not remembered: there are endlessly many
    service === undefined || known.figures.services().includes(service)
      ? once(known, ['indicator', day(), definition.key, service], () => indicator(known, definition, clock(), service))
      : indicator(known, definition, clock(), service);
  return {
    async list(question = {}) {
      const known = await desk.known();
      return [...known.definitions.values()].map((definition) => told(known, definition, question.service));
    },
    async one(key, question = {}) {
      const known = await desk.known();
      const definition = definitionOf(known, key);
      return definition === undefined ? refuse(NO_SUCH) : ok(told(known, definition, question.service));
    },
    async history(key, { service, months = 24 } = {}) {
      const known = await desk.known();
      const definition = definitionOf(known, key);
      if (definition === undefined || (service !== undefined && !known.figures.services().includes(service))) return [];
      return wholeHistory(known, definition, service, clock()).slice(-Math.max(1, months));
    },
    async forecast(key, months) {
      const known = await desk.known();
      const definition = definitionOf(known, key);
      if (definition === undefined) return undefined;
      return once(known, ['forecast', day(), key, String(months)], () => forecastOf(known, definition, months, clock()));
    },
  };
}

const wholeHistory = (known: Known, definition: Definition, service: string | undefined, now: Temporal.Instant): readonly IndicatorPoint[] =>
  once(known, ['history', monthAt(now), definition.key, service], () => historyOf(known, definition, service, now));

/** The figure of now. Of a service: of whole months alone, or each new case could be seen in it. */
function indicator(known: Known, definition: Definition, now: Temporal.Instant, service: string | undefined): Indicator {
  const { kind: _, version: _version, base: _base, start: _start, ...told } = definition;
  const months = service === undefined ? monthsBetween(addMonths(monthAt(now), 1 - WINDOW), monthAt(now)) : shownMonths(known, definition, service, now);
  const state = months === 'suppressed' ? ({ kind: 'suppressed' } as const) : stateIn(known, definition, months, { service, now });
  const bundle = known.figures.of(months === 'suppressed' ? [] : months, service);
  const cases = state.kind === 'suppressed' ? undefined : casesOf(definition, bundle, known.definitions);
  const light = state.kind === 'known' ? lightOf(definition, state.value, legalDay(now), (lang, value) => showFigure(lang, definition.unit, value)) : undefined;
  const day = snapshotDay(definition, bundle);
  const asOf =
    definition.kind === 'imported'
      ? importedAsOf(known, definition.key)
      : (day?.toZonedDateTime('Europe/Berlin').toInstant() ?? known.stamp.followedAt ?? undefined);
  // a target is the city's: the light of one service would be a light without its rule
  return { ...told, state, asOf, cases, light: service === undefined ? light : undefined };
}

function stateIn(
  known: Known,
  definition: Definition,
  months: readonly Month[],
  { service, now }: { readonly service: string | undefined; readonly now: Temporal.Instant },
): IndicatorState {
  if (service !== undefined && !isPerService(definition, known.definitions)) return CITY_ONLY;
  return evaluate(definition, {
    feel,
    definitions: known.definitions,
    bundle: known.figures.of(months, service),
    imported: (key) => importedState(known, key, now),
    freshSince: legalDay(now).subtract({ days: SNAPSHOT_DAYS }),
  });
}

/** Whole months of a service that may be shown, of the last year. */
function shownMonths(known: Known, definition: Definition, service: string, now: Temporal.Instant): readonly Month[] | 'suppressed' {
  const last = addMonths(monthAt(now), -1);
  const months = monthsBetween(addMonths(last, 1 - WINDOW), last);
  const hidden = months.filter((month) => hiddenServices(known, definition, month).has(service));
  if (hidden.length === 0) return months;
  const shown = months.filter((month) => !hidden.includes(month));
  const withCases = shown.filter((month) => (casesOf(definition, known.figures.of([month], service), known.definitions) ?? 0) > 0);
  return withCases.length === 0 ? 'suppressed' : shown;
}

/** Services whose figure of a month may not be shown, lest the city's figure minus the others tell of a few cases. */
const hiddenServices = (known: Known, definition: Definition, month: Month): ReadonlySet<string> =>
  once(known, ['hidden', month, definition.key], () => reckonHidden(known, definition, month));

function reckonHidden(known: Known, definition: Definition, month: Month): ReadonlySet<string> {
  const cases = known.figures.services().map((service) => [service, casesOf(definition, known.figures.of([month], service), known.definitions) ?? 0] as const);
  return hiddenRows(new Map(cases));
}

function historyOf(known: Known, definition: Definition, service: string | undefined, now: Temporal.Instant): IndicatorPoint[] {
  const running = monthAt(now);
  const last = service === undefined ? running : addMonths(running, -1);
  const first = firstMonth(known, definition);
  const from = addMonths(last, 1 - LONGEST_HISTORY);
  if (first === undefined || (service !== undefined && !isPerService(definition, known.definitions))) return [];
  return monthsBetween(first > from ? first : from, last).map((month) => {
    const hidden = service !== undefined && hiddenServices(known, definition, month).has(service);
    return hidden ? { month, value: undefined, cases: undefined } : pointOf(known, definition, month, service);
  });
}

function pointOf(known: Known, definition: Definition, month: Month, service: string | undefined): IndicatorPoint {
  const bundle = known.figures.of([month], service);
  const state = evaluate(definition, { feel, definitions: known.definitions, bundle, imported: (key) => importedIn(known, key, month) });
  const value = state.kind === 'known' ? state.value : undefined;
  return { month, value, cases: state.kind === 'suppressed' ? undefined : casesOf(definition, bundle, known.definitions) };
}

function firstMonth(known: Known, definition: Definition): Month | undefined {
  if (definition.kind !== 'imported') return known.figures.firstMonth();
  return known.imported.get(definition.key)?.values[0]?.day.slice(0, 7);
}

/** Goes on from the last whole months without a gap. */
function forecastOf(known: Known, definition: Definition, months: number, now: Temporal.Instant): IndicatorForecast | undefined {
  const running = monthAt(now);
  const points = wholeHistory(known, definition, undefined, now)
    .slice(-60)
    .filter(({ month }) => month < running);
  const gap = points.findLastIndex(({ value }) => value === undefined);
  const unbroken = points.slice(gap + 1);
  const last = unbroken.at(-1)?.month;
  const made = forecast(
    unbroken.map(({ value }) => value!),
    Math.min(months, 24),
  );
  if (made === undefined || last === undefined) return undefined;
  const bound = boundOf(definition);
  return {
    method: methodWords(made.method, unbroken.length),
    points: made.points.map(({ low, mid, high }, index) => ({ month: addMonths(last, index + 1), low: bound(low), mid: bound(mid), high: bound(high) })),
  };
}

/** What a unit cannot be is not forecast. */
function boundOf({ unit }: Definition): (value: number) => number {
  const [least, most] = unit === 'share' ? [0, 1] : unit === 'score' ? [1, 5] : [0, Number.POSITIVE_INFINITY];
  return (value) => Math.min(most, Math.max(least, value));
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
