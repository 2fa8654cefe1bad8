const ZONE = 'Europe/Berlin';

/**
 * Reads a time as staffs write it, on the city's clock: `28.11.2026 14:00`, `2026-11-28 14:00`, `14:00` of today, with or without
 * `T` and `Uhr`; or RFC 3339 with an offset. @returns `undefined` for what is no time
 */
export function readLocalTime(text: string, now: Temporal.Instant): Temporal.Instant | undefined {
  const plain = text.trim().replace(/\s*Uhr$/i, '');
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?,?\s+(\d{1,2})[:.](\d\d)$/.exec(plain);
  const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d)?$/.exec(plain);
  const hour = /^(\d{1,2})[:.](\d\d)$/.exec(plain);
  const today = now.toZonedDateTimeISO(ZONE);
  try {
    if (german !== null) return local(Number(german[3] ?? today.year), Number(german[2]), Number(german[1]), Number(german[4]), Number(german[5]));
    if (iso !== null) return local(Number(iso[1]), Number(iso[2]), Number(iso[3]), Number(iso[4]), Number(iso[5]));
    if (hour !== null) return local(today.year, today.month, today.day, Number(hour[1]), Number(hour[2]));
    return Temporal.Instant.from(plain);
  } catch {
    return undefined;
  }
}

const local = (year: number, month: number, day: number, hour: number, minute: number): Temporal.Instant =>
  Temporal.PlainDateTime.from({ year, month, day, hour, minute }, { overflow: 'reject' }).toZonedDateTime(ZONE).toInstant();

/** A height as people write it: `5,35`, `5.35`, `-1,2`; `undefined` for what is none. */
export const readMetres = (text: string): number | undefined =>
  /^-?\d{1,3}([.,]\d{1,3})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined;
