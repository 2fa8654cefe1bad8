import { isYear, NANOS_PER_SECOND } from './calendar.ts';
import { canonical, Decimal, decimalOf, isNumber, type Num } from './number.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from './temporal.ts';
import type { Value } from './value.ts';

const NANOS_PER_DAY = 86_400n * NANOS_PER_SECOND;

/** Midnight UTC of a day: how a date meets a date and time (OMG DMN 1.5, 10.3.2.9.5). */
export const midnightUtc = (date: FeelDate): FeelDateTime => new FeelDateTime(date, new FeelTime(0, 0, 0, 0, { offset: 0 }));

function shift(at: FeelDateTime, nanos: bigint): FeelDateTime | null {
  const { place } = at.time;
  if (place === undefined || !('zone' in place)) return FeelDateTime.ofLocal(at.localNanos + nanos, place);
  try {
    const there = Temporal.Instant.fromEpochNanoseconds(at.nanos + nanos).toZonedDateTimeISO(place.zone);
    return FeelDateTime.ofLocal(at.nanos + nanos + BigInt(there.offsetNanoseconds), place);
  } catch {
    return null;
  }
}

function addMonths(value: Value, months: number): Value {
  if (value instanceof FeelDate) return value.plusMonths(months);
  if (value instanceof MonthsDuration) return new MonthsDuration(value.months + months);
  if (!(value instanceof FeelDateTime)) return null;
  const date = value.date.plusMonths(months);
  return date === null ? null : new FeelDateTime(date, value.time);
}

function addNanos(value: Value, nanos: bigint): Value {
  if (value instanceof DaysDuration) return new DaysDuration(value.nanos + nanos);
  if (value instanceof FeelDateTime) return shift(value, nanos);
  if (value instanceof FeelTime) return FeelTime.ofNanos((((value.nanosOfDay + nanos) % NANOS_PER_DAY) + NANOS_PER_DAY) % NANOS_PER_DAY, value.place);
  if (!(value instanceof FeelDate)) return null;
  return shift(midnightUtc(value), nanos)?.date ?? null;
}

/** Sum of a moment and a duration, or of two durations (OMG DMN 1.5, table 57); null for all else. */
export function addTemporal(left: Value, right: Value): Value {
  if (right instanceof MonthsDuration) return addMonths(left, right.months);
  if (right instanceof DaysDuration) return addNanos(left, right.nanos);
  if (left instanceof MonthsDuration) return addMonths(right, left.months);
  return left instanceof DaysDuration ? addNanos(right, left.nanos) : null;
}

export function subtractTemporal(left: Value, right: Value): Value {
  if (right instanceof MonthsDuration) return addMonths(left, -right.months);
  if (right instanceof DaysDuration) return addNanos(left, -right.nanos);
  if (left instanceof FeelTime && right instanceof FeelTime) return differenceOfTimes(left, right);
  if (left instanceof FeelDate && right instanceof FeelDate) return new DaysDuration(BigInt(left.days - right.days) * NANOS_PER_DAY);
  const [a, b] = [left instanceof FeelDate ? midnightUtc(left) : left, right instanceof FeelDate ? midnightUtc(right) : right];
  if (!(a instanceof FeelDateTime && b instanceof FeelDateTime)) return null;
  return (a.time.place === undefined) === (b.time.place === undefined) ? new DaysDuration(a.nanos - b.nanos) : null;
}

function differenceOfTimes(a: FeelTime, b: FeelTime): Value {
  if ((a.place === undefined) !== (b.place === undefined)) return null;
  const utc = (time: FeelTime): bigint => time.nanosOfDay - BigInt(time.offset(0) ?? 0) * NANOS_PER_SECOND;
  return new DaysDuration(utc(a) - utc(b));
}

