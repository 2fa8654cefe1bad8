/** One mistake in one input field, in the words of the person who made it. */
export interface FieldProblem {
  /** Name of the field as the form or the JSON body calls it, e.g. `trees.0.circumferenceCm`. */
  readonly field: string;
  /** A plain sentence that says what is wrong and what to do next. */
  readonly message: string;
}

/**
 * A refusal as a value (RFC 9457 in spirit, no HTTP in it). Each module narrows `kind` to a closed
 * union; `platform/http` alone turns a kind into a status, a title and a page.
 */
export interface Problem<Kind extends string = string> {
  readonly kind: Kind;
  /** A plain German sentence that names the cause and the remedy. */
  readonly detail: string;
  readonly fields?: readonly FieldProblem[];
  /** Of a conflict: the thing as it is now, so that a person can decide between both. */
  readonly current?: unknown;
}

/** Refusals every module may give; the HTTP status of each stands in `platform/http/problem.ts`. */
export type CommonProblemKind =
  | 'invalid-input' // 422, with fields
  | 'not-found' // 404
  | 'not-allowed' // 403
  | 'sign-in-needed' // 401
  | 'conflict' // 409: somebody else was faster
  | 'wrong-state' // 409: the state does not allow this action
  | 'too-large' // 413
  | 'too-many' // 429
  | 'too-costly' // 503: the question would take too long to answer
  | 'unavailable'; // 503: a neighbour system does not answer

export type CommonProblem = Problem<CommonProblemKind>;

/** One field is wrong; the sentence stands at the field and above the form. */
export const invalidField = (field: string, message: string): Problem<'invalid-input'> => ({
  kind: 'invalid-input',
  detail: message,
  fields: [{ field, message }],
});

/** Several fields are wrong; each has its own sentence. */
export const invalidFields = (fields: readonly FieldProblem[]): Problem<'invalid-input'> => ({
  kind: 'invalid-input',
  detail: 'Bitte prüfen Sie die markierten Angaben.',
  fields,
});

/** The state does not allow the action. */
export const wrongState = (detail: string): Problem<'wrong-state'> => ({ kind: 'wrong-state', detail });
