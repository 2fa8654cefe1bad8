import type { RuleProblem, TraceEntry } from './model.ts';

/** What an evaluation leaves behind beside its value. */
export class Trail {
  readonly trace: TraceEntry[] = [];
  readonly problems: RuleProblem[] = [];
}
