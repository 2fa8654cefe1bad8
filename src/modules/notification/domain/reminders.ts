import { parameter } from '../../../kernel/parameter.ts';

/** What ends, or must be answered, for an account on a day. */
export interface Expiry {
  readonly accountId: string;
  /** Names what ends, e.g. `case.<id>.anhoerung`. */
  readonly key: string;
  /** `answer`: the applicant must answer by then. `remedy`: until then they can object. `fee`: it must be paid by then. `permit`: what was granted ends. `mandate`: a Vollmacht ends. `draft`: an unfinished application is deleted. */
  readonly kind: 'answer' | 'remedy' | 'fee' | 'permit' | 'mandate' | 'draft';
  /** Days before the end on which this one is reminded of; absent: the city's own for all. */
  readonly daysBefore?: readonly number[];
  /** How to go on; what is kept is kept by a button. */
  readonly next?: { readonly how: 'verlaengern' | 'neu' | 'behalten'; readonly path: string };
  /** The last day. */
  readonly day: Temporal.PlainDate;
  /** Where it is looked after. */
  readonly path: string;
  /** What it is about, for the page behind the sign-in; never for a notice. */
  readonly about: { readonly de: string; readonly en: string; readonly leicht: string };
}

/**
 * What ends from one day to another, both included: of one account, or of all. With `reminding`, what has days of its own
 * (`daysBefore`) is given when one of them has come, however far ahead its end is, and not before.
 */
export type Expiring = (span: {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
  readonly accountId?: string;
  readonly reminding?: boolean;
}) => Promise<readonly Expiry[]>;

export const REMINDER_DAYS = parameter(
  'notification.reminder-days',
  'Wann vor dem Ende einer Frist erinnert wird',
  { daysBefore: { label: 'Davor', unit: 'Tage', least: 1, most: 60, list: true } },
  [{ from: '2026-01-01', value: { daysBefore: [7, 1] }, source: 'Eigene Setzung der Stadt, keine Vorschrift' }],
);

/** Days before the end on which people are reminded, the longest first. */
export const reminderDays = (day: Temporal.PlainDate): readonly number[] => REMINDER_DAYS.on(day).daysBefore.toSorted((a, b) => b - a);

/**
 * Which reminders have become due for what ends in `left` days. One is given for all of them: who was not reminded on the
 * seventh day, since the machine stood still or the end came suddenly, is reminded now, once.
 */
export function remindersDue(left: number, daysBefore: readonly number[]): readonly number[] {
  return left < 0 ? [] : daysBefore.filter((days) => left <= days);
}

export const notificationParameters = [REMINDER_DAYS];
