import { civilFromDays, daysFromCivil, daysInMonth, isYear, NANOS_PER_SECOND, offsetOf, SECONDS_PER_DAY, zoneNamed } from './calendar.ts';

const pad = (value: number, width = 2): string => String(Math.abs(value)).padStart(width, '0');
const fraction = (nanos: number): string => (nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`);

/** A calendar day. */
export class FeelDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  static of(year: number, month: number, day: number): FeelDate | null {
    const real = isYear(year) && Number.isInteger(month) && month >= 1 && month <= 12 && Number.isInteger(day) && day >= 1 && day <= daysInMonth(year, month);
    return real ? new FeelDate(year, month, day) : null;
  }

  static ofDays(days: number): FeelDate | null {
    const { year, month, day } = civilFromDays(days);
    return FeelDate.of(year, month, day);
  }

  get days(): number {
    return daysFromCivil(this.year, this.month, this.day);
  }

  /** Monday is 1 (ISO 8601). */
  get weekday(): number {
    return ((((this.days + 3) % 7) + 7) % 7) + 1;
  }

  plusMonths(months: number): FeelDate | null {
    const total = this.year * 12 + this.month - 1 + months;
    const year = Math.floor(total / 12);
    const month = total - year * 12 + 1;
    return isYear(year) ? new FeelDate(year, month, Math.min(this.day, daysInMonth(year, month))) : null;
  }

  toString(): string {
    return `${this.year < 0 ? '-' : ''}${pad(this.year, 4)}-${pad(this.month)}-${pad(this.day)}`;
  }
}

/** Where a time is meant: nowhere, at an offset from UTC in seconds, or in a named zone. */
export type Place = { readonly offset: number } | { readonly zone: string } | undefined;

function printOffset(offset: number): string {
  if (offset === 0) return 'Z';
  const size = Math.abs(offset);
  const seconds = size % 60 === 0 ? '' : `:${pad(size % 60)}`;
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 3600))}:${pad(Math.floor(size / 60) % 60)}${seconds}`;
}

const printPlace = (place: Place): string => (place === undefined ? '' : 'zone' in place ? `@${place.zone}` : printOffset(place.offset));

/** A time of day, to the nanosecond. */
export class FeelTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: number;
  readonly place: Place;

  constructor(hour: number, minute: number, second: number, nanos: number, place: Place) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.nanos = nanos;
    this.place = place;
  }

  static of(hour: number, minute: number, second: number, nanos: number, place: Place): FeelTime | null {
    const within = (value: number, limit: number): boolean => Number.isInteger(value) && value >= 0 && value < limit;
    return within(hour, 24) && within(minute, 60) && within(second, 60) && within(nanos, 1e9) ? new FeelTime(hour, minute, second, nanos, place) : null;
  }

  static ofNanos(nanosOfDay: bigint, place: Place): FeelTime {
    const seconds = Number(nanosOfDay / NANOS_PER_SECOND);
    return new FeelTime(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, Number(nanosOfDay % NANOS_PER_SECOND), place);
  }

  get secondOfDay(): number {
    return this.hour * 3600 + this.minute * 60 + this.second;
  }

  get nanosOfDay(): bigint {
    return BigInt(this.secondOfDay) * NANOS_PER_SECOND + BigInt(this.nanos);
  }

  /** The same clock elsewhere. */
  at(place: Place): FeelTime {
    return new FeelTime(this.hour, this.minute, this.second, this.nanos, place);
  }

  /** Seconds from UTC; a zone is asked for the given day. */
  offset(days: number): number | undefined {
    if (this.place === undefined) return undefined;
    return 'zone' in this.place ? offsetOf(this.place.zone, days, this.secondOfDay) : this.place.offset;
  }

  toString(): string {
    return `${pad(this.hour)}:${pad(this.minute)}:${pad(this.second)}${fraction(this.nanos)}${printPlace(this.place)}`;
  }
}

export class FeelDateTime {
  readonly date: FeelDate;
  readonly time: FeelTime;

  constructor(date: FeelDate, time: FeelTime) {
    this.date = date;
    this.time = time;
  }

  /** Nanoseconds since 1970 on the local clock. */
  get localNanos(): bigint {
    return BigInt(this.date.days) * BigInt(SECONDS_PER_DAY) * NANOS_PER_SECOND + this.time.nanosOfDay;
  }

  /** Nanoseconds since 1970 in UTC; a time without a place counts as UTC. */
  get nanos(): bigint {
    return this.localNanos - BigInt(this.time.offset(this.date.days) ?? 0) * NANOS_PER_SECOND;
  }

