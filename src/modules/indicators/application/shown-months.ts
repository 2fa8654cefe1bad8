import { STOCKS } from '../domain/counters.ts';
import { indicatorsIn, type Definition } from '../domain/definition.ts';
import type { Cell } from '../domain/fold.ts';
import { MonthDisclosure } from '../domain/month-disclosure.ts';
import { addMonths, monthAt, monthsBetween, type Month } from '../domain/months.ts';
import { countsCases, eventsBehind, namesBehind } from '../domain/told.ts';
import type { Known } from './desk.ts';
import { once, onceOf } from './once.ts';

/** Months of the figure of now: a year, so that no season decides. */
const WINDOW = 12;
const LONGEST_HISTORY = 120;

/** An indicator of the city, or of one service, as it is asked for at a moment. */
export interface Question {
  readonly known: Known;
  readonly definition: Definition;
  readonly service: string | undefined;
  readonly now: Temporal.Instant;
}

export const namesOf = ({ known, definition }: Pick<Question, 'known' | 'definition'>): readonly string[] =>
  once(known, ['names', definition.key], () => namesBehind(definition, known.definitions));

export const eventsOf = ({ known, definition }: Pick<Question, 'known' | 'definition'>): readonly string[] =>
  once(known, ['events', definition.key], () => eventsBehind(definition, known.definitions));

/** What depends on the rows of some months alone is kept while they stay as they are. A stock depends on all months before them, too. */
export function dependsOn<T>(question: Question, months: readonly Month[], about: readonly string[], reckon: () => T, also?: string): T {
  const ofMonths = question.service === undefined && !namesOf(question).some((name) => name in STOCKS);
  return ofMonths ? onceOf(question.known, months, about, reckon, also) : reckon();
}

/** The month that is not over yet, as far as the journal is read: of what comes later there is nothing, which is not zero. */
export function runningMonth({ known, definition, now }: Omit<Question, 'service'>): Month {
  const read = namesOf({ known, definition }).length === 0 ? now : (known.stamp.followedAt ?? now);
  return monthAt(Temporal.Instant.compare(read, now) < 0 ? read : now);
}

/** Kept as long as nothing of the month changes: most months never do. */
const SETTLED = new WeakMap<ReadonlyMap<string, Cell>, MonthDisclosure>();

function disclosureOf(rows: ReadonlyMap<string, Cell>): MonthDisclosure {
  const settled = SETTLED.get(rows) ?? new MonthDisclosure(rows);
  SETTLED.set(rows, settled);
  return settled;
}

/** Whether its month may not be told, of the city or of a service. */
export function isHidden({ known, definition, service }: Question, month: Month): boolean {
  return disclosureOf(known.figures.rows(month)).hides(namesOf({ known, definition }), service);
}

/** Cases are told in whole months alone: between two days anybody could see each new one. */
function lastMonth(question: Question): Month {
  const running = runningMonth(question);
  return question.service !== undefined || countsCases(namesOf(question)) ? addMonths(running, -1) : running;
}

const later = (a: Month, b: Month | undefined): Month => (b !== undefined && b > a ? b : a);

/** The month in which the journal begins: what is dated before it says nothing of its time. */
const firstOfJournal = ({ stamp }: Known): Month | undefined => (stamp.firstAt === null ? undefined : monthAt(stamp.firstAt));

export interface Window {
  /** Those of the last year that may be told: their sum tells no more than they do. */
  readonly shown: readonly Month[];
  readonly hidden: readonly Month[];
}

export function windowOf(question: Question): Window {
  const last = lastMonth(question);
  const first = addMonths(last, 1 - WINDOW);
  const all = monthsBetween(countsCases(namesOf(question)) ? later(first, firstOfJournal(question.known)) : first, last);
  const { true: hidden = [], false: shown = [] } = Object.groupBy(all, (month) => String(isHidden(question, month)) as 'true' | 'false');
  return { shown, hidden };
}

/** The months of a history: from the first in which something of the indicator itself was counted. */
export function historyMonths(question: Question): readonly Month[] {
  const last = lastMonth(question);
  return once(question.known, ['months', question.definition.key, question.service, last], () => {
    const first = firstMonth(question);
    return first === undefined ? [] : monthsBetween(later(addMonths(last, 1 - LONGEST_HISTORY), first), last);
  });
}

function firstMonth(question: Question): Month | undefined {
  const { known, service } = question;
  const counted = known.figures.firstMonthOf(namesOf(question), service);
  const fetched = importedBehind(question).flatMap(({ key }) => known.imported.get(key)?.values[0]?.day.slice(0, 7) ?? []);
  return [...(counted === undefined ? [] : [later(counted, firstOfJournal(known))]), ...fetched].toSorted()[0];
}

/** The indicators from outside that a figure is made of, itself among them. */
function importedBehind({ known, definition }: Pick<Question, 'known' | 'definition'>): readonly Definition[] {
  if (definition.kind === 'imported') return [definition];
  return indicatorsIn(definition.formula, known.definitions).flatMap((one) => importedBehind({ known, definition: one }));
}
