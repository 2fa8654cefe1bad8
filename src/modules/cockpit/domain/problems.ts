import type { CommonProblem, Problem } from '../../../kernel/problem.ts';

export type CockpitProblem = CommonProblem;

export const noItem: Problem<'not-found'> = {
  kind: 'not-found',
  detail: 'Das gibt es in der Strategie nicht, oder nicht mehr. Sehen Sie unter /strategie nach.',
};

export const notYours: Problem<'not-allowed'> = {
  kind: 'not-allowed',
  detail: 'Das gehört zu einer anderen Stelle. Bitten Sie dort darum, oder die Leitstelle der Strategie.',
};

export const noComment: Problem<'not-found'> = {
  kind: 'not-found',
  detail: 'Diesen Kommentar gibt es nicht, oder er gehört jemand anderem. Prüfen Sie, ob Sie die Adresse ganz kopiert haben.',
};

export const noReport: Problem<'not-found'> = {
  kind: 'not-found',
  detail: 'Für dieses Quartal gibt es keinen Bericht. Welche es gibt, steht unter /strategie/berichte.',
};
