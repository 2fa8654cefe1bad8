import type { Problem } from '../../../kernel/problem.ts';

export type ParticipationProblemKind = 'wrong-state' | 'invalid-input' | 'not-allowed' | 'not-found' | 'conflict' | 'sign-in-needed' | 'too-large';
export type ParticipationProblem = Problem<ParticipationProblemKind>;

export const notFound: ParticipationProblem = {
  kind: 'not-found',
  detail: 'Das gibt es hier nicht, oder es ist nicht für Sie bestimmt. Prüfen Sie die Adresse.',
};

export const linkUsedUp: ParticipationProblem = {
  kind: 'not-found',
  detail: 'Dieser Link gilt nicht oder nicht mehr. Bitten Sie die Behörde, die Sie angeschrieben hat, um einen neuen.',
};

export const readsOnly: ParticipationProblem = { kind: 'not-allowed', detail: 'Ihre Rolle darf diesen Vorgang lesen, aber nicht ändern.' };

export const conflict: ParticipationProblem = {
  kind: 'conflict',
  detail: 'Inzwischen hat jemand anderes hier etwas geändert. Ihre Eingabe ist noch da. Laden Sie den Stand neu und prüfen Sie, ob sie noch passt.',
};
