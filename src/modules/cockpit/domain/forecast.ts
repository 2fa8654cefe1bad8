import { milestonesOf, type Strategy } from './items.ts';

/** With fewer milestones to learn from nothing is forecast. */
export const LEAST_MILESTONES = 5;

export interface Delays {
  /** Days between the first promise and the day it was reached, of all milestones whose day has come; sorted. */
  readonly days: readonly number[];
  /** Of them, those that have been reached; sorted. */
  readonly reached: readonly number[];
  /** Of them, still open: late by so many days at least. */
  readonly open: number;
}

/** Days that one in ten milestones, half of them and nine in ten were late at most; negative: early. */
export interface DelayRange {
  readonly early: number;
  readonly median: number;
  readonly late: number;
  /** So many of those reached lay from `early` to `late`. */
  readonly within: number;
}

export interface EndForecast {
  /** The last milestone as it is promised now. */
  readonly promised: string;
  /** As it was promised first. */
  readonly first: string;
  readonly low: string;
  readonly mid: string;
  readonly high: string;
  readonly milestones: number;
}

const days = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** How late milestones have been so far. @param first the day each was first promised for */
export function delaysOf(strategy: Strategy, first: ReadonlyMap<string, string>, today: Temporal.PlainDate): Delays {
  const now = today.toString();
  const [reached, open]: [number[], number[]] = [[], []];
  for (const { key, dueOn, doneOn } of strategy.milestone.values()) {
    const promised = first.get(key) ?? dueOn;
    if (doneOn !== undefined) reached.push(days(promised, doneOn));
    else if (promised < now) open.push(days(promised, now));
  }
  const sorted = (all: readonly number[]): number[] => all.toSorted((a, b) => a - b);
  return { days: sorted([...reached, ...open]), reached: sorted(reached), open: open.length };
}

/** Nearest-rank quantile of sorted values. */
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;

/** `undefined`: too little to learn from. */
export function delayRange({ days: sorted, reached }: Delays): DelayRange | undefined {
  if (sorted.length < LEAST_MILESTONES) return undefined;
  const [early, median, late] = [quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9)];
  return { early, median, late, within: reached.filter((one) => one >= early && one <= late).length };
}

/**
 * When a measure is likely to be reached: its last open milestone as promised now, moved by the delays that milestones of
 * the whole strategy have had (10th to 90th percentile, with the median). A range that would begin before today begins
 * today, and is as long as any: a new promise, or one that has passed, makes nobody surer. `undefined`: all reached, or
 * too little to learn from.
 */
export function endForecast(
  strategy: Strategy,
  measure: string,
  { delays, first, today }: { readonly delays: Delays; readonly first: ReadonlyMap<string, string>; readonly today: Temporal.PlainDate },
): EndForecast | undefined {
  const last = milestonesOf(strategy, measure).findLast(({ doneOn }) => doneOn === undefined);
  const range = delayRange(delays);
  if (last === undefined || range === undefined) return undefined;
  const earliest = Temporal.PlainDate.from(last.dueOn).add({ days: range.early });
  const low = Temporal.PlainDate.compare(earliest, today) < 0 ? today : earliest;
  const at = (late: number): string => low.add({ days: late - range.early }).toString();
  return {
    ...{ promised: last.dueOn, first: first.get(last.key) ?? last.dueOn, milestones: delays.days.length },
    ...{ low: low.toString(), mid: at(range.median), high: at(range.late) },
  };
}
