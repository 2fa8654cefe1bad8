import { add, divide, isInteger, isNumber, multiply, power, subtract, toNumber } from './number.ts';
import type { Arithmetic, Comparison } from './syntax.ts';
import { FeelDate } from './temporal.ts';
import { addTemporal, divideTemporal, multiplyTemporal, subtractTemporal, temporalProperty } from './temporal-arithmetic.ts';
import { compareValues, equals, isContext, isList, Range, type Value } from './value.ts';

/** Arithmetic (OMG DMN 1.5, tables 55 to 57): null wherever the types do not fit. */
export const ARITHMETIC: Readonly<Record<Arithmetic, (a: Value, b: Value) => Value>> = {
  '+': (a, b) => {
    if (isNumber(a)) return isNumber(b) ? add(a, b) : null;
    return typeof a === 'string' ? (typeof b === 'string' ? a + b : null) : addTemporal(a, b);
  },
  '-': (a, b) => (isNumber(a) ? (isNumber(b) ? subtract(a, b) : null) : subtractTemporal(a, b)),
  '*': (a, b) => (isNumber(a) && isNumber(b) ? multiply(a, b) : multiplyTemporal(a, b)),
  '/': (a, b) => (isNumber(a) ? (isNumber(b) ? divide(a, b) : null) : divideTemporal(a, b)),
  '**': (a, b) => (isNumber(a) && isNumber(b) ? power(a, b) : null),
};

/** Comparison (OMG DMN 1.5, tables 53 and 54). */
export const COMPARE: Readonly<Record<Comparison, (a: Value, b: Value) => boolean | null>> = {
  '=': equals,
  '!=': (a, b) => {
    const same = equals(a, b);
    return same === null ? null : !same;
  },
  '<': (a, b) => ordered(a, b, (order) => order < 0),
  '<=': (a, b) => ordered(a, b, (order) => order <= 0),
  '>': (a, b) => ordered(a, b, (order) => order > 0),
  '>=': (a, b) => ordered(a, b, (order) => order >= 0),
};

function ordered(a: Value, b: Value, holds: (order: number) => boolean): boolean | null {
  const order = compareValues(a, b);
  return order === null ? null : holds(order);
}

/** Three-valued logic (OMG DMN 1.5, table 50). */
export const both = (a: Value, b: Value): boolean | null => (a === false || b === false ? false : a === true && b === true ? true : null);
export const either = (a: Value, b: Value): boolean | null => (a === true || b === true ? true : a === false && b === false ? false : null);

/** Whether a value fits what a test names: equals it, lies in its range, is in its list (OMG DMN 1.5, table 54). */
export function fitsTest(value: Value, test: Value): boolean | null {
  if (test instanceof Range) return value instanceof Range ? equals(value, test) : test.includes(value);
  if (!isList(test)) return equals(value, test);
  if (isList(value) && equals(value, test) === true) return true;
  let unknown = false;
  for (const one of test) {
    const found =
      one instanceof Range && !(value instanceof Range) ? one.includes(value) : isList(one) && !isList(value) ? fitsTest(value, one) : equals(value, one);
    if (found === true) return true;
    unknown ||= found === null && one !== null;
  }
  return unknown && value !== null && test.length === 1 ? null : false;
}

/** What stands behind a dot: an entry, a property, of a list one for each element (OMG DMN 1.5, 10.3.2.5). */
export function property(value: Value, name: string): Value {
  if (value === null) return null;
  if (isList(value)) return value.map((one) => property(one, name));
  if (value instanceof Range) return rangeProperty(value, name);
  const found = temporalProperty(value, name);
  if (found !== undefined) return found;
  return isContext(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

function rangeProperty(range: Range, name: string): Value {
  switch (name) {
    case 'start':
      return range.start;
    case 'end':
      return range.end;
    case 'start included':
      return range.startIncluded;
    case 'end included':
      return range.endIncluded;
    default:
      return null;
  }
}

/** A list for an iteration that goes on for longer is no rule that a person wrote. */
const LONGEST = 1_000_000;

/** The whole numbers or the days from one end to the other, downwards too (OMG DMN 1.4, 10.3.2.14); null for other ends. */
export function steps(from: Value, to: Value): readonly Value[] | null {
  if (isNumber(from) && isNumber(to) && isInteger(from) && isInteger(to)) return count(toNumber(from), toNumber(to));
  if (from instanceof FeelDate && to instanceof FeelDate) return count(from.days, to.days)?.map((days) => FeelDate.ofDays(days as number)) ?? null;
  return null;
}

function count(from: number, to: number): readonly Value[] | null {
  const size = Math.abs(to - from) + 1;
  return size > LONGEST ? null : Array.from({ length: size }, (_, index) => (from <= to ? from + index : from - index));
}

/** What `for` walks over: a list, a closed range, or one value by itself. */
export function elementsOf(value: Value): readonly Value[] | null {
  if (value === null) return null;
  if (isList(value)) return value;
  if (!(value instanceof Range)) return [value];
  const all = steps(value.start, value.end);
  if (all === null || compareValues(value.start, value.end) === null) return null;
  return all.slice(value.startIncluded ? 0 : 1, value.endIncluded ? undefined : -1);
}
