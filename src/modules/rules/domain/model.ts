/** How a table answers when several rules fit (OMG DMN 1.5, 8.2.10 and 8.2.11). */
export type HitPolicy = 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';
export const HIT_POLICIES: readonly HitPolicy[] = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'];

/** A column that a table looks at. */
export interface InputColumn {
  readonly label: string;
  readonly expression: string;
  readonly typeRef?: string;
  /** Unary tests that every value must pass. */
  readonly allowed?: string;
}

export interface OutputColumn {
  readonly name: string;
  readonly typeRef?: string;
  /** Values in falling priority. */
  readonly values?: string;
  /** Expression for when no rule fits. */
  readonly otherwise?: string;
}

export interface TableRule {
  /** The rule's annotation: a plain sentence with its paragraph. */
  readonly description: string;
  readonly tests: readonly string[];
  readonly results: readonly string[];
}

/** A decision table, read from DMN. */
export interface DecisionTable {
  readonly kind: 'table';
  readonly typeRef?: string;
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: 'SUM' | 'COUNT' | 'MIN' | 'MAX';
  readonly inputs: readonly InputColumn[];
  readonly outputs: readonly OutputColumn[];
  readonly rules: readonly TableRule[];
}

export interface Variable {
  readonly name: string;
  readonly typeRef?: string;
}

/** A boxed expression (OMG DMN 1.5, 10.2.2); `empty` stands for one that nobody filled in. */
export type Boxed =
  | DecisionTable
  | { readonly kind: 'empty' }
  | { readonly kind: 'literal'; readonly typeRef?: string; readonly text: string }
  | { readonly kind: 'context'; readonly typeRef?: string; readonly entries: readonly { readonly variable?: Variable; readonly value: Boxed }[] }
  | { readonly kind: 'list'; readonly typeRef?: string; readonly items: readonly Boxed[] }
  | { readonly kind: 'relation'; readonly typeRef?: string; readonly columns: readonly Variable[]; readonly rows: readonly (readonly Boxed[])[] }
  | {
      readonly kind: 'invocation';
      readonly typeRef?: string;
      readonly called: Boxed;
      readonly bindings: readonly { readonly name: string; readonly value: Boxed }[];
    }
  | { readonly kind: 'function'; readonly typeRef?: string; readonly parameters: readonly Variable[]; readonly body: Boxed; readonly external: boolean }
  | { readonly kind: 'conditional'; readonly typeRef?: string; readonly condition: Boxed; readonly consequence: Boxed; readonly otherwise: Boxed }
  | { readonly kind: 'filter'; readonly typeRef?: string; readonly of: Boxed; readonly by: Boxed }
  | { readonly kind: 'for' | 'some' | 'every'; readonly typeRef?: string; readonly variable: string; readonly over: Boxed; readonly body: Boxed };

interface Element extends Variable {
  readonly id: string;
}

/** What an element needs: references as `#id` or `namespace#id`. */
export interface DecisionElement extends Element {
  readonly kind: 'decision';
  readonly inputs: readonly string[];
  readonly decisions: readonly string[];
  readonly knowledge: readonly string[];
  readonly logic: Boxed;
}

export type DrgElement =
  | DecisionElement
  | (Element & { readonly kind: 'input' })
  | (Element & { readonly kind: 'knowledge'; readonly knowledge: readonly string[]; readonly logic: Extract<Boxed, { kind: 'function' }> })
  | (Element & {
      readonly kind: 'service';
      readonly outputs: readonly string[];
      readonly encapsulated: readonly string[];
      readonly inputDecisions: readonly string[];
      readonly inputs: readonly string[];
    });

export interface ItemDefinition extends Variable {
  readonly isCollection: boolean;
  readonly components: readonly ItemDefinition[];
  readonly allowed?: string;
  readonly constraint?: string;
  readonly functionItem?: { readonly parameters: readonly Variable[]; readonly typeRef?: string };
}

/** A DMN file as it was read. */
export interface ModelSource {
  readonly namespace: string;
  readonly name: string;
  readonly imports: readonly { readonly name: string; readonly namespace: string; readonly location?: string }[];
  readonly types: readonly ItemDefinition[];
  readonly elements: readonly DrgElement[];
}

/** One rule that fired: the raw material of a Begründung (§ 39 VwVfG). */
export interface TraceEntry {
  readonly decision: string;
  /** Number of the row, from 1. */
  readonly rule: number;
  readonly sentence: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Why a decision has no answer although its rules could be read. */
export interface RuleProblem {
  readonly kind: 'contradiction';
  readonly decision: string;
  /** Numbers of the rows that say different things, from 1. */
  readonly rules: readonly number[];
  /** A plain German sentence: cause and remedy. */
  readonly detail: string;
}

export interface Outcome {
  /** A single output's value, an object of several, a list where the policy collects; null when nothing fits. */
  readonly value: unknown;
  readonly trace: readonly TraceEntry[];
  /** Contradictions met on the way; the value is null then, or built on null. */
  readonly problems: readonly RuleProblem[];
}

/** A decision that can be evaluated. */
export interface Decision {
  readonly id: string;
  readonly name: string;
  /** Ids of the decisions of the same file that it builds on. */
  readonly requires: readonly string[];
  readonly logic: Boxed;
  readonly evaluate: (inputs: Readonly<Record<string, unknown>>) => Outcome;
}

/** All decisions of one DMN file. */
export type RuleSet = ReadonlyMap<string, Decision>;
