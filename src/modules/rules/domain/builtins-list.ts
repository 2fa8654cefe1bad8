import { builtin, library, spread } from './builtin.ts';
import { add, canonical, compareNumbers, Decimal, decimalOf, divide, isNumber, multiply, sumOf, toNumber, type Num } from './number.ts';
import { DaysDuration, MonthsDuration } from './temporal.ts';
import { addTemporal, divideTemporal } from './temporal-arithmetic.ts';
import { compareValues, equals, isList, type Lambda, type Value } from './value.ts';

type List = readonly Value[];

/** Null is found only by null. */
const same = (a: Value, b: Value): boolean => equals(a, b) === true;

function extreme(args: List, sign: 1 | -1): Value {
  const list = spread(args);
  let best: Value = list[0] ?? null;
  for (const value of list) {
    const order = compareValues(value, best);
    if (order === null) return null;
    if (order * sign > 0) best = value;
  }
  return best;
}

const numbers = (args: List): readonly Num[] | null => {
  const list = spread(args);
  return list.length > 0 && list.every(isNumber) ? list : null;
};

const isDuration = (value: Value): boolean => value instanceof DaysDuration || value instanceof MonthsDuration;

function sum(...args: List): Value {
  const list = spread(args);
  if (list.length > 0 && list.every(isDuration)) return list.reduce((total, one) => addTemporal(total, one));
  const all = numbers(args);
  return all === null ? null : sumOf(all);
}

function mean(...args: List): Value {
  const list = spread(args);
  const total = sum(...args);
  if (total === null) return null;
  return isNumber(total) ? divide(total, list.length) : divideTemporal(total, list.length);
}

/** Three-valued: one value decides, else all must be boolean. */
function fold(args: List, decides: boolean): Value {
  const list = spread(args);
  if (list.includes(decides)) return decides;
  return list.every((one) => one === !decides) ? !decides : null;
}

function median(...args: List): Value {
  const sorted = numbers(args)?.toSorted(compareNumbers);
  if (sorted === undefined) return null;
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  const total = add(sorted[middle - 1]!, sorted[middle]!);
  return total === null ? null : divide(total, 2);
}

/** Of a sample: divided by one less than its size. */
function deviation(...args: List): Value {
  const all = numbers(args);
  if (all === null || all.length < 2) return null;
  const values = all.map(decimalOf);
  const total = (list: readonly Decimal[]): Decimal => list.reduce((sum, one) => sum.plus(one), new Decimal(0));
  const average = total(values).dividedBy(all.length);
  const squares = total(values.map((one) => one.minus(average).pow(2)));
  return canonical(squares.dividedBy(all.length - 1).sqrt());
}

function mode(...args: List): Value {
  const list = spread(args);
  if (!list.every(isNumber)) return null;
  const counts = new Map<string, { value: Num; count: number }>();
  for (const value of list) {
    const known = counts.get(decimalOf(value).toString());
    counts.set(decimalOf(value).toString(), { value, count: (known?.count ?? 0) + 1 });
  }
  const most = Math.max(0, ...[...counts.values()].map((one) => one.count));
  return [...counts.values()]
    .filter((one) => one.count === most)
    .map((one) => one.value)
    .toSorted(compareNumbers);
}

function product(...args: List): Value {
  const all = numbers(args);
  return all === null ? null : all.reduce<Num | null>((total, one) => (total === null ? null : multiply(total, one)), 1);
}

/** Index from 0 of a position from 1, from the end when negative; null outside of the list. */
function indexAt(list: List, position: Num): number | null {
  const at = toNumber(position);
  if (!Number.isInteger(at) || at === 0 || Math.abs(at) > list.length) return null;
  return at > 0 ? at - 1 : list.length + at;
}

function sublist(list: List, start: Num, length?: Num): Value {
  const from = indexAt(list, start);
  if (from === null) return null;
  if (length === undefined) return list.slice(from);
  const many = Math.trunc(toNumber(length));
  return many < 1 || from + many > list.length ? null : list.slice(from, from + many);
}

function insertBefore(list: List, position: Num, item: Value): Value {
  const at = indexAt(list, position);
  return at === null ? null : list.toSpliced(at, 0, item);
}

