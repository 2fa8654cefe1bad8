import { compareNumbers, Decimal, isNumber, printNumber, toNumber, type Num } from './number.ts';
import type { Type } from './types.ts';
import { NANOS_PER_SECOND } from './calendar.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration, type Place } from './temporal.ts';

/**
 * FEEL's values (OMG DMN 1.5, 10.3.2). Lists are arrays, contexts plain objects: what a case holds needs
 * no translation. What is not known is null; `undefined` does not occur inside.
 */
export type Value =
  | null
  | boolean
  | Num
  | string
  | readonly Value[]
  | Context
  | FeelDate
  | FeelTime
  | FeelDateTime
  | DaysDuration
  | MonthsDuration
  | Range
  | Lambda;
export interface Context {
  readonly [name: string]: Value;
}

/** Values between two ends; an end of null with `open` reaches for ever. */
export class Range {
  readonly start: Value;
  readonly end: Value;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;

  constructor(start: Value, end: Value, startIncluded: boolean, endIncluded: boolean) {
    this.start = start;
    this.end = end;
    this.startIncluded = startIncluded;
    this.endIncluded = endIncluded;
  }

  /** Null where the order cannot be told. */
  includes(value: Value): boolean | null {
    const low = this.start === null ? 1 : compareValues(value, this.start);
    const high = this.end === null ? -1 : compareValues(value, this.end);
    if (low === null || high === null) return null;
    return (low > 0 || (low === 0 && this.startIncluded)) && (high < 0 || (high === 0 && this.endIncluded));
  }
}

interface Signature {
  readonly parameters: readonly Type[];
  readonly result: Type;
}

/** Arguments by name. */
export type Named = ReadonlyMap<string, Value>;

/** A function: of the standard library, of a model, or defined in an expression. */
export class Lambda {
  readonly name: string;
  /** Names of the parameters; `undefined` where the number of arguments is free. */
  readonly parameters: readonly string[] | undefined;
  readonly call: (args: readonly Value[]) => Value;
  readonly callNamed: (args: Named) => Value;
  /** The types of a function that a model or an expression defines. */
  readonly signature: Signature | undefined;

  constructor(
    name: string,
    parameters: readonly string[] | undefined,
    call: (args: readonly Value[]) => Value,
    callNamed?: (args: Named) => Value,
    signature?: Signature,
  ) {
    this.name = name;
    this.parameters = parameters;
    this.call = call;
    this.callNamed = callNamed ?? ((args) => byName(parameters, call, args));
    this.signature = signature;
  }
}

function byName(parameters: readonly string[] | undefined, call: (args: readonly Value[]) => Value, args: Named): Value {
  if (parameters === undefined || [...args.keys()].some((name) => !parameters.includes(name))) return null;
  return call(parameters.map((name) => args.get(name) ?? null));
}

export type TypeName =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'function';

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export function typeOf(value: Value): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return typeof value as 'string' | 'boolean' | 'number';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Decimal) return 'number';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof DaysDuration) return 'days and time duration';
  if (value instanceof MonthsDuration) return 'years and months duration';
  if (value instanceof Range) return 'range';
  return value instanceof Lambda ? 'function' : 'context';
}

export const isContext = (value: Value): value is Context => typeOf(value) === 'context';

const sameDate = (a: FeelDate, b: FeelDate): boolean => a.year === b.year && a.month === b.month && a.day === b.day;

/** With an offset or a zone by its instant, else by its clock; never one beside the other (10.3.2.3.4, 10.3.2.3.6). */
const sameMoment = <T extends FeelTime | FeelDateTime>(a: T, b: T): boolean => (placeOf(a) === undefined) === (placeOf(b) === undefined) && orderOf(a, b) === 0;
const placeOf = (moment: FeelTime | FeelDateTime): Place => (moment instanceof FeelTime ? moment.place : moment.time.place);

/** Equality (OMG DMN 1.5, table 53): null beside values of different types; null equals only null. */
export function equals(a: Value, b: Value): boolean | null {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (isNumber(a)) return isNumber(b) ? compareNumbers(a, b) === 0 : null;
  const type = typeOf(a);
  if (type !== typeOf(b)) return null;
  switch (type) {
    case 'list':
      return sameList(a as readonly Value[], b as readonly Value[]);
    case 'context':
      return sameContext(a as Context, b as Context);
    case 'date':
      return sameDate(a as FeelDate, b as FeelDate);
    case 'time':
      return sameMoment(a as FeelTime, b as FeelTime);
    case 'date and time':
      return sameMoment(a as FeelDateTime, b as FeelDateTime);
    case 'days and time duration':
      return (a as DaysDuration).nanos === (b as DaysDuration).nanos;
    case 'years and months duration':
      return (a as MonthsDuration).months === (b as MonthsDuration).months;
    case 'range':
      return sameRange(a as Range, b as Range);
    default:
      return false;
  }
}

