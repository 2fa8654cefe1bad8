import { sha256Hex } from '../../../kernel/token.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { FRESH_MINUTES, isFresh } from '../domain/ways-in.ts';
import { sessionBegin } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';

export const notFreshSession: IdentityProblem = {
  kind: 'not-allowed',
  detail: `Codes und Passkeys ändern Sie nur in den ersten ${FRESH_MINUTES} Minuten nach einer Anmeldung. Melden Sie sich noch einmal an, dann geht es.`,
};

/** Whether this session has just begun, so that it may change the ways into its account. */
export async function sessionIsFresh(ctx: Pick<IdentityContext, 'database'>, caller: Caller, accountId: string): Promise<boolean> {
  const begun = await sessionBegin(ctx.database.read, sha256Hex(caller.sessionToken ?? ''), accountId);
  return begun !== undefined && isFresh(begun, caller.now);
}
