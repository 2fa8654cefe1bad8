import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import type { Case } from './case.ts';
import type { Decided } from './decide.ts';

/** States in which the course of the procedure is still open. */
export const CHANGEABLE = ['eingegangen', 'unvollstaendig', 'in_pruefung', 'anhoerung', 'ausgesetzt', 'freigabe'] as const satisfies readonly Case['status'][];

/** A version of a package as an event names it. */
export interface PackageVersion {
  readonly hash: string;
  readonly version: string;
}

/**
 * An open case goes over to another version of its package: explicit, with a reason, never by itself.
 * Already there: nothing. A decided case keeps the version it was decided under.
 */
export function changePackage(state: Case, to: PackageVersion, reason: string): Decided {
  if (state.packageHash === to.hash) return ok([]);
  if (!CHANGEABLE.some((status) => status === state.status)) return refuse(wrongState('Über diesen Vorgang ist schon entschieden. Er behält seine Fassung.'));
  if (reason.trim() === '') return refuse(invalidField('reason', 'Nennen Sie den Grund für die Umstellung. Er steht in jeder Akte.'));
  return ok([{ kind: 'fassung-gewechselt', facts: { from: state.packageHash, to: to.hash, packageVersion: to.version }, content: { reason } }]);
}
