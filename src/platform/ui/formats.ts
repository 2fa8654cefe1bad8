import { formatEuro } from '../../kernel/money.ts';
import { CITY_ZONE, formatGermanDate, legalDay } from '../../kernel/time.ts';
import type { Lang } from './html.ts';
import { shellTexts } from './texts.ts';

const LOCALE: Readonly<Record<Lang, string>> = { de: 'de-DE', en: 'en-GB', leicht: 'de-DE' };

/** Asked of `Intl` once: it takes longer for one date than a page has for all of its own. */
const MONTHS: Readonly<Record<Lang, readonly string[]>> = { de: monthsIn(LOCALE.de), en: monthsIn(LOCALE.en), leicht: monthsIn(LOCALE.leicht) };

function monthsIn(locale: string): string[] {
  const { format } = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format(Date.UTC(2026, month, 15)));
}

/** A day as people write it: `24. November 2026`, `24 November 2026`. */
export function formatDate(lang: Lang, { day, month, year }: Temporal.PlainDate): string {
  return `${day}${lang === 'en' ? '' : '.'} ${MONTHS[lang][month - 1]!} ${year}`;
}

/** A day for tables: `24.11.2026` in German, `24/11/2026` in English. */
export function formatShortDate(lang: Lang, day: Temporal.PlainDate): string {
  return lang === 'en' ? day.toLocaleString(LOCALE.en, { day: '2-digit', month: '2-digit', year: 'numeric' }) : formatGermanDate(day);
}

/** A moment on the city's clock: `24. November 2026, 14:05 Uhr`. */
export function formatInstant(lang: Lang, instant: Temporal.Instant): string {
  const time = instant.toZonedDateTimeISO(CITY_ZONE).toPlainTime().toString({ smallestUnit: 'minute' });
  const day = formatDate(lang, legalDay(instant));
  return lang === 'en' ? `${day}, ${time}` : `${day}, ${time} Uhr`;
}

/** How far a day is from today: `heute`, `morgen`, `in 3 Tagen`, `vor 12 Tagen`. */
export function formatRelativeDay(lang: Lang, day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const t = shellTexts(lang);
  const days = today.until(day, { largestUnit: 'days' }).days;
  if (days === 0) return t.today;
  if (days === 1) return t.tomorrow;
  if (days === -1) return t.yesterday;
  return days > 0 ? t.inDays(days) : t.daysAgo(-days);
}

/** A number in the language's notation: `1.234,5` or `1,234.5`. */
export function formatNumber(lang: Lang, value: number, digits = 0): string {
  const key = `${lang}:${digits}`;
  const known = NUMBERS.get(key) ?? new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: digits });
  NUMBERS.set(key, known);
  return known.format(value);
}

/** By language and digits: making one takes longer than writing a hundred numbers with it. */
const NUMBERS = new Map<string, Intl.NumberFormat>();

/** A measured value with the symbol of its unit, to two decimals; `1` is the unit of counts and not written. */
export const formatQuantity = (lang: Lang, value: number, unit: string): string => `${formatNumber(lang, value, 2)} ${unit === '1' ? '' : unit}`.trim();

/** The size of a file: `820 kB`, `3,4 MB`. */
export function formatBytes(lang: Lang, bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${formatNumber(lang, Math.ceil(bytes / 1000))} kB`;
  return `${formatNumber(lang, bytes / 1_000_000, 1)} MB`;
}

/** An amount as people write it: `1.234,50 €`, in English `€1,234.50`. */
export function formatAmount(lang: Lang, cents: number): string {
  if (lang !== 'en') return formatEuro(cents);
  const [, sign, whole, rest] = /^(−?)([\d.]+),(\d\d)/.exec(formatEuro(cents))!;
  return `${sign}€${whole!.replaceAll('.', ',')}.${rest}`;
}
