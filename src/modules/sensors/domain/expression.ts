/** The syntax tree of `$filter` and `$orderby` (SensorThings API 1.1, 9.3). `at` is the place in the source. */
export type Expression = Literal | Path | Binary | Unary | Call | Lambda;

export type LiteralType = 'string' | 'number' | 'boolean' | 'null' | 'time' | 'interval' | 'date' | 'timeOfDay' | 'duration' | 'geography';

export interface Literal {
  readonly kind: 'literal';
  readonly type: LiteralType;
  /** As written, without quotes; geography as WKT. */
  readonly text: string;
  readonly at: number;
}

/** `Datastreams/properties/layerName`; through a set it means: one exists. */
export interface Path {
  readonly kind: 'path';
  readonly segments: readonly string[];
  readonly at: number;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: number;
}

export interface Unary {
  readonly kind: 'unary';
  readonly operator: 'not' | '-';
  readonly operand: Expression;
  readonly at: number;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly at: number;
}

/** `Datastreams/any(d:d/name eq 'Luft')` */
export interface Lambda {
  readonly kind: 'lambda';
  readonly quantifier: 'any' | 'all';
  readonly over: Path;
  readonly variable: string;
  readonly condition: Expression;
  readonly at: number;
}

/** How strongly an operator binds; all are left-associative (operator precedence of OData 4.0). */
export const POWERS = { or: 1, and: 2, eq: 3, ne: 3, gt: 4, ge: 4, lt: 4, le: 4, add: 5, sub: 5, mul: 6, div: 6, mod: 6 } as const;

export type Operator = keyof typeof POWERS;

/** `not` and the sign bind more strongly than every operator between two values. */
export const UNARY_POWER = 7;

export const isOperator = (word: string): word is Operator => Object.hasOwn(POWERS, word);