function remove(list: List, position: Num): Value {
  const at = indexAt(list, position);
  return at === null ? null : list.toSpliced(at, 1);
}

function replaceAt(list: List, position: Num, item: Value): Value {
  const at = indexAt(list, position);
  return at === null ? null : list.with(at, item);
}

function replaceWhere(list: List, match: Lambda, item: Value): Value {
  if (match.parameters !== undefined && match.parameters.length !== 2) return null;
  const found = list.map((one) => match.call([one, item]));
  return found.every((one) => typeof one === 'boolean') ? list.map((one, index) => (found[index] === true ? item : one)) : null;
}

const distinct = (list: List): List => {
  const seen: Value[] = [];
  for (const value of list) if (!seen.some((one) => same(one, value))) seen.push(value);
  return seen;
};

const flatten = (list: List): List => list.flatMap((one) => (isList(one) ? flatten(one) : [one]));
const concatenate = (...lists: readonly List[]): List => lists.flat();

/** By a function that says which of two comes first; stable. Null where it does not say. */
function sort(list: List, precedes?: Lambda): Value {
  let told = true;
  const first = (a: Value, b: Value): boolean => {
    if (precedes === undefined) {
      const order = compareValues(a, b);
      told &&= order !== null;
      return order !== null && order < 0;
    }
    const answer = precedes.call([a, b]);
    told &&= typeof answer === 'boolean';
    return answer === true;
  };
  if (precedes?.parameters !== undefined && precedes.parameters.length !== 2) return null;
  const sorted = list.toSorted((a, b) => (first(a, b) ? -1 : first(b, a) ? 1 : 0));
  return told ? sorted : null;
}

const indices = (list: List, match: Value): Value => list.flatMap((one, index) => (same(one, match) ? [index + 1] : []));

/** Lists (OMG DMN 1.5, 10.3.4.4). */
export const LIST_FUNCTIONS = library(
  builtin('list contains', ['list: list, element: any', (list: List, element: Value) => list.some((one) => same(one, element))]),
  builtin('count', ['list: list', (list: List) => list.length]),
  builtin('min', ['list: list', (list: List) => extreme([list], -1)], ['...c: any', (...c: List) => extreme(c, -1)]),
  builtin('max', ['list: list', (list: List) => extreme([list], 1)], ['...c: any', (...c: List) => extreme(c, 1)]),
  builtin('sum', ['list: list', sum], ['...n: any', sum]),
  builtin('mean', ['list: list', mean], ['...n: any', mean]),
  builtin('all', ['list: list', (list: List) => fold(list, false)], ['...b: any', (...b: List) => fold(b, false)]),
  builtin('any', ['list: list', (list: List) => fold(list, true)], ['...b: any', (...b: List) => fold(b, true)]),
  builtin('sublist', ['list: list, start position: number, length?: number', sublist]),
  builtin(
    'append',
    ['list: list, ...item: any', (list: List, ...items: List) => [...list, ...items]],
    ['list: list, item: any', (list: List, item: Value) => [...list, item]],
  ),

  builtin('concatenate', ['...list: list', concatenate]),
  builtin('insert before', ['list: list, position: number, newItem: any', insertBefore]),
  builtin('remove', ['list: list, position: number', remove]),
  builtin('reverse', ['list: list', (list: List) => list.toReversed()]),
  builtin('index of', ['list: list, match: any', indices]),
  builtin('union', ['...list: list', (...lists: readonly List[]) => distinct(concatenate(...lists))]),
  builtin('distinct values', ['list: list', distinct]),
  builtin('flatten', ['list: list', flatten]),
  builtin('product', ['list: list', product], ['...n: any', product]),
  builtin('median', ['list: list', median], ['...n: any', median]),
  builtin('stddev', ['list: list', deviation], ['...n: any', deviation]),
  builtin('mode', ['list: list', mode], ['...n: any', mode]),
  builtin('list replace', ['list: list, position: number, newItem: any', replaceAt], ['list: list, match: function, newItem: any', replaceWhere]),
  builtin('sort', ['list: list, precedes?: function', sort]),
);
