import { decimalOf, isNumber, parseNumber } from '../domain/number.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../domain/temporal.ts';
import { contextOf, equals, isContext, isList, type Value } from '../domain/value.ts';
import { spell } from '../domain/scanner.ts';
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
      return parseDateTime(trimmed);
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
      return parseDuration(trimmed);
    default:
      return text;
  }
}

/** Numbers may differ in the last of eight decimals: engines round logarithms and roots differently. */
const TOLERANCE = 1e-8;

/** Whether an engine's answer is the expected one. */
export function sameAnswer(expected: Value, actual: Value): boolean {
  if (isNumber(expected) && isNumber(actual)) return decimalOf(expected).minus(decimalOf(actual)).abs().lessThanOrEqualTo(TOLERANCE);
  if (isList(expected)) return isList(actual) && actual.length === expected.length && expected.every((one, index) => sameAnswer(one, actual[index] ?? null));
  if (isContext(expected)) {
    if (!isContext(actual)) return false;
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(actual).length &&
      names.every((name) => Object.hasOwn(actual, name) && sameAnswer(expected[name] ?? null, actual[name] ?? null))
    );
  }
  return equals(expected, actual) === true;
}

/** A text without a type means what the model wants at that place. */
export function untyped(value: TckValue, wanted: string | undefined): Value {
  return value.kind === 'simple' && value.type === undefined && value.text !== null ? simple(value.text, wanted) : fromTck(value);
}
