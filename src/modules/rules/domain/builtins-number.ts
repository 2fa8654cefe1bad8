import { builtin, library } from './builtin.ts';
import { canonical, Decimal, decimalOf, isInteger, modulo, negate, parseNumber, roundTo, toNumber, type Num } from './number.ts';
import { DaysDuration, MonthsDuration } from './temporal.ts';
import { negateTemporal } from './temporal-arithmetic.ts';
import { printValue, type Value } from './value.ts';

const GROUPS = [' ', ',', '.'];
const POINTS = ['.', ','];

/** A number from a text with the given signs between groups and before the decimals (10.3.4.1). */
function numberFrom(text: string, group: string | null, point: string | null): Value {
  if ((group !== null && !GROUPS.includes(group)) || (point !== null && !POINTS.includes(point)) || (group !== null && group === point)) return null;
  const plain = group === null ? text : text.replaceAll(group, '');
  return parseNumber(point === null || point === '.' ? plain : plain.includes('.') ? 'x' : plain.replace(point, '.'));
}

const rounding = (name: string, mode: 0 | 1 | 4 | 5): ReturnType<typeof builtin> =>
  builtin(name, ['n: number, scale: number', (n: Num, scale: Num) => roundTo(n, scale, mode)]);

const isOdd = (n: Num, rest: number): boolean => isInteger(n) && decimalOf(n).abs().modulo(2).toNumber() === rest;

function absolute(value: Num | DaysDuration | MonthsDuration): Value {
  if (value instanceof DaysDuration) return value.nanos < 0n ? negateTemporal(value) : value;
  if (value instanceof MonthsDuration) return value.months < 0 ? negateTemporal(value) : value;
  return toNumber(value) < 0 ? negate(value) : value;
}

/** Numbers, and what makes numbers and texts of each other (OMG DMN 1.5, 10.3.4.1 and 10.3.4.5). */
export const NUMBER_FUNCTIONS = library(
  builtin(
    'number',
    ['from: string', (from: string) => numberFrom(from, null, '.')],
    ['from: string, grouping separator: string|null, decimal separator: string|null', numberFrom],
    ['from: number', (from: Num) => from],
  ),
  builtin('string', ['from: any', (from: Value) => (from === null ? null : printValue(from))]),
  builtin('not', ['negand: any', (negand: Value) => (typeof negand === 'boolean' ? !negand : null)]),
  builtin('decimal', ['n: number, scale: number', (n: Num, scale: Num) => roundTo(n, scale, 6)]),
  builtin('floor', ['n: number, scale?: number', (n: Num, scale: Num = 0) => roundTo(n, scale, 3)]),
  builtin('ceiling', ['n: number, scale?: number', (n: Num, scale: Num = 0) => roundTo(n, scale, 2)]),
  rounding('round up', 0),
  rounding('round down', 1),
  rounding('round half up', 4),
  rounding('round half down', 5),
  builtin('abs', ['n: number|days and time duration|years and months duration', absolute]),
  builtin('modulo', ['dividend: number, divisor: number', modulo]),
  builtin('sqrt', ['number: number', (number: Num) => (toNumber(number) < 0 ? null : canonical(decimalOf(number).sqrt()))]),
  builtin('log', ['number: number', (number: Num) => (toNumber(number) <= 0 ? null : canonical(decimalOf(number).ln()))]),
  builtin('exp', ['number: number', (number: Num) => (toNumber(number) > 14_000 ? null : canonical(Decimal.exp(decimalOf(number))))]),
  builtin('odd', ['number: number', (number: Num) => isOdd(number, 1)]),
  builtin('even', ['number: number', (number: Num) => isOdd(number, 0)]),
);
