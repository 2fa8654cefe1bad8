import { businessCents } from './burden.ts';
import type { BurdenHistory } from './history.ts';
import type { StandardValues } from './standard-values.ts';

/** A service with what is known of it. */
export interface ServiceBurden {
  readonly service: string;
  readonly history: BurdenHistory;
  /** Cases of the last twelve whole months, in tens; unknown where nobody has counted, or there are too few to show. */
  readonly casesPerYear: number | undefined;
  /** Share of businesses among the applicants; unknown for most. */
  readonly businessShare: number | undefined;
}

/** All that is known, and how many services are not in it. */
export interface CitySum {
  readonly services: number;
  /** Of these: not in the sum, because their cases are not known. */
  readonly leftOut: readonly string[];
  readonly secondsPerYear: number;
  readonly citizenSeconds: number;
  readonly businessSeconds: number;
  /** Hours of whom is not known, and so no euros of them. */
  readonly unplacedSeconds: number;
  readonly unplaced: readonly string[];
  readonly businessCents: number;
  /** What has gone since the first known state; negative: it has grown. */
  readonly removedSecondsPerYear: number;
  readonly removedBusinessCents: number;
}

/** Sums the services of the city. What is not known is left out and named, never taken as nothing. */
export function citySum(all: readonly ServiceBurden[], values: StandardValues): CitySum {
  const known = all.flatMap(({ casesPerYear, ...one }) => (casesPerYear === undefined ? [] : [{ ...one, cases: casesPerYear }]));
  const add = (of: (one: (typeof known)[number]) => number): number => Math.round(known.reduce((sum, one) => sum + of(one), 0));
  const seconds = (one: (typeof known)[number]): number => one.history.now.seconds * one.cases;
  const cents = (one: (typeof known)[number], burden: 'first' | 'now'): number =>
    businessCents(one.history[burden], values) * one.cases * (one.businessShare ?? 0);
  return {
    services: all.length,
    leftOut: all.filter(({ casesPerYear }) => casesPerYear === undefined).map(({ service }) => service),
    secondsPerYear: add(seconds),
    citizenSeconds: add((one) => (one.businessShare === undefined ? 0 : seconds(one) * (1 - one.businessShare))),
    businessSeconds: add((one) => seconds(one) * (one.businessShare ?? 0)),
    unplacedSeconds: add((one) => (one.businessShare === undefined ? seconds(one) : 0)),
    unplaced: known.filter(({ businessShare }) => businessShare === undefined).map(({ service }) => service),
    businessCents: add((one) => cents(one, 'now')),
    removedSecondsPerYear: add((one) => (one.history.first.seconds - one.history.now.seconds) * one.cases),
    removedBusinessCents: add((one) => cents(one, 'first') - cents(one, 'now')),
  };
}
