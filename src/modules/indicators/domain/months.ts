import { CITY_ZONE } from '../../../kernel/time.ts';

/** A month of the city's calendar, `2026-11`: texts of this form sort as months do. */
export type Month = string;

/** The month of a legal day, `2026-11-23`. */
export const monthOfDay = (day: string): Month => day.slice(0, 7);

let [known, knownMonth] = [Number.NaN, ''];

/** The month (Europe/Berlin) in which an instant falls. Entries come in order, so the hour before is asked for again and again. */
export function monthAt(at: Temporal.Instant): Month {
  const hour = Math.floor(at.epochMilliseconds / 3_600_000);
  // the zone is never moved by less than an hour, and no month begins within one
  if (hour !== known) [known, knownMonth] = [hour, at.toZonedDateTimeISO(CITY_ZONE).toPlainDate().toString().slice(0, 7)];
  return knownMonth;
}

/** @param by months later, negative: earlier */
export function addMonths(month: Month, by: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** Every month from the first to the last, both included. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** Whole days from one legal day to another, both as ISO texts. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
