import { milestonesOf, type Strategy } from './items.ts';

/** With fewer milestones to learn from nothing is forecast. */
export const LEAST_MILESTONES = 5;

export interface Delays {
  /** Days between the first promise and the day it was reached, of all milestones whose day has come; sorted. */
  readonly days: readonly number[];
  /** Of them, still open: late by so many days at least. */
  readonly open: number;
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
  if (last === undefined || delays.days.length < LEAST_MILESTONES) return undefined;
  const base = Temporal.PlainDate.from(first.get(last.key) ?? last.dueOn);
  const promised = Temporal.PlainDate.from(last.dueOn);
  const moved = Temporal.PlainDate.compare(promised, base) > 0 && Temporal.PlainDate.compare(promised, today) > 0;
  const earliest = moved ? promised : today;
  const at = (share: number): string => {
    const day = base.add({ days: quantile(delays.days, share) });
    return (Temporal.PlainDate.compare(day, earliest) < 0 ? earliest : day).toString();
  };
  return { promised: last.dueOn, low: at(0.1), mid: at(0.5), high: at(0.9), milestones: delays.days.length };
}
