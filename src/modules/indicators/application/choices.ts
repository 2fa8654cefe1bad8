import { NAMES, SNAPSHOTS, STOCKS } from '../domain/counters.ts';
import { namesIn } from '../domain/formula.ts';
import { readDay, readNumber } from '../domain/read-answer.ts';
import { AGGREGATES, SOURCE_KINDS } from '../domain/source.ts';

/** What a form lets one choose. */
export const sourceKinds = SOURCE_KINDS;
export const aggregates = AGGREGATES;

/** A number as somebody here types it; `undefined`: it is none. */
export const typedNumber = (text: string): number | undefined => readNumber(text, true);

/** A day as the field for days hands it on; `undefined`: there is none such. */
export function typedDay(iso: string): Temporal.PlainDate | undefined {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? readDay(iso) : undefined;
  return day === undefined ? undefined : Temporal.PlainDate.from(day);
}

export interface NamedCounter {
  readonly name: string;
  /** In German: counters are the city's own words. */
  readonly meaning: string;
}

/** Every counter that a formula may use. */
export const allCounters = (): readonly NamedCounter[] => Object.entries(NAMES).map(([name, meaning]) => ({ name, meaning }));

/** Whether a formula counts what happened in a year; else it says how many there are at its end. */
export const isOverYear = (formula: string): boolean => namesIn(formula).every((name) => !(name in STOCKS || name in SNAPSHOTS));

/** The counters in a formula. */
export const countersOf = (formula: string): readonly NamedCounter[] =>
  namesIn(formula).flatMap((name) => (NAMES[name] === undefined ? [] : [{ name, meaning: NAMES[name] }]));
