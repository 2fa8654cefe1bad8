import type { Indicator, IndicatorPeriod, IndicatorState } from '../../../kernel/indicator.ts';
import { COUNTERS } from '../domain/counters.ts';
import { casesOf, isPerService } from '../domain/definition.ts';
import { evaluate } from '../domain/evaluate.ts';
import { lightOf } from '../domain/light.ts';
import { addMonths, type Month } from '../domain/months.ts';
import { importedIn } from './desk.ts';
import { feel } from './feel.ts';
import { showFigure } from './show-figure.ts';
import { dependsOn, eventsOf, historyMonths, isHidden, namesOf, runningMonth, type Question } from './shown-months.ts';

const NOT_OVER: IndicatorState = {
  kind: 'unknown',
  reason: {
    de: 'Diese Monate sind noch nicht vorbei, oder das Journal ist noch nicht so weit gelesen.',
    en: 'These months are not over yet, or the journal has not been read as far.',
    leicht: 'Diese Monate sind noch nicht vorbei.',
  },
};
/** Of one service there is none. */
export const CITY_ONLY: IndicatorState = {
  kind: 'unknown',
  reason: { de: 'Diese Kennzahl gilt für die ganze Stadt.', en: 'This indicator is about the whole city.', leicht: 'Diese Zahl gilt für die ganze Stadt.' },
};
const NOTHING: IndicatorState = {
  kind: 'unknown',
  reason: { de: 'Aus diesen Monaten gibt es keine Zahlen.', en: 'There are no figures of these months.', leicht: 'Aus dieser Zeit gibt es keine Zahl.' },
};

/** The figure of some months that are over. It is made of those that the history shows, and tells no more than they do. */
export function inPeriod(question: Question, { first, last }: IndicatorPeriod): Indicator {
  const inside = historyMonths(question).filter((month) => first <= month && month <= last);
  const over = last < runningMonth(question);
  const about = ['period', question.definition.key, first, last, inside[0] ?? '', inside.at(-1) ?? '', String(over)];
  return dependsOn(question, inside, about, () => figureOf(question, inside, lastDayOf(last), over));
}

function figureOf(question: Question, inside: readonly Month[], end: Temporal.PlainDate, over: boolean): Indicator {
  const { known, definition, service } = question;
  const { kind: _, version: _version, base: _base, start: _start, ...told } = definition;
  const months = inside.filter((month) => !isHidden(question, month));
  const state = over ? stateOf(question, inside, months) : NOT_OVER;
  // a target is the city's and that of a year: neither a service nor a sum of some months is held against it
  const judged = state.kind === 'known' && service === undefined && !addsUp(question);
  return {
    ...told,
    events: eventsOf(question),
    state,
    light: judged ? lightOf(definition, state.value, end, (lang, value) => showFigure(lang, definition.unit, value)) : undefined,
    asOf: state.kind === 'known' ? end.toZonedDateTime('Europe/Berlin').toInstant() : undefined,
    cases: state.kind === 'known' ? casesOf(definition, known.figures.of(months, service), known.definitions) : undefined,
  };
}

function stateOf(question: Question, inside: readonly Month[], months: readonly Month[]): IndicatorState {
  const { known, definition, service } = question;
  if (service !== undefined && !isPerService(definition, known.definitions)) return CITY_ONLY;
  if (inside.length === 0) return NOTHING;
  if (months.length === 0) return { kind: 'suppressed' };
  return evaluate(definition, {
    feel,
    definitions: known.definitions,
    bundle: known.figures.of(months, service),
    imported: (key) => importedIn(known, key, months.findLast((month) => importedIn(known, key, month).kind === 'known') ?? months.at(-1)!),
  });
}

/** Whether more months make more of it, so that a quarter cannot be held against the target of a year. */
const addsUp = (question: Question): boolean =>
  ['count', 'minutes', 'euros'].includes(question.definition.unit) && namesOf(question).some((name) => name in COUNTERS);

const lastDayOf = (month: Month): Temporal.PlainDate => Temporal.PlainDate.from(`${addMonths(month, 1)}-01`).subtract({ days: 1 });