  static ofLocal(nanos: bigint, place: Place): FeelDateTime | null {
    const perDay = BigInt(SECONDS_PER_DAY) * NANOS_PER_SECOND;
    const rest = ((nanos % perDay) + perDay) % perDay;
    const date = FeelDate.ofDays(Number((nanos - rest) / perDay));
    return date === null ? null : new FeelDateTime(date, FeelTime.ofNanos(rest, place));
  }

  toString(): string {
    return `${this.date.toString()}T${this.time.toString()}`;
  }
}

/** Years and months. */
export class MonthsDuration {
  readonly months: number;

  constructor(months: number) {
    this.months = months;
  }

  toString(): string {
    const size = Math.abs(this.months);
    const [years, months] = [Math.floor(size / 12), size % 12];
    if (size === 0) return 'P0M';
    return `${this.months < 0 ? '-' : ''}P${years > 0 ? `${years}Y` : ''}${months > 0 ? `${months}M` : ''}`;
  }
}

/** Days, hours, minutes and seconds. */
export class DaysDuration {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }

  toString(): string {
    const size = this.nanos < 0n ? -this.nanos : this.nanos;
    if (size === 0n) return 'PT0S';
    const seconds = size / NANOS_PER_SECOND;
    const part = (value: bigint, unit: string): string => (value > 0n ? `${value}${unit}` : '');
    const rest = Number(size % NANOS_PER_SECOND);
    const last = seconds % 60n > 0n || rest > 0 ? `${seconds % 60n}${fraction(rest)}S` : '';
    const clock = part((seconds / 3600n) % 24n, 'H') + part((seconds / 60n) % 60n, 'M') + last;
    return `${this.nanos < 0n ? '-' : ''}P${part(seconds / 86_400n, 'D')}${clock === '' ? '' : `T${clock}`}`;
  }
}

const DATE = /^(-?(?:[1-9]\d{4,8}|\d{4}))-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2}(?::\d{2})?|@.+)?$/;

export function parseDate(text: string): FeelDate | null {
  const found = DATE.exec(text);
  return found === null ? null : FeelDate.of(Number(found[1]), Number(found[2]), Number(found[3]));
}

function parsePlace(text: string | undefined): Place | null {
  if (text === undefined) return undefined;
  if (/^z$/i.test(text)) return { offset: 0 };
  if (text.startsWith('@')) {
    const zone = zoneNamed(text.slice(1));
    return zone === undefined ? null : { zone };
  }
  const [hours, minutes, seconds] = text.slice(1).split(':').map(Number);
  if (hours! > 18 || minutes! > 59 || (seconds ?? 0) > 59) return null;
  const size = hours! * 3600 + minutes! * 60 + (seconds ?? 0);
  if (size > 18 * 3600) return null;
  return { offset: size === 0 ? 0 : text.startsWith('-') ? -size : size };
}

/** `24:00:00` of XML Schema (part 2, 3.3.7 and 3.3.8): the end of a day is the midnight of the next. */
const END_OF_DAY = /^24:00:00(\.0+)?(?=$|[^\d.])/;

export function parseTime(text: string): FeelTime | null {
  return parseClock(text.replace(END_OF_DAY, '00:00:00'));
}

function parseClock(text: string): FeelTime | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const place = parsePlace(found[5]);
  if (place === null) return null;
  const nanos = Number((found[4] ?? '').slice(0, 9).padEnd(9, '0'));
  return FeelTime.of(Number(found[1]), Number(found[2]), Number(found[3]), nanos, place);
}

/** A day alone stands for its midnight (OMG DMN 1.5, 10.3.4.1). */
export function parseDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf('T');
  const day = parseDate(at < 0 ? text : text.slice(0, at));
  const date = day !== null && at >= 0 && END_OF_DAY.test(text.slice(at + 1)) ? FeelDate.ofDays(day.days + 1) : day;
  const time = at < 0 ? new FeelTime(0, 0, 0, 0, undefined) : parseTime(text.slice(at + 1));
  return date === null || time === null ? null : new FeelDateTime(date, time);
}

const MONTHS = /^(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/;
const DAYS = /^(-?)P(?=\d|T)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/;

export function parseDuration(text: string): MonthsDuration | DaysDuration | null {
  const months = MONTHS.exec(text);
  if (months !== null) {
    const size = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return Number.isSafeInteger(size) ? new MonthsDuration(months[1] === '-' && size > 0 ? -size : size) : null;
  }
  const days = DAYS.exec(text);
  if (days === null) return null;
  const [, sign, d = '0', h = '0', m = '0', s = '0', part = ''] = days;
  const seconds = BigInt(d) * 86_400n + BigInt(h) * 3600n + BigInt(m) * 60n + BigInt(s);
  const nanos = seconds * NANOS_PER_SECOND + BigInt(part.slice(0, 9).padEnd(9, '0'));
  return new DaysDuration(sign === '-' ? -nanos : nanos);
}
