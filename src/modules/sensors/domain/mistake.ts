import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

/** A query that cannot be understood, and where: the character, from 0, in the text of the option. */
export interface QueryProblem extends Problem<'malformed-query'> {
  readonly position: number;
}

/** Thrown inside the parser alone; `understood` turns it into a value. */
class Mistake extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

export function mistake(position: number, message: string): never {
  throw new Mistake(position, message);
}

export function understood<T>(parse: () => T): Result<T, QueryProblem> {
  try {
    return ok(parse());
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return refuse({ kind: 'malformed-query', position: error.position, detail: `Zeichen ${String(error.position + 1)}: ${error.message}` });
  }
}
