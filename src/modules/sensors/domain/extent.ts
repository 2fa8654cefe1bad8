import type { Expression } from './expression.ts';
import type { Expand, Order, Query } from './query.ts';

export const DEFAULT_TOP = 100;
export const MOST_TOP = 10_000;
/** How many entities one answer can hold at most. */
export const MOST_ENTITIES = 1_000_000;

export const topOf = ({ top = DEFAULT_TOP }: Query): number => Math.min(top, MOST_TOP);

/** How many entities an answer would hold if every set were full. */
export function extentOf(query: Query, many = true): number {
  const each = (query.expand ?? []).reduce((sum, expand) => sum + extentOf(expand.query, expand.many), 1);
  return (many ? topOf(query) : 1) * each;
}

/** How deep an expression may nest. PostgreSQL's own stack is far deeper, PGlite's is not. */
export const DEEPEST = 100;

/** The deepest nesting in the query; a chain of `and` or of `or` is flat. */
export function depthOf({ filter, orderby = [], expand = [] }: Query): number {
  const own = [filter, ...orderby.map(({ by }: Order) => by)].map((expression) => (expression === undefined ? 0 : nesting(expression)));
  return Math.max(0, ...own, ...expand.map(({ query }: Expand) => depthOf(query)));
}

function nesting(expression: Expression): number {
  let rest = expression;
  let deepest = 0;
  // along the left side, where long chains grow: recursion would need as much stack as it is to save
  for (let level = 1; ; level += 1) {
    deepest = Math.max(deepest, level);
    if (rest.kind !== 'binary') return Math.max(deepest, level + below(rest));
    deepest = Math.max(deepest, level + nesting(rest.right));
    const chained = (rest.operator === 'and' || rest.operator === 'or') && rest.left.kind === 'binary' && rest.left.operator === rest.operator;
    rest = rest.left;
    if (chained) level -= 1;
  }
}

function below(expression: Exclude<Expression, { kind: 'binary' }>): number {
  switch (expression.kind) {
    case 'unary':
      return nesting(expression.operand);
    case 'lambda':
      return nesting(expression.condition);
    case 'call':
      return Math.max(0, ...expression.args.map(nesting));
    case 'literal':
    case 'path':
      return 0;
  }
}
