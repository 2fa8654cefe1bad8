import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readStaffClaims } from '../domain/claims.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { upsertStaff } from '../store/staff.ts';
import type { Caller, IdentityContext } from './context.ts';
import { openSession, type OpenedSession } from './open-session.ts';

const noRole: IdentityProblem = {
  kind: 'not-allowed',
  detail: 'Ihre Anmeldung nennt keine Rolle für Kontor. Bitten Sie die Administration Ihrer Behörde, Ihnen eine Rolle zu geben.',
};

/** Signs an employee in as the staff's provider describes them; the description is kept. */
export async function enterAsStaff(
  ctx: IdentityContext,
  caller: Caller,
  input: { readonly issuer: string; readonly claims: Readonly<Record<string, unknown>> },
): Promise<Result<OpenedSession, IdentityProblem>> {
  const identity = readStaffClaims(input.claims);
  if (identity === undefined) return refuse(noRole);
  const subject = String(input.claims['sub']);
  return ok(
    await ctx.database.write(async (tx) => {
      const id = newId(caller.now.epochMilliseconds);
      const staffId = await upsertStaff(tx, id, { ...identity, issuer: input.issuer, subject }, caller.now);
      const facts = { roles: identity.roles, authorities: identity.authorities };
      return openSession(ctx, tx, caller, { kind: 'staff', staffId, method: 'oidc' }, facts);
    }),
  );
}
