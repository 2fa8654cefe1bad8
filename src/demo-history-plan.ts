import { dice, pick } from './demo-history-people.ts';
import { CITY_ZONE, legalDay } from './kernel/time.ts';

/** Services with a past: decided by rules, by rules once it is paid, and by people. */
export const TOLD_SERVICES = ['bewohnerparkausweis', 'hund', 'baumfaellung'] as const;
export type ToldService = (typeof TOLD_SERVICES)[number];

/** `rules` decide at once; a `person` looks at it; something is missing and is `asked` for. */
export type Way = 'rules' | 'person' | 'asked';

interface Begun {
  readonly service: ToldService;
  /** Number of who applied. */
  readonly resident: number;
  readonly at: Temporal.Instant;
  /** Which link of the campaign led there. */
  readonly link?: number;
  /** Which wording of the campaign's page was shown, while two were compared. */
  readonly variant?: 'a' | 'b';
}

/** The code under which an application is begun, with the letter of the wording that was shown. @param codes of the campaign's links */
export function originOf({ link, variant }: Pick<Begun, 'link' | 'variant'>, codes: readonly string[]): string | undefined {
  const code = link === undefined ? undefined : codes[link];
  return code === undefined || variant === undefined ? code : `${code}.${variant}`;
}

export interface ToldCase extends Begun {
  readonly way: Way;
  /** Days from when it was complete to the decision; none where rules decide. */
  readonly days: number;
}

/** An application that was begun and left. */
export interface LeftDraft extends Begun {
  /** At which page of the form, counted from 0. */
  readonly page: number;
}

/** Days of a comparison of wordings, counted back from today. */
export const COMPARED = { finished: { from: 150, until: 95 }, running: { from: 16, until: 0 } } as const;

export interface HistoryPlan {
  /** The first day, and the day it was planned on, of which nothing is told. */
  readonly from: Temporal.PlainDate;
  readonly on: Temporal.PlainDate;
  readonly cases: readonly ToldCase[];
  readonly drafts: readonly LeftDraft[];
  /** Both, the oldest first: the order in which they are told. */
  readonly all: readonly (ToldCase | LeftDraft)[];
  /** Accounts that came without a card, by the day they were made. */
  readonly accounts: readonly Temporal.Instant[];
}

/**
 * The past of a demo, the same for the same day: whole months and the running one. Each month has at least ten cases of
 * what an indicator divides, so that it can be told; they grow, and the share that people decide falls.
 */
export function planHistory(today: Temporal.PlainDate, months: number): HistoryPlan {
  const from = today.with({ day: 1 }).subtract({ months });
  const each = Array.from({ length: months + 1 }, (_, index) => monthOf(from.add({ months: index }), today, index / months));
  const begun = [...each.flat(), ...curious(today).filter(({ at }) => Temporal.PlainDate.compare(legalDay(at), from) >= 0)].toSorted((a, b) =>
    Temporal.Instant.compare(a.at, b.at),
  );
  const named = withVariants(withResidents(begun).map((one) => withLink(one, today)));
  return {
    ...{ from, on: today },
    cases: named.filter((one) => 'way' in one),
    drafts: named.filter((one) => 'page' in one),
    all: named,
    accounts: each.flatMap((_, index) => accountsOf(from.add({ months: index }), today, index / months)),
  };
}

/** How many of a kind a month has, from the first to the last. */
type Growth = readonly [first: number, last: number];
const CASES: readonly { readonly service: ToldService; readonly way: Way; readonly of: Growth }[] = [
  { service: 'bewohnerparkausweis', way: 'rules', of: [11, 20] },
  { service: 'bewohnerparkausweis', way: 'person', of: [2, 2] },
  { service: 'bewohnerparkausweis', way: 'asked', of: [3, 3] },
  { service: 'hund', way: 'rules', of: [9, 13] },
  { service: 'hund', way: 'asked', of: [2, 1] },
  { service: 'baumfaellung', way: 'person', of: [3, 4] },
  { service: 'baumfaellung', way: 'asked', of: [8, 8] },
];
const LEFT: readonly { readonly service: ToldService; readonly pages: number; readonly of: Growth }[] = [
  { service: 'bewohnerparkausweis', pages: 4, of: [7, 5] },
  { service: 'hund', pages: 4, of: [5, 4] },
  { service: 'baumfaellung', pages: 4, of: [8, 5] },
];
const ACCOUNTS: Growth = [12, 24];
/** Who is asked for something has answered within the month they applied in, so that each month has enough of both. */
const ASKED_UNTIL = 14;
/** Days of people's work on a tree, at first and now. */
const TREE_DAYS: Growth = [40, 19];

const grown = ([first, last]: Growth, at: number): number => Math.round(first + (last - first) * at);

type Unnamed<One> = One extends unknown ? Omit<One, 'resident' | 'link' | 'variant'> & Pick<Begun, 'link'> : never;

function monthOf(first: Temporal.PlainDate, today: Temporal.PlainDate, at: number): Unnamed<ToldCase | LeftDraft>[] {
  const cases = CASES.flatMap(({ service, way, of }) =>
    spread(first, today, { name: `${service} ${way}`, count: grown(of, at), until: way === 'asked' ? ASKED_UNTIL : 31 }).map((moment, index) => ({
      ...{ service, way, at: moment },
      days: way === 'rules' ? 0 : service === 'baumfaellung' ? grown(TREE_DAYS, at) + ((index * 5) % 13) - 6 : 2 + (index % 4),
    })),
  );
  const drafts = LEFT.flatMap(({ service, pages, of }) =>
    spread(first, today, { name: `${service} left`, count: grown(of, at), until: 31 }).map((moment, index) => ({
      ...{ service, at: moment },
      page: Math.floor(dice(first.toString(), service, 'page', index) ** 1.5 * pages),
    })),
  );
  return [...cases, ...drafts];
}

