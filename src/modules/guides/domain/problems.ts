import type { Problem } from '../../../kernel/problem.ts';

export type GuideProblemKind = 'invalid-input' | 'not-found' | 'not-allowed' | 'wrong-state' | 'conflict' | 'sign-in-needed' | 'too-large' | 'unavailable';
export type GuideProblem = Problem<GuideProblemKind>;

/** Said to a guide whose help does not run (any more), whatever the reason: nothing is told of the person. */
export const helpOver: GuideProblem = {
  kind: 'not-found',
  detail: 'Diese Hilfe läuft nicht. Sie sehen nichts mehr davon. Möchte die Person weiter Hilfe, gibt sie Ihnen einen neuen Code.',
};

export const noDraft: GuideProblem = {
  kind: 'not-found',
  detail: 'Diesen Antrag gibt es nicht, oder er ist schon abgesendet. Sehen Sie unter „Meine Anträge“ nach.',
};

export const noPlace: GuideProblem = {
  kind: 'not-found',
  detail: 'Diesen Ort gibt es nicht oder nicht mehr. Alle Orte stehen unter /hilfe-vor-ort.',
};

export const guidesOnly: GuideProblem = {
  kind: 'not-allowed',
  detail: 'Das dürfen nur Digitallotsen. Fragen Sie Ihre Leitung, wenn Sie diese Rolle brauchen.',
};

export const noService: GuideProblem = { kind: 'not-found', detail: 'Diese Leistung gibt es nicht. Wählen Sie eine aus der Liste unter /lotsen.' };
