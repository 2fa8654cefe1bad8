import type { Problem } from '../../../kernel/problem.ts';

export type BurdenProblem = Problem<'invalid-input' | 'not-found' | 'not-allowed' | 'conflict'>;

export const serviceUnknown: BurdenProblem = {
  kind: 'not-found',
  detail: 'Zu dieser Leistung gibt es keine Rechnung. Wählen Sie eine aus der Liste unter /strategie/aufwand.',
};

export const measureUnknown: BurdenProblem = {
  kind: 'not-found',
  detail: 'Diese Änderung gibt es nicht, oder sie ist schon zurückgenommen. Laden Sie die Seite der Leistung neu.',
};

export const notStrategy: BurdenProblem = {
  kind: 'not-allowed',
  detail: 'Änderungen meldet, wer die Strategie führt. Bitten Sie jemanden mit der Rolle «strategie» darum.',
};

export const declaredAlready: BurdenProblem = {
  kind: 'conflict',
  detail: 'Genau diese Änderung ist schon gemeldet. Nehmen Sie die alte zurück, wenn Tag oder Grund nicht stimmen.',
};
