import { evaluateFeel, passesTests, type FeelContext } from './feel.ts';
import type { Decision, DecisionTable, Outcome, RuleSet, TableRule, TraceEntry } from './model.ts';

/**
 * Evaluates a decision and those it requires (OMG DMN 1.3, 6 and 8).
 * @throws when the decision is unknown, or a table says two things where its policy allows one
 */
export function evaluateDecision(rules: RuleSet, id: string, inputs: FeelContext): Outcome {
  const decision = rules.get(id);
  if (decision === undefined) throw new Error(`unknown decision ${id}`);
  const trace: TraceEntry[] = [];
  let context: FeelContext = inputs;
  for (const required of decision.requires) {
    const before = evaluateDecision(rules, required, inputs);
    trace.push(...before.trace);
    context = { ...context, [rules.get(required)!.name]: before.value, [required]: before.value };
  }
  if (decision.logic.kind === 'literal') return { value: evaluateFeel(decision.logic.text, context), trace };
  const own = evaluateTable(decision, decision.logic, context);
  return { value: own.value, trace: [...trace, ...own.trace] };
}

function evaluateTable(decision: Decision, table: DecisionTable, context: FeelContext): Outcome {
  const values = table.inputs.map((input) => evaluateFeel(input.expression, context));
  const inputs = Object.fromEntries(table.inputs.map((input, index) => [input.label, values[index]]));
  const hits = table.rules.flatMap((rule, index) => {
    const fits = rule.tests.every((tests, column) => passesTests(tests, values[column], context));
    return fits ? [{ rule, number: index + 1, outputs: outputsOf(table, rule, context) }] : [];
  });
  const used = table.hitPolicy === 'FIRST' ? hits.slice(0, 1) : hits;
  const trace = used.map(({ rule, number, outputs }) => ({
    decision: decision.id,
    rule: number,
    sentence: rule.description,
    inputs,
    outputs,
  }));
  return {
    value: combine(
      decision,
      table,
      used.map((hit) => hit.outputs),
    ),
    trace,
  };
}

function outputsOf(table: DecisionTable, rule: TableRule, context: FeelContext): Record<string, unknown> {
  return Object.fromEntries(table.outputs.map((output, index) => [output.name, evaluateFeel(rule.results[index]!, context)]));
}

function combine(decision: Decision, table: DecisionTable, hits: readonly Record<string, unknown>[]): unknown {
  const values = hits.map((outputs) => (table.outputs.length === 1 ? outputs[table.outputs[0]!.name] : outputs));
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (values.length > 1) throw new Error(`decision ${decision.id}: ${values.length} rules fit where one may`);
      return values[0] ?? null;
    case 'ANY':
      if (new Set(values.map((value) => JSON.stringify(value))).size > 1) throw new Error(`decision ${decision.id}: rules disagree`);
      return values[0] ?? null;
    case 'FIRST':
      return values[0] ?? null;
    default:
      return table.aggregation === undefined ? values : aggregate(table.aggregation, values as number[]);
  }
}

function aggregate(how: 'SUM' | 'COUNT' | 'MIN' | 'MAX', values: readonly number[]): number | null {
  if (how === 'COUNT') return values.length;
  if (values.length === 0) return null;
  if (how === 'SUM') return values.reduce((sum, value) => sum + value, 0);
  return how === 'MIN' ? Math.min(...values) : Math.max(...values);
}
