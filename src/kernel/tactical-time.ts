import { CITY_ZONE } from './time.ts';

const MONTHS = ['jan', 'feb', 'mrz', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez'] as const;

const two = (n: number): string => String(n).padStart(2, '0');

/** Day, hour, minute, month, year on the city's clock, as staffs write it: `121948nov26` (DV 102). */
export function tacticalTime(at: Temporal.Instant): string {
  const { day, hour, minute, month, year } = at.toZonedDateTimeISO(CITY_ZONE);
  return `${two(day)}${two(hour)}${two(minute)}${MONTHS[month - 1]!}${two(year % 100)}`;
}

const PATTERNS: readonly (readonly [RegExp, readonly ('day' | 'month' | 'name' | 'year' | 'hour' | 'minute')[]])[] = [
  [/^(\d{1,2})[:.](\d{2})(?: ?uhr)?$/, ['hour', 'minute']],
  [/^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2}),? +(\d{1,2})[:.](\d{2})(?: ?uhr)?$/, ['day', 'month', 'year', 'hour', 'minute']],
  [/^(\d{2})(\d{2})(\d{2})([a-zä]{3})(\d{2})$/, ['day', 'hour', 'minute', 'name', 'year']],
  [/^(\d{4})-(\d{2})-(\d{2})[t ](\d{2}):(\d{2})(?::\d{2})?$/, ['year', 'month', 'day', 'hour', 'minute']],
];

/**
 * A moment as people type it: `19:48` (the last time the clock showed that), `12.11.2026 19:48`, `121948nov26`.
 * @returns `undefined` when it is none of them
 */
export function readTime(typed: string, now: Temporal.Instant): Temporal.Instant | undefined {
  const text = typed.trim().toLowerCase();
  for (const [pattern, names] of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return placed(Object.fromEntries(names.map((name, index) => [name, found[index + 1]!])), now);
  }
  return undefined;
}

function placed(parts: Readonly<Record<string, string>>, now: Temporal.Instant): Temporal.Instant | undefined {
  const today = now.toZonedDateTimeISO(CITY_ZONE);
  const { day, month, name, year, hour, minute } = parts;
  const named = name === undefined ? undefined : monthOf(name);
  if (name !== undefined && named === undefined) return undefined;
  try {
    const at = Temporal.ZonedDateTime.from(
      {
        timeZone: CITY_ZONE,
        year: year === undefined ? today.year : Number(year) + (year.length === 2 ? 2000 : 0),
        month: named ?? (month === undefined ? today.month : Number(month)),
        day: day === undefined ? today.day : Number(day),
        hour: Number(hour),
        minute: Number(minute),
      },
      { overflow: 'reject' },
    );
    // a bare clock time that lies ahead was yesterday's: nothing is noted before it happens
    const ahead = day === undefined && Temporal.Instant.compare(at.toInstant(), now.add({ minutes: 2 })) > 0;
    return (ahead ? at.subtract({ days: 1 }) : at).toInstant();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** English months are typed, too: the form's own example is from a staff that does. */
function monthOf(name: string): number | undefined {
  const other: Readonly<Record<string, number>> = { mär: 3, mar: 3, may: 5, oct: 10, dec: 12 };
  const place = MONTHS.findIndex((month) => month === name);
  return place === -1 ? other[name] : place + 1;
}
