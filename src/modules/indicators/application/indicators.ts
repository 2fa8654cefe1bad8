import type { Indicator, IndicatorForecast, IndicatorPoint, Indicators, IndicatorState } from '../../../kernel/indicator.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { legalDay, type Clock } from '../../../kernel/time.ts';
import { casesOf, isPerService } from '../domain/definition.ts';
import { evaluate, snapshotDay } from '../domain/evaluate.ts';
import { isLate } from '../domain/lateness.ts';
import { lightOf } from '../domain/light.ts';
import { addMonths, monthAt, type Month } from '../domain/months.ts';
import { definitionOf, importedAsOf, importedIn, importedState, isRatedWithOthers, type Desk, type Known } from './desk.ts';
import { feel } from './feel.ts';
import { CITY_ONLY, inPeriod } from './in-period.ts';
import { once, onceWhile } from './once.ts';
import { outlookOn } from './outlook.ts';
import { showFigure } from './show-figure.ts';
import { dependsOn, eventsOf, historyMonths, isHidden, namesOf, runningMonth, windowOf, type Question, type Window } from './shown-months.ts';

/** Figures of the last days stand for now as long as this. */
const SNAPSHOT_DAYS = 3;
const NO_SUCH: Problem = { kind: 'not-found', detail: 'Diese Kennzahl gibt es nicht. Die Übersicht nennt alle.' };

const NEVER_READ: IndicatorState = {
  kind: 'unknown',
  reason: { de: 'Das Journal ist noch nicht gelesen.', en: 'The journal has not been read yet.', leicht: 'Der Computer hat noch nicht gezählt.' },
};
const NO_WHOLE_MONTH: IndicatorState = {
  kind: 'unknown',
  reason: {
    de: 'Noch ist kein ganzer Monat vorbei. Eine Zahl gibt es nach dem ersten.',
    en: 'No whole month is over yet. There will be a figure after the first.',
    leicht: 'Der erste Monat ist noch nicht vorbei. Dann gibt es eine Zahl.',
  },
};

const RATED_WITH_OTHERS: IndicatorState = {
  kind: 'unknown',
  reason: {
    de: 'Wird nur für mehrere Leistungen zusammen gezählt, damit niemand zu erkennen ist.',
    en: 'Counted only for several services together, so that nobody can be recognised.',
    leicht: 'Das zählen wir nur für mehrere Anträge zusammen.',
  },
};

/** The port for whoever asks for figures; every answer is what the public may see. */
export function indicatorsAt(desk: Pick<Desk, 'known'>, clock: Clock): Indicators {
  const told = (question: Question): Indicator => {
    const { known, definition, service, now } = question;
    // a service that nobody has heard of is not remembered: there are endlessly many
    if (service !== undefined && !known.figures.services().includes(service)) return indicator(question);
    return once(known, ['indicator', legalDay(now).toString(), String(isLateNow(known, now)), definition.key, service], () => indicator(question));
  };
  return {
    async list({ service } = {}) {
      const known = await desk.known();
      const now = clock();
      return [...known.definitions.values()].map((definition) => told({ known, definition, service, now }));
    },
    async one(key, { service } = {}) {
      const known = await desk.known();
      const definition = definitionOf(known, key);
      return definition === undefined ? refuse(NO_SUCH) : ok(told({ known, definition, service, now: clock() }));
    },
    async history(key, { service, months = 24 } = {}) {
      const known = await desk.known();
      const definition = definitionOf(known, key);
      if (definition === undefined || (service !== undefined && !known.figures.services().includes(service))) return [];
      return wholeHistory({ known, definition, service, now: clock() }).slice(-Math.max(1, months));
    },
    async during(key, period, { service } = {}) {
      const known = await desk.known();
      const definition = definitionOf(known, key);
      if (definition === undefined) return refuse(NO_SUCH);
      const question = { known, definition, service, now: clock() };
      if (service !== undefined) return ok(inPeriod(question, period));
      return ok(once(known, ['period', legalDay(question.now).toString(), key, period.first, period.last], () => inPeriod(question, period)));
    },
    async forecast(key, months, { until } = {}) {
      const known = await desk.known();
      const definition = definitionOf(known, key);
      return definition === undefined ? undefined : forecastOf({ known, definition, service: undefined, now: clock() }, months, until);
    },
  };
}

const isLateNow = ({ stamp }: Known, now: Temporal.Instant): boolean => stamp.followedAt !== null && isLate(stamp.followedAt, now);

