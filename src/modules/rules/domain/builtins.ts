import { builtin } from './builtin.ts';
import { CONTEXT_FUNCTIONS } from './builtins-context.ts';
import { LIST_FUNCTIONS } from './builtins-list.ts';
import { NUMBER_FUNCTIONS } from './builtins-number.ts';
import { RANGE_FUNCTIONS } from './builtins-range.ts';
import { STRING_FUNCTIONS } from './builtins-string.ts';
import { TEMPORAL_FUNCTIONS } from './builtins-temporal.ts';
import { parseRange } from './range-literal.ts';
import type { Lambda } from './value.ts';

/**
 * FEEL's library (OMG DMN 1.5, 10.3.4) but for `now()` and `today()`: rules read no clock. Whoever
 * evaluates may bring them along as names in scope.
 */
export const BUILTINS: ReadonlyMap<string, Lambda> = new Map([
  ...NUMBER_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...CONTEXT_FUNCTIONS,
  ...TEMPORAL_FUNCTIONS,
  ...RANGE_FUNCTIONS,
  ['range', builtin('range', ['from: string', parseRange])] as const,
]);
