import type { Origin } from '../../../kernel/indicator.ts';
import { FEWEST, inTens } from '../../../kernel/few.ts';
import type { Share } from '../../../kernel/usage.ts';

/** A figure with where it comes from and when it was true. */
export interface Rate {
  readonly share: Share;
  readonly origin: Origin;
  readonly asOf: Temporal.Instant;
}

/** From so many on, a rest of fewer than ten changes the share by little: it may be told as all. */
const MANY = 200;

/**
 * Both counts are brought to whole tens first: from the share nobody can reckon back to single cases. Fewer than ten of one
 * kind are neither none nor all.
 */
export function shareOf(part: number, whole: number | undefined): Share {
  if (whole === undefined) return { kind: 'unknown' };
  const [some, all] = [inTens(part), inTens(whole)];
  if (some < FEWEST || (some >= all && all < MANY)) return { kind: 'suppressed' };
  return { kind: 'known', value: Math.min(1, some / all), of: all };
}

/** From 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Quantile of the normal distribution for 95 of 100. */
const Z_95 = 1.959964;

/**
 * Where the share of all lies in 95 of 100 surveys like this one, if those asked were drawn by chance: the score interval of
 * Wilson (J. Amer. Statist. Assoc. 22 (1927) 209), which holds for few and for shares near 0 or 1, too.
 */
export function intervalOf(share: number, sampleSize: number): Interval {
  const z2 = Z_95 ** 2 / sampleSize;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z_95 / (1 + z2)) * Math.sqrt((share * (1 - share)) / sampleSize + z2 / (4 * sampleSize));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Nutzungsgrad: online cases of cases by all ways, both of the same months. @param byOtherWays absent: nobody counted at the counters */
export function usageShare(online: number, byOtherWays: number | undefined): Share {
  if (byOtherWays === undefined) return { kind: 'unknown' };
  const [here, there] = [inTens(online), inTens(byOtherWays)];
  return shareOf(here, here + there);
}

export interface Ended {
  readonly submitted: number;
  /** Untouched for long. */
  readonly givenUp: number;
  readonly discarded: number;
}

/** Completion: submitted of begun, where begun means that it has come to an end, one way or the other. */
export function completionShare({ submitted, givenUp, discarded }: Ended): Share {
  const rest = inTens(givenUp) + inTens(discarded);
  return shareOf(inTens(submitted), inTens(submitted) + rest);
}

/** Counts of a service that rates are made of. */
export interface ServiceCounts extends Ended {
  readonly service: string;
  readonly decided: number;
  /** Of the submitted, those of the months in which somebody counted the other ways. */
  readonly onlineMatched: number;
  readonly countedMonths: number;
  /** Of those months. */
  readonly byOtherWays: number | undefined;
}

/** The city's Nutzungsgrad: only of services and months whose other ways are counted, else it would look too good. */
export function cityUsage(services: readonly ServiceCounts[]): { readonly share: Share; readonly services: number; readonly months: number } {
  const known = services.filter((one) => one.byOtherWays !== undefined);
  const [online, others] = [sum(known.map((one) => inTens(one.onlineMatched))), sum(known.map((one) => inTens(one.byOtherWays!)))];
  return { share: usageShare(online, known.length === 0 ? undefined : others), services: known.length, months: sum(known.map((one) => one.countedMonths)) };
}

export const cityCompletion = (services: readonly ServiceCounts[]): Share =>
  completionShare({
    submitted: sum(services.map((one) => inTens(one.submitted))),
    givenUp: sum(services.map((one) => inTens(one.givenUp))),
    discarded: sum(services.map((one) => inTens(one.discarded))),
  });

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
