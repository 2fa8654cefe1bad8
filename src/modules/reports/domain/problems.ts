import type { CommonProblem, Problem } from '../../../kernel/problem.ts';

export type ReportProblem = CommonProblem;

export const noEvent: Problem<'not-found'> = {
  kind: 'not-found',
  detail: 'Dieses Ereignis gibt es hier nicht. Vielleicht wurde es mit einem anderen zusammengelegt: Sehen Sie in der Liste der Meldungen nach.',
};

export const noReport: Problem<'not-found'> = { kind: 'not-found', detail: 'Diese Meldung gibt es hier nicht. Laden Sie die Liste der Meldungen neu.' };

export const notYourLayer: Problem<'not-allowed'> = {
  kind: 'not-allowed',
  detail: 'Meldungen gehören nicht zu dem, was Sie in dieser Lage sehen. Bitten Sie die Leitung der Lage, wenn Sie sie brauchen.',
};
