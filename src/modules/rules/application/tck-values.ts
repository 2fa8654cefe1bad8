import { decimalOf, isNumber, parseNumber } from '../domain/number.ts';
import { FeelDateTime, FeelTime, parseDate, parseDateTime, parseDuration, parseTime } from '../domain/temporal.ts';
import { contextOf, equals, isContext, isList, printValue, typeOf, type Value } from '../domain/value.ts';
import { spell } from '../domain/scanner.ts';
import type { Type } from '../domain/types.ts';
import type { TckValue } from './read-tck.ts';

const NUMBERS = ['decimal', 'double', 'float', 'integer', 'int', 'long', 'short', 'byte', 'number'];

/** A value of FEEL from a value of a test file. Without a type it is a text. */
export function fromTck(value: TckValue): Value {
  switch (value.kind) {
    case 'list':
      return value.items.map(fromTck);
    case 'components':
      return contextOf(value.entries.map(([name, one]) => [spell(name), fromTck(one)]));
    case 'simple':
      return value.text === null ? null : simple(value.text, value.type);
  }
}

function simple(text: string, type: string | undefined): Value {
  const trimmed = text.trim();
  if (type === undefined || type === 'string') return text;
  if (NUMBERS.includes(type)) return parseNumber(trimmed);
  switch (type) {
    case 'boolean':
      return trimmed === 'true' || trimmed === '1';
    case 'date':
      return parseDate(trimmed);
    case 'time':
      return parseTime(trimmed);
    case 'dateTime':
    case 'date and time':
      return parseDateTime(trimmed);
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
    case 'days and time duration':
    case 'years and months duration':
      return parseDuration(trimmed);
    default:
      return text;
  }
}

/** Numbers may differ in the last of eight decimals: engines round logarithms and roots differently. */
const TOLERANCE = 1e-8;

/**
 * Whether an answer is the expected one. A text without a type means what the answer is; an empty one
 * stands for null in older files. Components are compared by name, each exactly once.
 */
export function isExpected(expected: TckValue, actual: Value): boolean {
  switch (expected.kind) {
    case 'list':
      return isList(actual) && actual.length === expected.items.length && expected.items.every((one, index) => isExpected(one, actual[index] ?? null));
    case 'components':
      if (!isContext(actual) || Object.keys(actual).length !== expected.entries.length) return false;
      return expected.entries.every(([name, one]) => Object.hasOwn(actual, spell(name)) && isExpected(one, actual[spell(name)] ?? null));
    case 'simple':
      return (expected.type === undefined && expected.text === '' && actual === null) || sameValue(untyped(expected, typeOf(actual)), actual);
  }
}

function sameValue(expected: Value, actual: Value): boolean {
  if (isNumber(expected) && isNumber(actual)) return decimalOf(expected).minus(decimalOf(actual)).abs().lessThanOrEqualTo(TOLERANCE);
  // an instant may be written at many offsets; only one of them is the expected text
  if (expected instanceof FeelTime || expected instanceof FeelDateTime)
    return typeOf(expected) === typeOf(actual) && printValue(expected) === printValue(actual);
  return equals(expected, actual) === true;
}

/** A text without a type means what is wanted at that place. */
function untyped(value: TckValue, wanted: string | undefined): Value {
  return value.kind === 'simple' && value.type === undefined && value.text !== null ? simple(value.text, wanted) : fromTck(value);
}

/** An input as the model declares it: a value without a type of its own takes that of its place, in parts and lists too. */
export function inputOf(value: TckValue, declared: Type | undefined): Value {
  const type = declared?.kind === 'limited' ? declared.of : declared;
  switch (value.kind) {
    case 'list':
      return value.items.map((one) => inputOf(one, type?.kind === 'list' ? type.of : undefined));
    case 'components': {
      const parts = new Map(type?.kind === 'context' ? type.entries : []);
      return contextOf(value.entries.map(([name, one]) => [spell(name), inputOf(one, parts.get(spell(name)))]));
    }
    case 'simple':
      return untyped(value, type?.kind === 'basic' ? type.name : undefined);
  }
}
