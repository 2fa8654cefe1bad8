import { compileTests } from './compile-tests.ts';
import { Environment } from './environment.ts';
import type { InputColumn } from './model.ts';
import { add, canonical, decimalOf, isNumber, type Num } from './number.ts';
import { parseTests } from './parser.ts';
import { literalValue } from './range-literal.ts';
import { FeelSyntaxError, type Test, type Tests } from './syntax.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from './temporal.ts';
import { basicType } from './types.ts';
import { compareValues, equals, typeOf, type TypeName, type Value } from './value.ts';

/** One value for a piece of a column within which no row changes its answer. */
export interface Cell {
  readonly value: Value;
  /** By row, whether its cell lets the value pass. */
  readonly rows: readonly boolean[];
}

export interface Column {
  readonly cells: readonly Cell[];
}

/** The column cut into pieces; `undefined` where its cells cannot be decided without an evaluation. */
export function columnOf(input: InputColumn, texts: readonly string[]): Column | undefined {
  const rows = texts.map(read);
  const allowed = input.allowed === undefined || input.allowed.trim() === '' ? undefined : read(input.allowed);
  if (rows.some((one) => one === undefined) || (input.allowed !== undefined && input.allowed.trim() !== '' && allowed === undefined)) return undefined;
  const known = rows as readonly Tests[];
  const ends = [...known, ...(allowed === undefined ? [] : [allowed])].flatMap((tests) => tests.tests.flatMap(endsOf));
  if (ends.some((end) => end === undefined)) return undefined;
  const values = samples(distinct(ends as readonly Value[]), basicName(input.typeRef));
  if (values === undefined) return undefined;
  const scope = new Environment({});
  const passes = known.map((tests) => compileTests(tests, () => () => null));
  const permits = allowed === undefined ? () => true : compileTests(allowed, () => () => null);
  const cells = values.filter((value) => permits(value, scope)).map((value) => ({ value, rows: passes.map((pass) => pass(value, scope)) }));
  return { cells: merge(cells) };
}

function read(text: string): Tests | undefined {
  try {
    return text.trim() === '' ? { any: true, negated: false, tests: [] } : parseTests(text);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return undefined;
    throw error;
  }
}

/** The literals that a test names; `[undefined]` where it is more than literals. */
function endsOf(test: Test): readonly (Value | undefined)[] {
  if (test.kind === 'comparison') return [literalValue(test.to)];
  const { of } = test;
  if (of.kind === 'interval') return [literalValue(of.low), literalValue(of.high)];
  if (of.kind === 'half-open') return [literalValue(of.end)];
  if (of.kind === 'list') return of.items.flatMap((item) => endsOf({ kind: 'expression', of: item }));
  return [literalValue(of)];
}

const basicName = (ref: string | undefined): TypeName | undefined => {
  const type = ref === undefined ? undefined : basicType(ref.replace(/^.*:/, ''));
  return type?.kind === 'basic' ? type.name : undefined;
};

function distinct(values: readonly Value[]): readonly Value[] {
  const seen: Value[] = [];
  for (const value of values) if (value !== null && !seen.some((one) => equals(one, value) === true)) seen.push(value);
  return seen;
}

/** A value on each end, between each two, and beyond the outermost; null stands for what is not known and is left out. */
function samples(ends: readonly Value[], declared: TypeName | undefined): readonly Value[] | undefined {
  const types = new Set(ends.map(typeOf));
  if (types.size > 1) return undefined;
  const type = declared ?? [...types][0];
  if (type === undefined) return [null];
  if (types.size === 1 && !types.has(type)) return undefined;
  switch (type) {
    case 'boolean':
      return [true, false];
    case 'string':
      return [...ends, unnamed(ends)];
    case 'number':
    case 'date':
    case 'time':
    case 'date and time':
    case 'days and time duration':
    case 'years and months duration':
      return ordered(ends, type);
    default:
      return undefined;
  }
}

