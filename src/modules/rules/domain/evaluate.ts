import type { CompiledModel } from './compile-model.ts';
import { Environment } from './environment.ts';
import type { FeelContext } from './feel.ts';
import type { DecisionElement, Outcome, RuleSet } from './model.ts';
import { Run } from './run.ts';
import { Trail } from './trail.ts';
import { fromPlain, toPlain } from './value.ts';

/**
 * Evaluates a decision and those it requires (OMG DMN 1.5, 6 and 8). Every input is in sight of every
 * decision, declared or not: a service package's answers are its inputs. A table that contradicts itself
 * has the value null and says so in `problems`.
 * @throws when the decision is unknown: the caller should have linted the package
 */
export function evaluateDecision(rules: RuleSet, id: string, inputs: FeelContext): Outcome {
  const decision = rules.get(id);
  if (decision === undefined) throw new Error(`unknown decision ${id}`);
  return decision.evaluate(inputs);
}

/** What evaluates one decision of a model. */
export function evaluatorOf(model: CompiledModel, decision: DecisionElement): (inputs: FeelContext) => Outcome {
  return (inputs) => {
    const trail = new Trail();
    const given = ({ name }: { readonly name: string }) => (Object.hasOwn(inputs, name) ? fromPlain(inputs[name]) : undefined);
    const run = new Run(model, given, new Environment(inputs, undefined, trail));
    return { value: toPlain(run.valueOf(decision)), trace: trail.trace, problems: trail.problems };
  };
}
