export type HitPolicy = 'UNIQUE' | 'FIRST' | 'ANY' | 'COLLECT' | 'RULE ORDER';
export const HIT_POLICIES: readonly HitPolicy[] = ['UNIQUE', 'FIRST', 'ANY', 'COLLECT', 'RULE ORDER'];

/** A decision table, read from DMN. */
export interface DecisionTable {
  readonly kind: 'table';
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: 'SUM' | 'COUNT' | 'MIN' | 'MAX';
  readonly inputs: readonly { readonly label: string; readonly expression: string }[];
  readonly outputs: readonly { readonly name: string }[];
  readonly rules: readonly TableRule[];
}

export interface TableRule {
  /** The rule's annotation: a plain sentence with its paragraph. */
  readonly description: string;
  readonly tests: readonly string[];
  readonly results: readonly string[];
}

export interface LiteralExpression {
  readonly kind: 'literal';
  readonly text: string;
}

/** A decision with the decisions it builds on. */
export interface Decision {
  readonly id: string;
  readonly name: string;
  readonly requires: readonly string[];
  readonly logic: DecisionTable | LiteralExpression;
}

/** All decisions of one DMN file. */
export type RuleSet = ReadonlyMap<string, Decision>;

/** One rule that fired: the raw material of a Begründung (§ 39 VwVfG). */
export interface TraceEntry {
  readonly decision: string;
  /** Number of the row, from 1. */
  readonly rule: number;
  readonly sentence: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface Outcome {
  /** A single output's value, an object of several, a list where the policy collects; null when nothing fits. */
  readonly value: unknown;
  readonly trace: readonly TraceEntry[];
}
