import { invalidField, type Problem } from '../../../kernel/problem.ts';

export type PlanProblem = Problem<'invalid-input' | 'not-found'>;

/** What is wrong in a file, and in which line. */
export const brokenFile = (message: string, line?: number): PlanProblem => {
  const detail = line === undefined || line <= 0 ? message : `Zeile ${line}: ${message}`;
  return invalidField('file', detail);
};

export const notFound: PlanProblem = { kind: 'not-found', detail: 'Diesen Plan gibt es nicht, oder er ist nicht öffentlich. Die Liste steht unter /plaene.' };
