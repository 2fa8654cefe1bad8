/** Rules as data: DMN decision tables and FEEL expressions, evaluated with a trace. */
export { evaluateFeel, feelMistake, type FeelContext } from './domain/feel.ts';
export { evaluateDecision } from './domain/evaluate.ts';
export { parseDmn, type DmnMistake } from './domain/parse-dmn.ts';
export type { Outcome as RuleOutcome, RuleSet, TraceEntry } from './domain/model.ts';
