import { evaluate, isFunction, parseExpression, toFeel, unaryTest, type FeelFunction } from 'feelin';

/** What a FEEL expression may look at. */
export type FeelContext = Readonly<Record<string, unknown>>;

/** Value of a FEEL expression (OMG DMN 1.3, chapter 10); unknown names are null, as the standard has it. */
export function evaluateFeel(expression: string, context: FeelContext): unknown {
  const compiled = compile(expression);
  if (compiled === undefined || !Object.keys(context).every(isSimpleName)) return evaluate(expression, { ...context }).value;
  return compiled.invoke(compiled.parameterNames.map((name) => toFeel(context[name] ?? null)));
}

const isSimpleName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);

interface Compiled {
  readonly body: FeelFunction | undefined;
  uses: number;
}

const cache = new Map<string, Compiled>();
const MOST_EXPRESSIONS = 2000;
/** feelin keeps the warnings of every call of a compiled function: a fresh one sheds them. */
const MOST_USES = 500;

/**
 * The expression as a function of its names: parsed once, many times faster from then on.
 * `undefined` where a name can only be read with the context (`a-b` may be one name in FEEL).
 */
function compile(expression: string): FeelFunction | undefined {
  const known = cache.get(expression);
  if (known !== undefined && known.uses++ < MOST_USES) return known.body;
  const names = variableNames(expression);
  const value = names.every(isSimpleName) ? evaluate(`function(${names.join(', ')}) ${expression}`).value : undefined;
  const body = isFunction(value) ? value : undefined;
  if (cache.size >= MOST_EXPRESSIONS) cache.clear();
  cache.set(expression, { body, uses: 0 });
  return body;
}

/** Names the expression looks up; functions it calls and names of types are left out. */
function variableNames(expression: string): string[] {
  const names = new Set<string>();
  parseExpression(expression, {}, undefined).iterate({
    enter({ node }) {
      if (node.name === 'Type') return false;
      const called = node.parent?.name === 'FunctionInvocation' && node.parent.firstChild?.from === node.from;
      if (node.name === 'VariableName' && !called) names.add(expression.slice(node.from, node.to));
      return true;
    },
  });
  return [...names];
}

/** Whether the value passes the unary tests of a decision table's cell. */
export function passesTests(tests: string, value: unknown, context: FeelContext): boolean {
  return tests.trim() === '-' || unaryTest(tests, { ...context, '?': value }).value === true;
}

/** Why the expression cannot be read; `undefined` when it can. */
export function feelMistake(expression: string, kind: 'expression' | 'tests' = 'expression'): string | undefined {
  try {
    if (kind === 'tests') unaryTest(expression, { '?': null });
    else evaluate(expression, {});
    const clock = /\b(today|now)\s*\(\s*\)/.exec(expression.replace(/"[^"]*"/g, ''));
    return clock === null ? undefined : `${clock[0]} liest die Uhr; schreiben Sie date(today), sonst sagt die Regel morgen anderes über denselben Antrag`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
