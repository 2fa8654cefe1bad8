import { FEWEST } from '../../../kernel/few.ts';
/** What others needed next, and what is often used: dated parameters, own placement. */
interface Counting {
  readonly validFrom: string;
  /** A case of another service counts as following within so many days. */
  readonly withinDays: number;
  /** Cases that are older say little about today. */
  readonly lookBackDays: number;
  /** Fewer people are not told: they might be recognised. */
  readonly fewest: number;
}

const COUNTING: readonly Counting[] = [{ validFrom: '2026-01-01', withinDays: 90, lookBackDays: 730, fewest: FEWEST }];

/** The parameters in force on a day. */
export function countingOn(day: Temporal.PlainDate): Counting {
  const found = COUNTING.findLast(({ validFrom }) => validFrom <= day.toString());
  if (found === undefined) throw new Error(`no parameters for counting on ${day.toString()}`);
  return found;
}

const SHOWN = 3;

/**
 * The services that followed any of these most often, without these themselves.
 * @param followed pairs with how many people, in any order
 */
export function nextAfter(
  followed: readonly { readonly service: string; readonly next: string; readonly people: number }[],
  services: readonly string[],
): string[] {
  const people = new Map<string, number>();
  for (const one of followed) {
    if (services.includes(one.service) && !services.includes(one.next)) people.set(one.next, (people.get(one.next) ?? 0) + one.people);
  }
  return [...people]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, SHOWN)
    .map(([service]) => service);
}
