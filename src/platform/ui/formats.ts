import { formatEuro } from '../../kernel/money.ts';
import { LOCALE, type Lang } from '../../kernel/lang.ts';
import { dayInWords, formatGermanDate, momentInWords } from '../../kernel/time.ts';
import { shellTexts } from './texts.ts';

/** A day as people write it: `24. November 2026`, `24 November 2026`. */
export const formatDate = dayInWords;

/** A moment on the city's clock: `24. November 2026, 14:05 Uhr`. */
export const formatInstant = momentInWords;

/** A day for tables: `24.11.2026` in German, `24/11/2026` in English. */
export function formatShortDate(lang: Lang, day: Temporal.PlainDate): string {
  return lang === 'en' ? day.toLocaleString(LOCALE.en, { day: '2-digit', month: '2-digit', year: 'numeric' }) : formatGermanDate(day);
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

/** Whole days after which something was done, as they follow «nach». */
export function formatDaysAfter(lang: Lang, days: number): string {
  const whole = days < 1 ? 0 : Math.ceil(days);
  if (lang === 'en') return whole === 0 ? 'less than a day' : whole === 1 ? 'one day' : `${whole}\u00a0days`;
  if (lang === 'leicht') return whole === 0 ? 'weniger als 1 Tag' : whole === 1 ? '1 Tag' : `${whole}\u00a0Tagen`;
  return whole === 0 ? 'weniger als einem Tag' : whole === 1 ? 'einem Tag' : `${whole}\u00a0Tagen`;
}

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
