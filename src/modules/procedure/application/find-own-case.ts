import { ownerOf, owns, type Actor } from '../../../kernel/actor.ts';
import type { Case } from '../domain/case.ts';
import { findCase } from '../store/cases.ts';
import type { ProcedureContext } from './context.ts';

/** The account's own case, or nothing. */
export async function findOwnCase(
  ctx: Pick<ProcedureContext, 'database'>,
  actor: Extract<Actor, { kind: 'citizen' }>,
  caseId: string,
): Promise<Case | undefined> {
  const state = await findCase(ctx.database.read, caseId);
  return state !== undefined && owns(ownerOf(actor), state) ? state : undefined;
}
