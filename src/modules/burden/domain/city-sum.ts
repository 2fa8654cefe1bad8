import { businessCents, type Way } from './burden.ts';
import type { BurdenHistory } from './history.ts';
import type { StandardValues } from './standard-values.ts';

/** The cases of a service that come by one way, and what each costs. */
export interface WayBurden {
  readonly way: Way;
  readonly history: BurdenHistory;
  /** Cases of the last twelve whole months, in tens; unknown where nobody has counted, or there are too few to show. */
  readonly cases: number | undefined;
}

/** A service with what is known of it. */
export interface ServiceBurden {
  readonly service: string;
  /** Of a case that comes online. */
  readonly history: BurdenHistory;
  /** Every way, also where its cases are not known. */
  readonly ways: readonly WayBurden[];
  /** Share of businesses among the applicants, by whichever way they come; unknown for most. */
  readonly businessShare: number | undefined;
}

/** All that is known, and how many services are not in it. */
export interface CitySum {
  readonly services: number;
  /** Of these: not in the sum, because their cases are not known. */
  readonly leftOut: readonly string[];
  /** In the sum with what comes online alone: the other ways are not counted. */
  readonly onlineOnly: readonly string[];
  /** In the sum with what comes by other ways alone: too few come online, or it is not known. */
  readonly othersOnly: readonly string[];
  readonly cases: number;
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

type Known = WayBurden & { readonly cases: number };

const knownWays = ({ ways }: Pick<ServiceBurden, 'ways'>): readonly Known[] => ways.filter((one): one is Known => one.cases !== undefined);
const sumOver = (ways: readonly Known[], of: (one: Known) => number): number => ways.reduce((sum, one) => sum + of(one), 0);

/** Cases by all ways that are known; unknown where none is. */
export function casesOf(service: Pick<ServiceBurden, 'ways'>): number | undefined {
  const known = knownWays(service);
  return known.length === 0 ? undefined : sumOver(known, ({ cases }) => cases);
}

/** Cases by all ways but online; unknown where nobody counts them. */
export const othersOf = ({ ways }: Pick<ServiceBurden, 'ways'>): number | undefined => casesOf({ ways: ways.filter(({ way }) => way !== 'online') });

/** What all its cases cost in a year, by the ways that are known. */
export const secondsPerYear = (service: Pick<ServiceBurden, 'ways'>): number =>
  sumOver(knownWays(service), ({ history, cases }) => history.now.seconds * cases);

/** What has gone since the first known state, by the ways that are known; negative: it has grown. */
export const removedPerYear = (service: Pick<ServiceBurden, 'ways'>): number =>
  sumOver(knownWays(service), ({ history, cases }) => (history.first.seconds - history.now.seconds) * cases);

/** Sums the services of the city. What is not known is left out and named, never taken as nothing. */
export function citySum(all: readonly ServiceBurden[], values: StandardValues): CitySum {
  const known = all.filter((one) => casesOf(one) !== undefined);
  const add = (of: (one: ServiceBurden) => number): number => Math.round(known.reduce((sum, one) => sum + of(one), 0));
  const named = (which: (one: ServiceBurden) => boolean): readonly string[] => known.filter(which).map(({ service }) => service);
  const cents = (one: ServiceBurden, burden: 'first' | 'now'): number =>
    sumOver(knownWays(one), ({ history, cases }) => businessCents(history[burden], values) * cases) * (one.businessShare ?? 0);
  const online = ({ ways }: ServiceBurden): number | undefined => ways.find(({ way }) => way === 'online')?.cases;
  return {
    services: all.length,
    leftOut: all.filter((one) => casesOf(one) === undefined).map(({ service }) => service),
    onlineOnly: named((one) => othersOf(one) === undefined),
    othersOnly: named((one) => online(one) === undefined),
    cases: add((one) => casesOf(one)!),
    secondsPerYear: add(secondsPerYear),
    citizenSeconds: add((one) => (one.businessShare === undefined ? 0 : secondsPerYear(one) * (1 - one.businessShare))),
    businessSeconds: add((one) => secondsPerYear(one) * (one.businessShare ?? 0)),
    unplacedSeconds: add((one) => (one.businessShare === undefined ? secondsPerYear(one) : 0)),
    unplaced: named(({ businessShare }) => businessShare === undefined),
    businessCents: add((one) => cents(one, 'now')),
    removedSecondsPerYear: add(removedPerYear),
    removedBusinessCents: add((one) => cents(one, 'first') - cents(one, 'now')),
  };
}