const months = (value: Decimal): Value => {
  const whole = value.trunc().toNumber();
  return Number.isSafeInteger(whole) && isYear(Math.trunc(whole / 12)) ? new MonthsDuration(whole === 0 ? 0 : whole) : null;
};
const MOST_NANOS = new Decimal(10).pow(33);
const nanos = (value: Decimal): Value => (value.isFinite() && value.abs().lessThan(MOST_NANOS) ? new DaysDuration(BigInt(value.trunc().toFixed(0))) : null);
const size = (value: DaysDuration | MonthsDuration): Decimal => new Decimal(value instanceof DaysDuration ? value.nanos.toString() : value.months);
const isDuration = (value: Value): value is DaysDuration | MonthsDuration => value instanceof DaysDuration || value instanceof MonthsDuration;
const sized = (like: DaysDuration | MonthsDuration, value: Decimal): Value => (like instanceof DaysDuration ? nanos(value) : months(value));

export function multiplyTemporal(left: Value, right: Value): Value {
  if (isDuration(left) && isNumber(right)) return sized(left, size(left).times(decimalOf(right)));
  return isDuration(right) && isNumber(left) ? sized(right, size(right).times(decimalOf(left))) : null;
}

/** Of a duration and a number a duration, of two durations of one kind a number. */
export function divideTemporal(left: Value, right: Value): Value {
  if (!isDuration(left)) return null;
  if (isNumber(right)) return decimalOf(right).isZero() ? null : sized(left, size(left).dividedBy(decimalOf(right)));
  const alike = isDuration(right) && left instanceof DaysDuration === right instanceof DaysDuration;
  return alike && !size(right).isZero() ? canonical(size(left).dividedBy(size(right))) : null;
}

export const negateTemporal = (value: Value): Value =>
  value instanceof DaysDuration
    ? new DaysDuration(-value.nanos)
    : value instanceof MonthsDuration
      ? new MonthsDuration(value.months === 0 ? 0 : -value.months)
      : null;

const seconds = (total: bigint): Num => Number((total / NANOS_PER_SECOND) % 60n);

/** A property of a moment or a duration (OMG DMN 1.5, table 65); `undefined` where it has none of that name. */
export function temporalProperty(value: Value, name: string): Value | undefined {
  if (value instanceof FeelDate) return dateProperty(value, name);
  if (value instanceof FeelDateTime) return dateProperty(value.date, name) ?? timeProperty(value.time, value.date.days, name);
  if (value instanceof FeelTime) return timeProperty(value, 0, name);
  if (value instanceof MonthsDuration) {
    if (name === 'years') return Math.trunc(value.months / 12) + 0;
    return name === 'months' ? (value.months % 12) + 0 : undefined;
  }
  if (!(value instanceof DaysDuration)) return undefined;
  if (name === 'days') return Number(value.nanos / NANOS_PER_DAY);
  if (name === 'hours') return Number((value.nanos / (3600n * NANOS_PER_SECOND)) % 24n);
  if (name === 'minutes') return Number((value.nanos / (60n * NANOS_PER_SECOND)) % 60n);
  return name === 'seconds' ? withFraction(seconds(value.nanos), value.nanos) : undefined;
}

const withFraction = (whole: Num, total: bigint): Value => canonical(decimalOf(whole).plus(new Decimal((total % NANOS_PER_SECOND).toString()).dividedBy(1e9)));

const dateProperty = (date: FeelDate, name: string): Value | undefined =>
  name === 'year' || name === 'month' || name === 'day' || name === 'weekday' ? date[name] : undefined;

function timeProperty(time: FeelTime, days: number, name: string): Value | undefined {
  if (name === 'hour' || name === 'minute') return time[name];
  if (name === 'second') return time.nanos === 0 ? time.second : canonical(new Decimal(time.nanos).dividedBy(1e9).plus(time.second));
  if (name === 'time offset') {
    const offset = time.offset(days);
    return offset === undefined ? null : new DaysDuration(BigInt(offset) * NANOS_PER_SECOND);
  }
  if (name === 'timezone') return time.place !== undefined && 'zone' in time.place ? time.place.zone : null;
  return undefined;
}
