import type { CommonProblem, Problem } from '../../../kernel/problem.ts';

export type LageProblem = CommonProblem;

/** The same for a Lage that is not there and for one the person has no part in: nobody learns which exist. */
export const noLage: Problem<'not-found'> = {
  kind: 'not-found',
  detail: 'Diese Lage gibt es nicht, oder Sie gehören nicht dazu. Bitten Sie die Leitung der Lage, Sie aufzunehmen.',
};

export const notYourRight: Problem<'not-allowed'> = {
  kind: 'not-allowed',
  detail: 'Das gehört nicht zu Ihrer Funktion in dieser Lage. Wenden Sie sich an die Leitung der Lage.',
};

export const lageClosed: Problem<'wrong-state'> = {
  kind: 'wrong-state',
  detail: 'Diese Lage ist beendet. Lesen und das Tagebuch ergänzen können Sie weiterhin, ändern nicht.',
};