const accountsOf = (first: Temporal.PlainDate, today: Temporal.PlainDate, at: number): Temporal.Instant[] =>
  spread(first, today, { name: 'account', count: grown(ACCOUNTS, at), until: 31 });

/** Moments of a month, from its first day to yesterday, at hours at which people sit at home. */
function spread(
  first: Temporal.PlainDate,
  today: Temporal.PlainDate,
  { name, count, until }: { readonly name: string; readonly count: number; readonly until: number },
): Temporal.Instant[] {
  const days = Math.min(until, first.daysInMonth);
  return Array.from({ length: count }, (_, index) => {
    const seed = [first.toString(), name, index] as const;
    const day = first.add({ days: Math.floor(((index + dice(...seed, 'day')) / count) * days) });
    const time = { hour: 7 + Math.floor(dice(...seed, 'hour') * 15), minute: Math.floor(dice(...seed, 'minute') * 60) };
    return day.toZonedDateTime({ timeZone: CITY_ZONE, plainTime: Temporal.PlainTime.from(time) }).toInstant();
  }).filter((moment) => Temporal.PlainDate.compare(legalDay(moment), today) < 0);
}

/** What often follows: who has parked here soon registers a dog, and some of them ask for a tree. */
const FOLLOWS: Readonly<Partial<Record<ToldService, { readonly after: ToldService; readonly share: number }>>> = {
  hund: { after: 'bewohnerparkausweis', share: 0.4 },
  baumfaellung: { after: 'hund', share: 0.2 },
};
const WITHIN_DAYS = { least: 5, most: 80 } as const;

/** Everybody is new but who needs something else after a while. */
function withResidents<One extends Unnamed<ToldCase | LeftDraft>>(begun: readonly One[]): (One & { readonly resident: number })[] {
  const before: { readonly service: ToldService; readonly at: Temporal.Instant; readonly resident: number }[] = [];
  return begun.map((one, index) => {
    const rule = FOLLOWS[one.service];
    const free = before.findIndex(({ service, at }) => {
      const days = at.until(one.at).total('hours') / 24;
      return service === rule?.after && days >= WITHIN_DAYS.least && days <= WITHIN_DAYS.most;
    });
    const follows = 'way' in one && rule !== undefined && free >= 0 && dice('follows', index) < rule.share;
    const resident = follows ? before.splice(free, 1)[0]!.resident : index;
    if ('way' in one) before.push({ service: one.service, at: one.at, resident });
    return { ...one, resident };
  });
}

/** The landing page's links: bus, pop-up, posters. */
const LINKS = [0, 0, 1, 2] as const;
/** How many came by the campaign: while wordings are compared most of those with dogs. */
const BY_CAMPAIGN = { compared: 0.85, else: 0.14 } as const;
/** Who came by the campaign while wordings were compared, looked at the form and left. */
const CURIOUS = 18;
/** Every so many of those who went on had read the page as it was; the others the better wording. */
const AS_IT_WAS = 4;

type Placed = Pick<Begun, 'service' | 'resident' | 'at' | 'link'>;

/** Which comparison runs on the day somebody with a dog came. */
function comparedOn({ service, at }: Pick<Placed, 'service' | 'at'>, today: Temporal.PlainDate): keyof typeof COMPARED | undefined {
  const back = legalDay(at).until(today, { largestUnit: 'days' }).days;
  const within = (which: keyof typeof COMPARED): boolean => back < COMPARED[which].from && back > COMPARED[which].until;
  return service !== 'hund' ? undefined : within('finished') ? 'finished' : within('running') ? 'running' : undefined;
}

function curious(today: Temporal.PlainDate): Unnamed<LeftDraft>[] {
  const { from, until } = COMPARED.finished;
  return Array.from({ length: CURIOUS }, (_, index) => {
    const day = today.subtract({ days: from - 2 - Math.floor(((from - until - 4) * index) / CURIOUS) });
    const at = day.toZonedDateTime({ timeZone: CITY_ZONE, plainTime: { hour: 9 + (index % 11), minute: (index * 17) % 60 } }).toInstant();
    return { service: 'hund', at, page: index % 3, link: pick(LINKS, 'curious', index) };
  });
}

function withLink<One extends Placed>(one: One, today: Temporal.PlainDate): One & { readonly compared?: keyof typeof COMPARED } {
  if (one.service === 'baumfaellung') return one;
  const seed = ['link', one.service, one.resident, one.at.toString()] as const;
  const compared = comparedOn(one, today);
  const came = one.link !== undefined || dice(...seed) < (compared === undefined ? BY_CAMPAIGN.else : BY_CAMPAIGN.compared);
  if (!came) return one;
  return { ...one, link: one.link ?? pick(LINKS, ...seed, 'which'), ...(compared && { compared }) };
}

function withVariants<One extends Placed & { readonly compared?: keyof typeof COMPARED }>(all: readonly One[]): (One & Pick<Begun, 'variant'>)[] {
  const seen = { finished: 0, running: 0 };
  return all.map((one) => {
    if (one.compared === undefined) return one;
    seen[one.compared] += 1;
    return { ...one, variant: seen[one.compared] % AS_IT_WAS === 0 ? 'a' : 'b' };
  });
}