const wholeHistory = (question: Question): readonly IndicatorPoint[] =>
  once(question.known, ['history', monthAt(question.now), question.definition.key, question.service], () => historyOf(question));

/** Nothing was counted, which is not zero cases. */
const UNCOUNTED: ReadonlySet<IndicatorState> = new Set([NEVER_READ, NO_WHOLE_MONTH, RATED_WITH_OTHERS]);

/** The figure of now. */
function indicator(question: Question): Indicator {
  const { known, definition, service, now } = question;
  const { kind: _, version: _version, base: _base, start: _start, ...told } = definition;
  const window = windowOf(question);
  const state = stateOf(question, window);
  const bundle = known.figures.of(window.shown, service);
  const counted = state.kind === 'known' || (state.kind === 'unknown' && !UNCOUNTED.has(state));
  const light = state.kind === 'known' ? lightOf(definition, state.value, legalDay(now), (lang, value) => showFigure(lang, definition.unit, value)) : undefined;
  const day = snapshotDay(definition, bundle);
  const asOf =
    definition.kind === 'imported'
      ? importedAsOf(known, definition.key)
      : (day?.toZonedDateTime('Europe/Berlin').toInstant() ?? known.stamp.followedAt ?? undefined);
  // a target is the city's: the light of one service would be a light without its rule
  return {
    ...told,
    events: eventsOf(question),
    state,
    asOf,
    cases: counted ? dependsOn(question, window.shown, ['cases', definition.key], () => casesOf(definition, bundle, known.definitions)) : undefined,
    light: service === undefined ? light : undefined,
  };
}

function stateOf(question: Question, { shown, hidden }: Window): IndicatorState {
  const { known, definition, service, now } = question;
  if (service !== undefined && !isPerService(definition, known.definitions)) return CITY_ONLY;
  const fromJournal = namesOf(question).length > 0;
  const { followedAt } = known.stamp;
  if (fromJournal && followedAt === null) return NEVER_READ;
  if (shown.length === 0 && hidden.length === 0) return NO_WHOLE_MONTH;
  if (hidden.length > 0 && !shown.some((month) => (casesOf(definition, known.figures.of([month], service), known.definitions) ?? 0) > 0))
    return { kind: 'suppressed' };
  const [bundle, today] = [known.figures.of(shown, service), legalDay(now)];
  if (service !== undefined && isRatedWithOthers(known, definition, service, bundle)) return RATED_WITH_OTHERS;
  const freshSince = today.subtract({ days: SNAPSHOT_DAYS });
  const reckon = () => evaluate(definition, { feel, definitions: known.definitions, bundle, imported: (key) => importedState(known, key, now), freshSince });
  const state = dependsOn(question, shown, ['year', definition.key], reckon, today.toString());
  // who stopped reading the journal does not know how it stands now
  if (fromJournal && state.kind === 'known' && followedAt !== null && isLate(followedAt, now)) return { kind: 'stale', last: state.value, since: followedAt };
  return state;
}

function historyOf(question: Question): IndicatorPoint[] {
  const { known, definition, service } = question;
  if (service !== undefined && !isPerService(definition, known.definitions)) return [];
  return historyMonths(question).map((month) =>
    dependsOn(question, [month], ['point', definition.key, month], () => (isHidden(question, month) ? hiddenIn(month) : pointOf(question, month))),
  );
}

const hiddenIn = (month: Month): IndicatorPoint => ({ month, value: undefined, cases: undefined, missing: 'suppressed' });

function pointOf({ known, definition, service }: Question, month: Month): IndicatorPoint {
  const bundle = known.figures.of([month], service);
  const state = evaluate(definition, { feel, definitions: known.definitions, bundle, imported: (key) => importedIn(known, key, month) });
  if (state.kind === 'suppressed') return hiddenIn(month);
  const cases = casesOf(definition, bundle, known.definitions);
  return state.kind === 'known' ? { month, value: state.value, cases } : { month, value: undefined, cases, missing: 'unknown' };
}

function forecastOf(question: Question, months: number, until: Month | undefined): IndicatorForecast | undefined {
  const { definition } = question;
  const after = until === undefined ? undefined : addMonths(until, 1);
  const running = after !== undefined && after < runningMonth(question) ? after : runningMonth(question);
  const history = wholeHistory(question).filter(({ month }) => month < running);
  const on = history.flatMap(({ month, value }) => [month, value]);
  return onceWhile(definition, `${months} ${until ?? ''}`, on, () => outlookOn(definition, history, months));
}
