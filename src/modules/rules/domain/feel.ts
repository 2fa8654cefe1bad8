import { evaluate, unaryTest } from 'feelin';

/** What a FEEL expression may look at. */
export type FeelContext = Readonly<Record<string, unknown>>;

/** Value of a FEEL expression (OMG DMN 1.3, chapter 10); unknown names are null, as the standard has it. */
export function evaluateFeel(expression: string, context: FeelContext): unknown {
  return evaluate(expression, context as Record<string, unknown>).value;
}

/** Whether the value passes the unary tests of a decision table's cell. */
export function passesTests(tests: string, value: unknown, context: FeelContext): boolean {
  return unaryTest(tests, { ...context, '?': value }).value === true;
}

/** Why the expression cannot be read; `undefined` when it can. */
export function feelMistake(expression: string, kind: 'expression' | 'tests' = 'expression'): string | undefined {
  try {
    if (kind === 'tests') unaryTest(expression, { '?': null });
    else evaluate(expression, {});
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
