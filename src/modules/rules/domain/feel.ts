import { compile } from './compile.ts';
import { compileTests } from './compile-tests.ts';
import { Environment, type Code } from './environment.ts';
import { parseExpression, parseExpressions, parseTests } from './parser.ts';
import { isSimpleName } from './scanner.ts';
import { FeelSyntaxError } from './syntax.ts';
import { toPlain, type Value } from './value.ts';

/** What a FEEL expression may look at. */
export type FeelContext = Readonly<Record<string, unknown>>;

/**
 * Value of a FEEL expression (OMG DMN 1.5, chapter 10); unknown names are null, as the standard has it.
 * Numbers come back as numbers, days and times as ISO text.
 * @throws FeelSyntaxError where the text is no FEEL
 */
export const evaluateFeel = (expression: string, context: FeelContext): unknown => toPlain(feelValue(expression, context));

/** The same as a value of FEEL: decimals, days, durations, ranges, functions. */
export function feelValue(expression: string, context: FeelContext): Value {
  return ready(expressions, expression, context, (names) => compile(parseExpression(expression, names)))(new Environment(context));
}

/** Whether the value passes the unary tests of a decision table's cell. */
export function passesTests(tests: string, value: unknown, context: FeelContext): boolean {
  const test = ready(cells, tests, context, (names) => {
    const passes = compileTests(parseTests(tests, names), (node) => compile(node));
    return (scope) => passes(scope.find('?') ?? null, scope);
  });
  return test(new Environment({ ...context, '?': value })) === true;
}

const MOST_KEPT = 2000;
const expressions = new Map<string, Code>();
const cells = new Map<string, Code>();

/** Each text is read once for each set of names that can change its reading (`a-b` may be one name in FEEL). */
function ready(cache: Map<string, Code>, text: string, context: FeelContext, make: (names: readonly string[]) => Code): Code {
  const names = Object.keys(context).filter((name) => !isSimpleName(name));
  const key = names.length === 0 ? text : `${names.toSorted().join('\u0000')}\u0001${text}`;
  let code = cache.get(key);
  if (code === undefined) {
    code = make(names);
    if (cache.size >= MOST_KEPT) cache.clear();
    cache.set(key, code);
  }
  return code;
}

/** Why the expression cannot be read; `undefined` when it can. */
export function feelMistake(expression: string, kind: 'expression' | 'expressions' | 'tests' = 'expression', names: Iterable<string> = []): string | undefined {
  try {
    if (kind === 'tests') parseTests(expression, names);
    else if (kind === 'expressions') parseExpressions(expression, names);
    else parseExpression(expression, names);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error.message;
    throw error;
  }
  const clock = /\b(today|now)\s*\(\s*\)/.exec(expression.replace(/"[^"]*"/g, ''));
  return clock === null ? undefined : `${clock[0]} liest die Uhr; schreiben Sie date(today), sonst sagt die Regel morgen anderes über denselben Antrag`;
}
