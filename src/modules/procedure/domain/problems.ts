import type { Problem } from '../../../kernel/problem.ts';

export type CaseProblemKind = 'wrong-state' | 'invalid-input' | 'not-allowed' | 'not-found' | 'conflict' | 'sign-in-needed' | 'too-large' | 'unavailable';
export type CaseProblem = Problem<CaseProblemKind>;

export const notFound: CaseProblem = {
  kind: 'not-found',
  detail: 'Diesen Vorgang gibt es nicht, oder er gehört nicht zu Ihnen. Prüfen Sie das Aktenzeichen.',
};

export const conflict: CaseProblem = {
  kind: 'conflict',
  detail: 'Inzwischen hat jemand anderes diesen Vorgang geändert. Ihre Eingabe ist noch da. Laden Sie den Stand neu und prüfen Sie, ob sie noch passt.',
};
