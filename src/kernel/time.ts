import { LOCALE, type Lang } from './lang.ts';

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

/** Asked of `Intl` once: it takes longer for one date than a page has for all of its own. */
const MONTHS: Readonly<Record<Lang, readonly string[]>> = { de: monthsIn(LOCALE.de), en: monthsIn(LOCALE.en), leicht: monthsIn(LOCALE.leicht) };

function monthsIn(locale: string): string[] {
  const { format } = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format(Date.UTC(2026, month, 15)));
}

/** A day as people write it: `24. November 2026`, `24 November 2026`. */
export function dayInWords(lang: Lang, { day, month, year }: Temporal.PlainDate): string {
  return `${day}${lang === 'en' ? '' : '.'} ${MONTHS[lang][month - 1]!} ${year}`;
}

/** A moment on the city's clock: `24. November 2026, 14:05 Uhr`. */
export function momentInWords(lang: Lang, instant: Temporal.Instant): string {
  const time = instant.toZonedDateTimeISO(CITY_ZONE).toPlainTime().toString({ smallestUnit: 'minute' });
  const day = dayInWords(lang, legalDay(instant));
  return lang === 'en' ? `${day}, ${time}` : `${day}, ${time} Uhr`;
}
