import type { Result } from '../../../kernel/result.ts';
import { boxNode, checkedGeometry, depthOf, shapeNamed } from './cql2-geometry.ts';
import { FilterCursor } from './cql2-scan.ts';
import { ARITHMETIC, boundNode, COMPARISONS, filterMistake, isCall, joined, operationOf, timeNode, understoodFilter } from './cql2-tree.ts';
import type { Cql2, FilterProblem, Geometry, Operation } from './cql2-tree.ts';

/** How strongly each operator between two values binds. */
const POWERS: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  ...Object.fromEntries([...COMPARISONS, 'like', 'between', 'in', 'is', 'not'].map((word) => [word, 4])),
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
  div: 6,
  '^': 7,
};
const NOT_POWER = 3;
const SIGN_POWER = 8;

/** A filter in CQL2 text. */
export function parseCql2Text(source: string): Result<Cql2, FilterProblem> {
  return understoodFilter(() => {
    const cursor = new FilterCursor(source);
    const filter = expression(cursor, 0);
    if (cursor.peek().kind !== 'end') cursor.unexpected('das Ende des Filters');
    return filter;
  });
}

/** A Pratt parser: reads a value, then every operator that binds more strongly than `power`. */
function expression(cursor: FilterCursor, power: number): Cql2 {
  return cursor.within(() => {
    let left = value(cursor);
    for (;;) {
      const { kind, text, at } = cursor.peek();
      const word = text.toLowerCase();
      const own = (kind === 'sign' || kind === 'name') && Object.hasOwn(POWERS, word) ? POWERS[word]! : 0;
      if (own <= power) return left;
      cursor.take();
      left = operator(cursor, left, { word, own, at });
    }
  });
}

function operator(cursor: FilterCursor, left: Cql2, { word, own, at }: { readonly word: string; readonly own: number; readonly at: string }): Cql2 {
  switch (word) {
    case 'and':
    case 'or':
      return joined(word, [left, expression(cursor, own)], at);
    case 'not': {
      const next = cursor.take();
      if (!['like', 'between', 'in'].includes(next.text.toLowerCase())) filterMistake(next.at, 'Nach NOT steht hier LIKE, BETWEEN oder IN.');
      return node('not', [operator(cursor, left, { word: next.text.toLowerCase(), own, at: next.at })], at);
    }
    case 'like':
      return node('like', [left, expression(cursor, own)], at);
    case 'between': {
      const from = expression(cursor, own);
      cursor.expect('and');
      return node('between', [left, from, expression(cursor, own)], at);
    }
    case 'in':
      return node('in', [left, list(cursor)], at);
    case 'is': {
      const negated = cursor.accept('not');
      cursor.expect('null');
      const isNull = node('isNull', [left], at);
      return negated ? node('not', [isNull], at) : isNull;
    }
    default:
      return node(word as Operation, [left, expression(cursor, own)], at);
  }
}

const node = (op: Operation, args: readonly Cql2[], at: string): Cql2 => ({ kind: 'op', op, args, at });

function value(cursor: FilterCursor): Cql2 {
  const { kind, text, at } = cursor.peek();
  if (cursor.accept('(')) return bracket(cursor, at);
  if (cursor.accept('-')) return negative(expression(cursor, SIGN_POWER), at);
  if (cursor.accept('+')) return expression(cursor, SIGN_POWER);
  if (kind === 'text' || kind === 'number') {
    cursor.take();
    if (kind === 'number' && !Number.isFinite(Number(text))) filterMistake(at, 'Die Zahl ist zu groß.');
    return { kind: 'literal', value: kind === 'text' ? text : Number(text), at };
  }
  if (kind === 'quoted') {
    cursor.take();
    return { kind: 'property', name: text, at };
  }
  return kind === 'name' ? named(cursor) : cursor.unexpected('ein Wert, eine Eigenschaft oder eine Funktion');
}

/** An expression in brackets, or a list of values. */
function bracket(cursor: FilterCursor, at: string): Cql2 {
  if (cursor.accept(')')) return { kind: 'array', items: [], at };
  const first = expression(cursor, 0);
  if (cursor.accept(')')) return first;
  cursor.expect(',');
  const items = [first, ...separated(cursor)];
  cursor.expect(')');
  return { kind: 'array', items, at };
}

const negative = (operand: Cql2, at: string): Cql2 =>
  operand.kind === 'literal' && typeof operand.value === 'number'
    ? { ...operand, value: -operand.value, at }
    : node('*', [{ kind: 'literal', value: -1, at }, operand], at);

