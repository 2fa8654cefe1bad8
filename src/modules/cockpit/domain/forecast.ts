import { milestonesOf, type Strategy } from './items.ts';

/** With fewer milestones to learn from nothing is forecast. */
export const LEAST_MILESTONES = 5;

export interface Delays {
  /** Days between the first promise and the day it was reached, of all milestones whose day has come; sorted. */
  readonly days: readonly number[];
  /** Of them, still open: late by so many days at least. */
  readonly open: number;
}

/** Days that one in ten milestones, half of them and nine in ten were late at most; negative: early. */
export interface DelayRange {
  readonly early: number;
  readonly median: number;
  readonly late: number;
}

export interface EndForecast {
  /** The last milestone as it is promised now. */
  readonly promised: string;
  readonly low: string;
  readonly mid: string;
  readonly high: string;
  readonly milestones: number;
}

const days = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** How late milestones have been so far. @param first the day each was first promised for */
export function delaysOf(strategy: Strategy, first: ReadonlyMap<string, string>, today: Temporal.PlainDate): Delays {
  const now = today.toString();
  let open = 0;
  const all = [...strategy.milestone.values()].flatMap((one) => {
    const promised = first.get(one.key) ?? one.dueOn;
    if (one.doneOn !== undefined) return [days(promised, one.doneOn)];
    if (promised >= now) return [];
    open++;
    return [days(promised, now)];
  });
  return { days: all.toSorted((a, b) => a - b), open };
}

/** Nearest-rank quantile of sorted values. */
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;

/** `undefined`: too little to learn from. */
export function delayRange({ days: sorted }: Delays): DelayRange | undefined {
  if (sorted.length < LEAST_MILESTONES) return undefined;
  return { early: quantile(sorted, 0.1), median: quantile(sorted, 0.5), late: quantile(sorted, 0.9) };
}

/**
 * When a measure is likely to be reached: its last open milestone as first promised, moved by the delays that eight in ten
 * milestones of the whole strategy have had (10th to 90th percentile, with the median). Never before today, nor before a
 * day that it was moved to: who moved it knew why. `undefined`:
 * all reached, or too little to learn from.
 */
export function endForecast(
  strategy: Strategy,
  measure: string,
  { delays, first, today }: { readonly delays: Delays; readonly first: ReadonlyMap<string, string>; readonly today: Temporal.PlainDate },
): EndForecast | undefined {
  const last = milestonesOf(strategy, measure).findLast(({ doneOn }) => doneOn === undefined);
  const range = delayRange(delays);
  if (last === undefined || range === undefined) return undefined;
  const base = Temporal.PlainDate.from(first.get(last.key) ?? last.dueOn);
  const promised = Temporal.PlainDate.from(last.dueOn);
  const moved = Temporal.PlainDate.compare(promised, base) > 0 && Temporal.PlainDate.compare(promised, today) > 0;
  const earliest = moved ? promised : today;
  const at = (late: number): string => {
    const day = base.add({ days: late });
    return (Temporal.PlainDate.compare(day, earliest) < 0 ? earliest : day).toString();
  };
  return { promised: last.dueOn, low: at(range.early), mid: at(range.median), high: at(range.late), milestones: delays.days.length };
}
