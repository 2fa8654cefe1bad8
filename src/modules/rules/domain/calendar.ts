/**
 * Days and instants of the proleptic Gregorian calendar. FEEL's years reach to ±999,999,999 (XML Schema
 * 1.1), beyond what Temporal can hold; Temporal is asked only for the offsets of named time zones.
 */
export const NANOS_PER_SECOND = 1_000_000_000n;
export const SECONDS_PER_DAY = 86_400;
const MOST_YEARS = 999_999_999;

/** Days since 1970-01-01. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export const daysInMonth = (year: number, month: number): number => [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;

export const isYear = (year: number): boolean => Number.isInteger(year) && Math.abs(year) <= MOST_YEARS;

const zones = new Map<string, string | undefined>();

/** The zone under its own name where it is one of the IANA database; `undefined` for all else. */
export function zoneNamed(name: string): string | undefined {
  if (!/^[A-Za-z][\w+-]*(\/[A-Za-z][\w+-]*)*$/.test(name)) return undefined;
  if (!zones.has(name)) {
    let known: string | undefined;
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
      known = name;
    } catch {
      known = undefined;
    }
    if (zones.size > 1000) zones.clear();
    zones.set(name, known);
  }
  return zones.get(name);
}

/** Offset of a zone in seconds at a local moment; of two, the earlier moment (as `compatible` in Temporal). */
export function offsetOf(zone: string, days: number, secondOfDay: number): number {
  const { year, month, day } = civilFromDays(days);
  const near = Math.max(-200_000, Math.min(200_000, year));
  const local = new Temporal.PlainDateTime(
    near,
    month,
    Math.min(day, daysInMonth(near, month)),
    Math.floor(secondOfDay / 3600),
    Math.floor(secondOfDay / 60) % 60,
    Math.floor(secondOfDay % 60),
  );
  return local.toZonedDateTime(zone).offsetNanoseconds / 1e9;
}
