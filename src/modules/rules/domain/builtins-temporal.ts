import { builtin, library } from './builtin.ts';
import { decimalOf, isInteger, toNumber, type Num } from './number.ts';
import { daysFromCivil } from './calendar.ts';
import { type DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration, parseDate, parseDateTime, parseDuration, parseTime } from './temporal.ts';
import type { Value } from './value.ts';

type Day = FeelDate | FeelDateTime;
const dayOf = (value: Day): FeelDate => (value instanceof FeelDate ? value : value.date);

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Whole years and months from one day to another, towards zero (OMG DMN 1.5, table 72); the time of day does not count. */
function monthsBetween(from: Day, to: Day): MonthsDuration {
  const forwards = dayOf(from).days <= dayOf(to).days;
  const [a, b] = forwards ? [dayOf(from), dayOf(to)] : [dayOf(to), dayOf(from)];
  const months = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
  return new MonthsDuration(forwards || months === 0 ? months : -months);
}

/** The ISO week that a day belongs to. */
function weekOf(value: Day): number {
  const { days, weekday } = dayOf(value);
  const thursday = days - weekday + 4;
  const { year } = FeelDate.ofDays(thursday)!;
  return Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1;
}

function timeFrom(hour: Num, minute: Num, second: Num, offset: DaysDuration | null = null): Value {
  const whole = decimalOf(second).floor();
  const nanos = decimalOf(second).minus(whole).times(1e9).floor().toNumber();
  const seconds = offset === null ? undefined : Number(offset.nanos / 1_000_000_000n);
  if (seconds !== undefined && Math.abs(seconds) > 18 * 3600) return null;
  return FeelTime.of(toNumber(hour), toNumber(minute), whole.toNumber(), nanos, seconds === undefined ? undefined : { offset: seconds });
}

const dateFrom = (year: Num, month: Num, day: Num): Value =>
  [year, month, day].every(isInteger) ? FeelDate.of(toNumber(year), toNumber(month), toNumber(day)) : null;

/** What stands after `@` (OMG DMN 1.5, grammar rule 62). */
export const parseAt = (text: string): Value => parseDuration(text) ?? parseDate(text) ?? parseTime(text) ?? parseDateTime(text);

/** Days, times and durations (OMG DMN 1.5, 10.3.4.1 and 10.3.4.7). */
export const TEMPORAL_FUNCTIONS = library(
  builtin('@', ['from: string', parseAt]),
  builtin(
    'date',
    ['from: string', parseDate],
    ['from: date', (from: FeelDate) => from],
    ['from: date and time', (from: FeelDateTime) => from.date],
    ['year: number, month: number, day: number', dateFrom],
  ),
  builtin(
    'time',
    ['from: string', parseTime],
    ['from: time', (from: FeelTime) => from],
    ['from: date', () => new FeelTime(0, 0, 0, 0, { offset: 0 })],
    ['from: date and time', (from: FeelDateTime) => from.time],
    ['hour: number, minute: number, second: number, offset?: days and time duration|null', timeFrom],
  ),
  builtin(
    'date and time',
    ['from: string', parseDateTime],
    ['date: date, time: time', (date: FeelDate, time: FeelTime) => new FeelDateTime(date, time)],
    ['date: date and time, time: time', (date: FeelDateTime, time: FeelTime) => new FeelDateTime(date.date, time)],
    ['from: date and time', (from: FeelDateTime) => from],
  ),
  builtin('duration', ['from: string', parseDuration], ['from: days and time duration|years and months duration', (from: Value) => from]),
  builtin('years and months duration', ['from: date|date and time, to: date|date and time', monthsBetween]),
  builtin('day of year', ['date: date|date and time', (value: Day) => dayOf(value).days - daysFromCivil(dayOf(value).year, 1, 1) + 1]),
  builtin('day of week', ['date: date|date and time', (value: Day) => WEEKDAYS[dayOf(value).weekday - 1]!]),
  builtin('month of year', ['date: date|date and time', (value: Day) => MONTHS[dayOf(value).month - 1]!]),
  builtin('week of year', ['date: date|date and time', weekOf]),
);