const sameList = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length && a.every((value, index) => equals(value, b[index] ?? null) === true);

function sameContext(a: Context, b: Context): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && equals(a[name] ?? null, b[name] ?? null) === true);
}

const sameRange = (a: Range, b: Range): boolean =>
  a.startIncluded === b.startIncluded && a.endIncluded === b.endIncluded && equals(a.start, b.start) === true && equals(a.end, b.end) === true;

const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of two values of one ordered type; null for all else. */
export function compareValues(a: Value, b: Value): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string') return typeof b === 'string' ? compareTexts(a, b) : null;
  if (isNumber(a)) return isNumber(b) ? compareNumbers(a, b) : null;
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.days - b.days : null;
  if (a instanceof FeelDateTime) return b instanceof FeelDateTime ? orderOf(a, b) : null;
  if (a instanceof FeelTime) return b instanceof FeelTime ? orderOf(a, b) : null;
  if (a instanceof DaysDuration) return b instanceof DaysDuration ? order(a.nanos, b.nanos) : null;
  if (a instanceof MonthsDuration) return b instanceof MonthsDuration ? a.months - b.months : null;
  return null;
}

/** By their instants; one without an offset is taken at the offset of the other (OMG DMN 1.5, table 54). */
const orderOf = <T extends FeelTime | FeelDateTime>(a: T, b: T): number => order(instantOf(a, placeOf(b)), instantOf(b, placeOf(a)));

/** Nanoseconds in UTC. A zone has no offset without a day: a time alone takes that of 1970-01-01. */
function instantOf(moment: FeelTime | FeelDateTime, otherwise: Place): bigint {
  const [time, days] = moment instanceof FeelTime ? [moment, 0] : [moment.time, moment.date.days];
  const local = moment instanceof FeelTime ? moment.nanosOfDay : moment.localNanos;
  return local - BigInt((time.place === undefined ? time.at(otherwise) : time).offset(days) ?? 0) * NANOS_PER_SECOND;
}

/** By code points: UTF-16 would order characters beyond the basic plane wrongly. */
function compareTexts(a: string, b: string): number {
  const short = Math.min(a.length, b.length);
  for (let i = 0; i < short; i++) {
    const [x, y] = [a.codePointAt(i)!, b.codePointAt(i)!];
    if (x !== y) return x - y;
    if (x > 0xffff) i++;
  }
  return a.length - b.length;
}

/** A context whose names may be any text, `__proto__` too. */
export const contextOf = (entries: Iterable<readonly [string, Value]>): Context => Object.fromEntries<Value>(entries);

/** A value from outside: JSON and Temporal. What FEEL does not know is null. */
export function fromPlain(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      if (value instanceof Temporal.PlainDate) return FeelDate.of(value.year, value.month, value.day);
      return value as Value;
    default:
      return null;
  }
}

/** A value for outside: decimals as numbers, days and times as ISO text; unchanged where nothing needs it. */
export function toPlain(value: Value): unknown {
  switch (typeOf(value)) {
    case 'number':
      return toNumber(value as Num);
    case 'list': {
      const list = value as readonly Value[];
      const plain = list.map(toPlain);
      return plain.every((one, index) => one === list[index]) ? list : plain;
    }
    case 'context': {
      const entries = Object.entries(value as Context);
      const plain = entries.map(([name, one]) => [name, toPlain(one)] as const);
      return plain.every(([, one], index) => one === entries[index]![1]) ? value : Object.fromEntries(plain);
    }
    case 'null':
    case 'boolean':
    case 'string':
      return value;
    case 'function':
      return null;
    default:
      return printValue(value);
  }
}

const printNested = (value: Value): string => (typeof value === 'string' ? JSON.stringify(value) : printValue(value));

/** As FEEL's `string()` prints it. */
export function printValue(value: Value): string {
  switch (typeOf(value)) {
    case 'number':
      return printNumber(value as Num);
    case 'list':
      return `[${(value as readonly Value[]).map(printNested).join(', ')}]`;
    case 'context':
      return `{${Object.entries(value as Context)
        .map(([name, one]) => `${/^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name) ? name : JSON.stringify(name)}: ${printNested(one)}`)
        .join(', ')}}`;
    case 'range':
      return printRange(value as Range);
    case 'function':
      return `function ${(value as Lambda).name}`;
    case 'null':
      return 'null';
    default:
      return (value as FeelDate).toString();
  }
}

function printRange({ start, end, startIncluded, endIncluded }: Range): string {
  const print = (value: Value): string => (typeof value === 'string' || typeof value === 'number' || value === null ? printNested(value) : printEnd(value));
  return `${startIncluded ? '[' : '('}${print(start)}..${print(end)}${endIncluded ? ']' : ')'}`;
}

/** Days and times inside a range are written as literals. */
const printEnd = (value: Value): string => (isNumber(value) ? printValue(value) : `@"${printValue(value)}"`);
