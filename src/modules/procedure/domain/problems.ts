import type { FieldProblem, Problem } from '../../../kernel/problem.ts';

export type CaseProblemKind = 'wrong-state' | 'invalid-input' | 'not-allowed' | 'not-found' | 'conflict' | 'sign-in-needed' | 'too-large' | 'unavailable';
export type CaseProblem = Problem<CaseProblemKind>;

/** The state of the case does not allow the action. */
export function wrongState(detail: string): CaseProblem {
  return { kind: 'wrong-state', detail };
}

/** A field of the command is wrong; `detail` sums up, `message` stands at the field. */
export function invalidField(field: string, message: string): CaseProblem {
  return { kind: 'invalid-input', detail: message, fields: [{ field, message }] };
}

/** Several fields are wrong. */
export function invalidFields(fields: readonly FieldProblem[]): CaseProblem {
  return { kind: 'invalid-input', detail: 'Bitte prüfen Sie die markierten Angaben.', fields };
}

export const notFound: CaseProblem = {
  kind: 'not-found',
  detail: 'Diesen Vorgang gibt es nicht, oder er gehört nicht zu Ihnen. Prüfen Sie das Aktenzeichen.',
};

export const conflict: CaseProblem = {
  kind: 'conflict',
  detail: 'Inzwischen hat jemand anderes diesen Vorgang geändert. Ihre Eingabe ist noch da. Laden Sie den Stand neu und prüfen Sie, ob sie noch passt.',
};
