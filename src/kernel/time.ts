/** The city's legal time zone: days, deadlines and opening hours are counted in it. */
export const CITY_ZONE = 'Europe/Berlin';

/** Gives the present instant; passed in, so that tests and replays choose their own. */
export type Clock = () => Temporal.Instant;

/** The legal day (Europe/Berlin) on which `instant` falls. */
export function legalDay(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(CITY_ZONE).toPlainDate();
}

/** `2026-03-01` -> `01.03.2026`, the German numeric form (DIN 5008). */
export function formatGermanDate(day: Temporal.PlainDate): string {
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${pad(day.day)}.${pad(day.month)}.${day.year}`;
}
