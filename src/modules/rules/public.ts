/** Rules as data: DMN 1.1 to 1.5 and FEEL expressions, evaluated with a trace. */
export { evaluateFeel, feelMistake, type FeelContext } from './domain/feel.ts';
export { feelUse, type FeelUse } from './domain/feel-use.ts';
export { evaluateDecision } from './domain/evaluate.ts';
export { tableFindings, type TableFinding } from './domain/findings.ts';
export { parseDmn, type DmnMistake } from './domain/parse-dmn.ts';
export type { Decision, Outcome as RuleOutcome, RuleProblem, RuleSet, TraceEntry } from './domain/model.ts';
export { runTck, type TckFailure, type TckFolder, type TckLevel } from './application/run-tck.ts';
