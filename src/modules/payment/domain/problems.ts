import type { Problem } from '../../../kernel/problem.ts';

export type PaymentProblemKind = 'wrong-state' | 'invalid-input' | 'not-allowed' | 'not-found' | 'conflict' | 'too-large' | 'unavailable' | 'too-many';
export type PaymentProblem = Problem<PaymentProblemKind>;

export const claimNotFound: PaymentProblem = {
  kind: 'not-found',
  detail: 'Diese Forderung gibt es nicht, oder sie gehört nicht zu Ihnen. Prüfen Sie die Adresse oder das Kassenzeichen.',
};

export const notAllowed = (detail: string): PaymentProblem => ({ kind: 'not-allowed', detail });

export const providerAway: PaymentProblem = {
  kind: 'unavailable',
  detail: 'Der Zahlungsdienst antwortet gerade nicht. Es wurde nichts abgebucht. Versuchen Sie es später noch einmal, oder überweisen Sie den Betrag.',
};
