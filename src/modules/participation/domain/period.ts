import type { Day, PeriodStep } from './events.ts';
import type { PlanPeriod } from '../../catalogue/public.ts';

/**
 * Computes the end of a Frist whose event falls on `from` (§ 31 VwVfG, §§ 187-193 BGB). The law of
 * counting is procedure's; it comes in as a parameter.
 */
export type Fristende = (from: Day, period: PlanPeriod) => { readonly date: Day; readonly steps: readonly PeriodStep[] };

/**
 * Last day of a public display that begins on `startsOn`: the longer of the period and the least
 * number of days (§ 3(2) BauGB: a month, at least 30 days). The first day is not counted, so that the
 * display is never too short whichever way of counting a court takes (§ 187(1) or (2) BGB).
 */
export function displayEnd(startsOn: Day, period: PlanPeriod & { readonly atLeastDays?: number | undefined }, fristende: Fristende): ReturnType<Fristende> {
  const regular = fristende(startsOn, { length: period.length, unit: period.unit });
  if (period.atLeastDays === undefined) return regular;
  const least = fristende(startsOn, { length: period.atLeastDays, unit: 'days' });
  return least.date > regular.date ? least : regular;
}

/** First day a display may begin when its notice appeared on `noticedOn`: that many whole days lie between. */
export const earliestStart = (noticedOn: Day, noticeDays: number): Day =>
  noticeDays === 0
    ? noticedOn
    : Temporal.PlainDate.from(noticedOn)
        .add({ days: noticeDays + 1 })
        .toString();

/** The day a reminder is due; never before the day after asking. */
export function reminderDay(askedOn: Day, dueOn: Day, reminderDays: number): Day {
  const wished = Temporal.PlainDate.from(dueOn).subtract({ days: reminderDays }).toString();
  const first = Temporal.PlainDate.from(askedOn).add({ days: 1 }).toString();
  return wished > first ? wished : first;
}
