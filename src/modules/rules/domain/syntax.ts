import type { Value } from './value.ts';

/** A type as it is written in an expression. */
export type TypeSyntax =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list' | 'range'; readonly of: TypeSyntax }
  | { readonly kind: 'context'; readonly entries: readonly (readonly [name: string, type: TypeSyntax])[] }
  | { readonly kind: 'function'; readonly parameters: readonly TypeSyntax[]; readonly result: TypeSyntax };

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/' | '**';

export interface Iterator {
  readonly name: string;
  readonly from: Node;
  /** Only for `from..to`. */
  readonly to?: Node;
}

/** The syntax tree of an expression (OMG DMN 1.5, 10.3.1.2). */
export type Node =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'context'; readonly entries: readonly (readonly [name: string, value: Node])[] }
  | {
      readonly kind: 'function';
      readonly parameters: readonly { readonly name: string; readonly type?: TypeSyntax }[];
      readonly body: Node;
      readonly external: boolean;
    }
  | { readonly kind: 'negate'; readonly of: Node }
  | { readonly kind: 'arithmetic'; readonly op: Arithmetic; readonly left: Node; readonly right: Node }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Node; readonly right: Node }
  | { readonly kind: 'between'; readonly of: Node; readonly low: Node; readonly high: Node }
  | { readonly kind: 'in'; readonly of: Node; readonly tests: readonly Test[] }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'instance'; readonly of: Node; readonly type: TypeSyntax }
  | { readonly kind: 'path'; readonly of: Node; readonly name: string }
  | { readonly kind: 'filter'; readonly of: Node; readonly by: Node }
  | { readonly kind: 'call'; readonly callee: Node; readonly args: readonly Node[] }
  | { readonly kind: 'call-named'; readonly callee: Node; readonly args: readonly (readonly [name: string, value: Node])[] }
  | { readonly kind: 'if'; readonly condition: Node; readonly consequence: Node; readonly otherwise: Node }
  | { readonly kind: 'for'; readonly iterators: readonly Iterator[]; readonly body: Node }
  | { readonly kind: 'some' | 'every'; readonly iterators: readonly Iterator[]; readonly satisfies: Node }
  | { readonly kind: 'interval'; readonly low: Node; readonly high: Node; readonly lowIncluded: boolean; readonly highIncluded: boolean }
  | { readonly kind: 'half-open'; readonly op: Comparison; readonly end: Node };

/** One test of a cell: a comparison with the value under test, or an expression about it. */
export type Test = { readonly kind: 'comparison'; readonly op: Comparison; readonly to: Node } | { readonly kind: 'expression'; readonly of: Node };

/** The tests of a cell; none means any value (`-`). */
export interface Tests {
  readonly negated: boolean;
  readonly tests: readonly Test[];
  readonly any: boolean;
}

/** A text that is no FEEL. */
export class FeelSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'FeelSyntaxError';
    this.offset = offset;
  }
}
