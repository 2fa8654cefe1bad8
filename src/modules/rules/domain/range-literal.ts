import { parseAt, TEMPORAL_FUNCTIONS } from './builtins-temporal.ts';
import { isNumber, negate } from './number.ts';
import { parseExpression } from './parser.ts';
import { FeelSyntaxError, type Node } from './syntax.ts';
import { compareValues, Range, typeOf, type Value } from './value.ts';

/** Functions whose call with texts or numbers stands for one value. */
const LITERAL_CALLS = ['@', 'date', 'time', 'date and time', 'duration'];

/** The value of a literal; `undefined` where the expression is none. */
export function literalValue(node: Node): Value | undefined {
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'negate') {
    const value = literalValue(node.of);
    return value !== undefined && isNumber(value) ? negate(value) : undefined;
  }
  if (node.kind !== 'call' || node.callee.kind !== 'name' || !LITERAL_CALLS.includes(node.callee.name)) return undefined;
  const args = node.args.map(literalValue);
  if (args.some((one) => one === undefined)) return undefined;
  if (node.callee.name === '@') return typeof args[0] === 'string' ? parseAt(args[0]) : undefined;
  return TEMPORAL_FUNCTIONS.get(node.callee.name)!.call(args as Value[]);
}

/** A range whose ends are literals; null for all else, and where the ends are of two types or the wrong way round. */
export function parseRange(text: string): Value {
  let node: Node;
  try {
    node = parseExpression(text);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return parseOpenRange(text);
    throw error;
  }
  if (node.kind !== 'interval') return null;
  const [low, high] = [literalValue(node.low), literalValue(node.high)];
  if (low === undefined || high === undefined || (compareValues(low, high) ?? 0) > 0) return null;
  return makeRange(low, high, node.lowIncluded, node.highIncluded);
}

/** `[18..)` and `(..5]`: an end may be left out in a text. */
function parseOpenRange(text: string): Value {
  const found = /^\s*([[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])[])\s*$/su.exec(text);
  if (found === null || (found[2] === '') === (found[3] === '')) return null;
  const [, open, low, high, close] = found;
  try {
    const end = literalValue(parseExpression(low === '' ? high! : low!));
    if (end === undefined || end === null) return null;
    if (low === '') return open === '[' ? null : new Range(null, end, false, close === ']');
    return close === ']' ? null : new Range(end, null, open === '[', false);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null;
    throw error;
  }
}

/** Null where the ends have no order between them, or the first comes last. */
export function makeRange(low: Value, high: Value, lowIncluded: boolean, highIncluded: boolean): Value {
  if (low === null || high === null) {
    if (low === null && high === null) return null;
    return new Range(low, high, lowIncluded && low !== null, highIncluded && high !== null);
  }
  const order = typeOf(low) === typeOf(high) ? compareValues(low, high) : null;
  return order === null ? null : new Range(low, high, lowIncluded, highIncluded);
}

/** `< 5` as a range that is open to one side. */
export function halfOpen(op: string, end: Value): Value {
  if (end === null) return null;
  switch (op) {
    case '<':
    case '<=':
      return new Range(null, end, false, op === '<=');
    case '>':
    case '>=':
      return new Range(end, null, op === '>=', false);
    case '=':
      return new Range(end, end, true, true);
    default:
      return null;
  }
}
