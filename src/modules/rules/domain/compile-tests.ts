import type { Code, Environment } from './environment.ts';
import { both, COMPARE, either, fitsTest } from './operators.ts';
import { literalValue, makeRange } from './range-literal.ts';
import type { Comparison, Node, Test, Tests } from './syntax.ts';
import { isList, Range, type Value } from './value.ts';

/** Whether a value passes, null where that cannot be told. */
export type TestCode = (value: Value, scope: Environment) => boolean | null;

const INPUT = '?';

/** Whether an expression asks for the value under test by `?`. */
function asksForInput(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(asksForInput);
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'name' && 'name' in node && node.name === INPUT) return true;
  return Object.values(node).some(asksForInput);
}

/** One test of a cell or of `in`; literals are compared without an evaluation. */
function compileTest(test: Test, inner: (node: Node) => Code): TestCode {
  if (test.kind === 'comparison') return compileComparison(test.op, test.to, inner);
  const { of } = test;
  const literal = literalValue(of);
  if (literal !== undefined) return isPlain(literal) ? (value) => value === literal || fitsTest(value, literal) : (value) => fitsTest(value, literal);
  if (of.kind === 'interval') {
    const [low, high] = [literalValue(of.low), literalValue(of.high)];
    if (typeof low === 'number' && typeof high === 'number') return withinNumbers(new Range(low, high, of.lowIncluded, of.highIncluded), low, high);
  }
  if (of.kind === 'name' && of.name === INPUT) return () => true;
  const code = inner(of);
  if (of.kind === 'interval' && !asksForInput(of)) return compileInterval(of, inner);
  if (asksForInput(of)) {
    return (value, scope) => {
      const found = code(scope.with(INPUT, value));
      return typeof found === 'boolean' ? found : fitsTest(value, found);
    };
  }
  return (value, scope) => fitsTest(value, code(scope));
}

/** An end that is not known leaves open what the other end does not decide (OMG DMN 1.5, table 55). */
function compileInterval(of: Extract<Node, { kind: 'interval' }>, inner: (node: Node) => Code): TestCode {
  const [lowest, highest] = [inner(of.low), inner(of.high)];
  const [above, below] = [COMPARE[of.lowIncluded ? '>=' : '>'], COMPARE[of.highIncluded ? '<=' : '<']];
  return (value, scope) => {
    const [low, high] = [lowest(scope), highest(scope)];
    if (low === null || high === null) return both(above(value, low), below(value, high));
    return fitsTest(value, makeRange(low, high, of.lowIncluded, of.highIncluded));
  };
}

const isPlain = (value: Value): boolean => typeof value === 'string' || typeof value === 'boolean';

function compileComparison(op: Comparison, to: Node, inner: (node: Node) => Code): TestCode {
  const run = COMPARE[op];
  const literal = literalValue(to);
  if (typeof literal === 'number' && op !== '=' && op !== '!=') return compareNumbers(op, literal);
  if (literal !== undefined) return (value) => run(value, literal);
  const end = inner(to);
  return (value, scope) => run(value, end(scope));
}

/** The usual cell of a table: a number beside a number. */
function compareNumbers(op: '<' | '<=' | '>' | '>=', limit: number): TestCode {
  const slow = COMPARE[op];
  switch (op) {
    case '<':
      return (value) => (typeof value === 'number' ? value < limit : slow(value, limit));
    case '<=':
      return (value) => (typeof value === 'number' ? value <= limit : slow(value, limit));
    case '>':
      return (value) => (typeof value === 'number' ? value > limit : slow(value, limit));
    case '>=':
      return (value) => (typeof value === 'number' ? value >= limit : slow(value, limit));
  }
}

function withinNumbers(range: Range, low: number, high: number): TestCode {
  const { startIncluded, endIncluded } = range;
  return (value) => {
    if (typeof value !== 'number') return range.includes(value);
    return (value > low || (value === low && startIncluded)) && (value < high || (value === high && endIncluded));
  };
}

function anyOf(tests: readonly TestCode[]): TestCode {
  const [first] = tests;
  if (tests.length === 1) return first!;
  return (value, scope) => {
    let found: boolean | null = false;
    for (const test of tests) {
      found = either(found, test(value, scope));
      if (found === true) return true;
    }
    return found;
  };
}

/** `value in (tests)`; a list under test is sought as a whole in a list of lists. */
export function compileIn(of: Code, tests: readonly Test[], inner: (node: Node) => Code): Code {
  const passes = anyOf(tests.map((test) => compileTest(test, inner)));
  return (scope) => passes(of(scope), scope);
}

/** The tests of a cell. `not(…)` of what is not known passes: it is not what must not be. */
export function compileTests({ any, negated, tests }: Tests, inner: (node: Node) => Code): (value: Value, scope: Environment) => boolean {
  if (any) return () => true;
  const passes = anyOf(tests.map((test) => compileTest(test, inner)));
  if (negated) return (value, scope) => passes(value, scope) !== true;
  return (value, scope) => passes(value, scope) === true || (isList(value) && value.length === 1 && passes(value[0] ?? null, scope) === true);
}
