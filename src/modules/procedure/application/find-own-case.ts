import { ownerOf, type Actor } from '../../../kernel/actor.ts';
import { appliedBy } from '../domain/applicants.ts';
import type { Case } from '../domain/case.ts';
import { findCase } from '../store/cases.ts';
import type { ProcedureContext } from './context.ts';

/** A case the account applied for, alone or with others; or nothing. */
export async function findOwnCase(
  ctx: Pick<ProcedureContext, 'database'>,
  actor: Extract<Actor, { kind: 'citizen' }>,
  caseId: string,
): Promise<Case | undefined> {
  const state = await findCase(ctx.database.read, caseId);
  return state !== undefined && appliedBy(ownerOf(actor), state) ? state : undefined;
}