/** A text that no cell names. */
function unnamed(ends: readonly Value[]): string {
  let text = 'etwas anderes';
  while (ends.includes(text)) text += ' noch';
  return text;
}

const ZERO: Readonly<Record<string, Value>> = {
  number: 0,
  date: new FeelDate(2000, 1, 1),
  time: new FeelTime(12, 0, 0, 0, undefined),
  'date and time': new FeelDateTime(new FeelDate(2000, 1, 1), new FeelTime(12, 0, 0, 0, undefined)),
  'days and time duration': new DaysDuration(0n),
  'years and months duration': new MonthsDuration(0),
};

function ordered(ends: readonly Value[], type: TypeName): readonly Value[] {
  const sorted = ends.toSorted((a, b) => compareValues(a, b) ?? 0);
  if (sorted.length === 0) return [ZERO[type] ?? null];
  const all: (Value | undefined)[] = [step(sorted[0]!, -1)];
  for (const [index, end] of sorted.entries()) {
    all.push(end);
    const next = sorted[index + 1];
    all.push(next === undefined ? step(end, 1) : between(end, next));
  }
  return all.filter((value) => value !== undefined && value !== null);
}

const SECOND = 1_000_000_000n;
const DAY = 86_400n * SECOND;

/** The next value that a person would name, up or down. */
function step(value: Value, by: 1 | -1): Value | undefined {
  if (isNumber(value)) return add(value, by);
  if (value instanceof FeelDate) return FeelDate.ofDays(value.days + by) ?? undefined;
  if (value instanceof FeelDateTime) return FeelDateTime.ofLocal(value.localNanos + BigInt(by) * SECOND, value.time.place) ?? undefined;
  if (value instanceof DaysDuration) return new DaysDuration(value.nanos + BigInt(by) * DAY);
  if (value instanceof MonthsDuration) return new MonthsDuration(value.months + by);
  if (!(value instanceof FeelTime)) return undefined;
  const moved = value.nanosOfDay + BigInt(by) * SECOND;
  return moved < 0n || moved >= DAY ? undefined : FeelTime.ofNanos(moved, value.place);
}

/** A value strictly between two; `undefined` where there is none, as between two days that follow each other. */
function between(low: Value, high: Value): Value | undefined {
  if (isNumber(low) && isNumber(high)) return middle(low, high);
  if (low instanceof FeelDate && high instanceof FeelDate)
    return high.days - low.days < 2 ? undefined : (FeelDate.ofDays(Math.floor((low.days + high.days) / 2)) ?? undefined);
  if (low instanceof MonthsDuration && high instanceof MonthsDuration)
    return high.months - low.months < 2 ? undefined : new MonthsDuration(Math.floor((low.months + high.months) / 2));
  if (low instanceof DaysDuration && high instanceof DaysDuration) return new DaysDuration((low.nanos + high.nanos) / 2n);
  if (low instanceof FeelTime && high instanceof FeelTime) return FeelTime.ofNanos((low.nanosOfDay + high.nanosOfDay) / 2n, low.place);
  if (low instanceof FeelDateTime && high instanceof FeelDateTime)
    return FeelDateTime.ofLocal((low.localNanos + high.localNanos) / 2n, low.time.place) ?? undefined;
  return undefined;
}

/** A whole number if there is one: an example should read easily. */
function middle(low: Num, high: Num): Value | undefined {
  const half = decimalOf(low).plus(decimalOf(high)).dividedBy(2);
  const whole = half.floor();
  return canonical(whole.greaterThan(decimalOf(low)) ? whole : half) ?? undefined;
}

/** Pieces that every row answers alike are one piece. */
function merge(cells: readonly Cell[]): readonly Cell[] {
  const seen = new Map<string, Cell>();
  for (const cell of cells) {
    const key = cell.rows.map(Number).join('');
    if (!seen.has(key)) seen.set(key, cell);
  }
  return [...seen.values()];
}
