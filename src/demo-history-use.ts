import { stepsOf } from './demo-history-cases.ts';
import { dice, residentOf } from './demo-history-people.ts';
import { originOf, type HistoryPlan, type ToldCase, type ToldService } from './demo-history-plan.ts';
import type { ToldCases } from './demo-history.ts';
import { legalDay } from './kernel/time.ts';
import type { UsageHistory } from './modules/usage/public.ts';

/** Tens that came by other ways, in the first month and the last: fewer and fewer. */
const BY_OTHER_WAYS: readonly { readonly service: ToldService; readonly channel: 'counter' | 'phone' | 'post'; readonly of: readonly [number, number] }[] = [
  { service: 'bewohnerparkausweis', channel: 'counter', of: [50, 30] },
  { service: 'hund', channel: 'counter', of: [20, 10] },
  { service: 'hund', channel: 'phone', of: [10, 10] },
  { service: 'baumfaellung', channel: 'post', of: [20, 10] },
  { service: 'baumfaellung', channel: 'counter', of: [10, 10] },
];
/** Openings of a campaign's link, views of its page and steps onward, for each application that is begun by it. */
const BY_LINK = { followed: 13, shown: 12, onward: 5 } as const;
/** One in so many answers the question after the Bescheid, of a service at most so many in a month: all are told together. */
const [ONE_IN, MOST_OF_SERVICE] = [2, 8];

/** What was counted beside the cases of a demo's past, so that all figures fit them. @param codes of the campaign's links */
export function usageOf(plan: HistoryPlan, told: ToldCases, { codes, landing }: { readonly codes: readonly string[]; readonly landing: string }): UsageHistory {
  const months = plan.from.until(plan.on.with({ day: 1 }), { largestUnit: 'months' }).months;
  const at = (month: Temporal.PlainDate): number => plan.from.until(month, { largestUnit: 'months' }).months / months;
  const begun = plan.all.map((one) => {
    const origin = originOf(one, codes);
    const pages = 'way' in one ? 99 : one.page + 1;
    return { day: legalDay(one.at), service: one.service, submitted: 'way' in one, pages, ...(origin !== undefined && { origin }) };
  });
  return {
    ...{ from: plan.from, landing, begun, opened: begun.flatMap(openedBy) },
    counted: Array.from({ length: months + 1 }, (_, index) => plan.from.add({ months: index })).flatMap((month) => {
      const over = Math.min(1, month.until(plan.on, { largestUnit: 'days' }).days / month.daysInMonth);
      return BY_OTHER_WAYS.map(({ service, channel, of: [first, last] }) => {
        const count = 10 * Math.round(((first + (last - first) * at(month)) * over) / 10);
        return { month, service, channel, count };
      }).filter(({ count }) => count > 0);
    }),
    rated: decidedOf(plan)
      .filter((_, index) => index % ONE_IN === 0)
      .filter(({ one, month }, index, all) => {
        const before = all.slice(0, index).filter((other) => other.one.service === one.service && other.month.equals(month));
        return before.length < MOST_OF_SERVICE;
      })
      .map(({ one, month }) => ({ month, accountId: residentOf(one.resident).id, caseId: told.get(one)!, score: scoreOf(one, at(month)) })),
  };
}

/** Programs that opened a link, for each opening by people: more of some links than of others, and on no two days as many. */
export const withRobots = (opened: UsageHistory['opened']): readonly (UsageHistory['opened'][number] & { readonly robots: number })[] =>
  opened.map((one) => {
    const link = one.origin.split('.')[0]!;
    return { ...one, robots: one.followed * (0.06 + 0.3 * dice('robots', link) + 0.1 * dice('robots', link, one.day.toString())) };
  });

/** While wordings are compared each is shown as often as the other, whichever led on. */
function openedBy({ day, service, origin }: UsageHistory['begun'][number]): UsageHistory['opened'] {
  if (origin === undefined) return [];
  const { followed, shown, onward } = BY_LINK;
  const [code, letter] = origin.split('.');
  if (letter === undefined) return [{ day, service, origin, followed, shown, onward }];
  return ['a', 'b'].map((one) => ({
    ...{ day, service, origin: `${code}.${one}`, shown: shown / 2 },
    ...(one === letter ? { followed, onward } : { followed: 0, onward: 0 }),
  }));
}

/** Decided by the day of the plan, in the order of the decisions. */
function decidedOf({ cases, on }: HistoryPlan): readonly { readonly one: ToldCase; readonly month: Temporal.PlainDate }[] {
  return cases
    .map((one) => ({ one, day: legalDay(stepsOf(one).find(({ does }) => does === 'decide')?.at ?? one.at) }))
    .filter(({ day }) => Temporal.PlainDate.compare(day, on) < 0)
    .toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day))
    .map(({ one, day }) => ({ one, month: day.with({ day: 1 }) }));
}

/** From 1 to 5; who waited for people is less content, and all are more so as time goes on. */
const scoreOf = ({ resident, service, way }: ToldCase, grown: number): number =>
  Math.min(5, Math.max(1, Math.round(2 + 0.7 * grown + (way === 'rules' ? 0.7 : 0) + 1.8 * dice('score', resident, service))));
