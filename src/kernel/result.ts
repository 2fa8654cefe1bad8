/** An expected outcome: a value, or a problem the caller must handle. Bugs throw instead. */
export type Result<T, P> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

/** The successful outcome holding `value`. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The refused outcome holding `problem`. */
export function refuse<P>(problem: P): { readonly ok: false; readonly problem: P } {
  return { ok: false, problem };
}

/** The value of a result that cannot be a refusal here; throws when it is one (a bug). */
export function expectOk<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`unexpected refusal: ${JSON.stringify(result.problem)}`);
  return result.value;
}