function list(cursor: FilterCursor): Cql2 {
  const { at } = cursor.peek();
  cursor.expect('(');
  const items = separated(cursor);
  cursor.expect(')');
  return { kind: 'array', items, at };
}

function separated(cursor: FilterCursor): readonly Cql2[] {
  const items: Cql2[] = [];
  do items.push(expression(cursor, 0));
  while (cursor.accept(','));
  return items;
}

function named(cursor: FilterCursor): Cql2 {
  const { text, at } = cursor.take();
  const word = text.toLowerCase();
  if (word === 'not') return node('not', [expression(cursor, NOT_POWER)], at);
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true', at };
  const shape = shapeNamed(text);
  if (shape !== undefined && (cursor.sees('(') || cursor.sees('z'))) return { kind: 'geometry', geometry: checkedGeometry(wkt(cursor, shape), at), at };
  if (!cursor.sees('(')) return Object.hasOwn(POWERS, word) ? filterMistake(at, `Vor „${text}“ fehlt ein Wert.`) : { kind: 'property', name: text, at };
  return call(cursor, word, { text, at });
}

function call(cursor: FilterCursor, word: string, { text, at }: { readonly text: string; readonly at: string }): Cql2 {
  const op = operationOf(word);
  if (word !== 'interval' && word !== 'date' && word !== 'timestamp' && word !== 'bbox' && (op === undefined || !isCall(op)))
    return filterMistake(at, `Die Funktion „${text.slice(0, 40)}“ gibt es hier nicht.`);
  cursor.expect('(');
  const args = separated(cursor);
  cursor.expect(')');
  // a list of one looks like a value in brackets
  if (op?.startsWith('a_') === true)
    return node(
      op,
      args.map((arg) => (arg.kind === 'literal' ? { kind: 'array', items: [arg], at: arg.at } : arg)),
      at,
    );
  if (op !== undefined) return node(op, args, at);
  if (word === 'bbox')
    return boxNode(
      args.map((arg) => (arg.kind === 'literal' ? arg.value : undefined)),
      at,
    );
  if (word === 'interval') {
    if (args.length !== 2) return filterMistake(at, 'INTERVAL hat einen Anfang und ein Ende.');
    return { kind: 'interval', from: bound(args[0]!), to: bound(args[1]!), at };
  }
  const [only] = args;
  if (args.length !== 1 || only?.kind !== 'literal' || typeof only.value !== 'string')
    return filterMistake(at, `${word.toUpperCase()} braucht einen Text in einfachen Anführungszeichen.`);
  return timeNode(word === 'date' ? 'date' : 'timestamp', only.value, only.at);
}

const bound = (arg: Cql2): Cql2 | '..' => (arg.kind === 'literal' ? boundNode(String(arg.value), arg.at) : arg);

/** Well-known text after the name of the shape, as GeoJSON. */
function wkt(cursor: FilterCursor, type: string): Geometry {
  cursor.accept('z');
  if (type !== 'GeometryCollection')
    return { type, coordinates: type === 'Point' ? brackets(cursor, 1)[0] : brackets(cursor, depthOf(type), type === 'MultiPoint') };
  cursor.expect('(');
  const geometries: Geometry[] = [];
  do {
    const { text } = cursor.peek();
    const shape = shapeNamed(text);
    if (shape === undefined || shape === 'GeometryCollection') cursor.unexpected('eine einfache Geometrie');
    cursor.take();
    geometries.push(wkt(cursor, shape));
  } while (cursor.accept(','));
  cursor.expect(')');
  return { type, geometries };
}

function brackets(cursor: FilterCursor, depth: number, loose = false): unknown[] {
  cursor.expect('(');
  const parts: unknown[] = [];
  do {
    if (depth > 1) parts.push(brackets(cursor, depth - 1));
    else if (loose && cursor.accept('(')) {
      parts.push(position(cursor));
      cursor.expect(')');
    } else parts.push(position(cursor));
  } while (cursor.accept(','));
  cursor.expect(')');
  return parts;
}

function position(cursor: FilterCursor): number[] {
  const numbers: number[] = [];
  while (cursor.peek().kind === 'number' || cursor.sees('-')) {
    const sign = cursor.accept('-') ? -1 : 1;
    if (cursor.peek().kind !== 'number') cursor.unexpected('eine Zahl');
    numbers.push(sign * Number(cursor.take().text));
  }
  return numbers;
}

/** For the printer: what binds how. */
export const powerOf = (op: string): number | undefined =>
  ARITHMETIC.includes(op as never) || op === 'and' || op === 'or' || COMPARISONS.includes(op as never) ? POWERS[op] : undefined;
