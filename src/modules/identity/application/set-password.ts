import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { passwordFault } from '../domain/password.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { FRESH_MINUTES, mayReplacePassword, type Begun } from '../domain/ways-in.ts';
import { lockAccount } from '../store/accounts.ts';
import { addPasswordLogin, findPasswordLoginOf, updatePassword } from '../store/logins.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';
import { cancelled, endRecoveryBy } from './end-recovery.ts';
import { begunBy, settleDaysAt } from './fresh-session.ts';
import { hashPassword } from './password-hash.ts';
import { tellOwner } from './tell-owner.ts';

const notFresh = (days: number): IdentityProblem => ({
  kind: 'not-allowed',
  detail: `Ein neues Passwort ohne das alte geht nur in den ersten ${FRESH_MINUTES} Minuten nach einer Anmeldung mit Online-Ausweis, Passkey oder Code, und nur, wenn es sie schon ${days} Tage gibt. Melden Sie sich damit noch einmal an, oder setzen Sie ein neues Passwort per Mail: „Passwort vergessen“.`,
});
const noAddress: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Mit einem Passwort melden Sie sich unter Ihrer E-Mail-Adresse an. Hinterlegen und bestätigen Sie zuerst eine in Ihrem Konto.',
};
export const addressTaken: IdentityProblem = {
  kind: 'conflict',
  detail: 'Mit dieser E-Mail-Adresse meldet sich schon ein anderes Servicekonto an. Nehmen Sie einen Passkey, oder hinterlegen Sie eine andere Adresse.',
};

const replaces = (begun: Begun | undefined, now: Temporal.Instant): begun is Begun => begun !== undefined && mayReplacePassword(begun, now, settleDaysAt(now));

/** Whether this session may set a password without the old one. */
export const sessionMaySetPassword = async (ctx: IdentityContext, caller: Caller, accountId: string): Promise<boolean> =>
  replaces(await begunBy(ctx, caller, accountId), caller.now);

/**
 * Sets a password without the old one, or the first one: for who has just signed in with the Online-Ausweis, a passkey
 * or a code. All other sessions end, and so does a recovery that waits.
 */
export async function setPassword(ctx: IdentityContext, caller: Caller, accountId: string, password: string): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  const begun = await begunBy(ctx, caller, accountId);
  if (!replaces(begun, now)) return refuse(notFresh(settleDaysAt(now)));
  const hash = await hashPassword(password.slice(0, 1000));
  return ctx.database.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (account === undefined) return refuse(accountNotFound);
    const login = await findPasswordLoginOf(tx, accountId);
    const email = login?.email ?? (account.emailConfirmed ? account.email : undefined);
    if (email === undefined) return refuse(noAddress);
    const fault = passwordFault(password, [email, account.givenName, account.familyName]);
    if (fault !== undefined) return refuse(invalidField('password', fault));
    if (login !== undefined) await updatePassword(tx, accountId, hash, now);
    else if (!(await addPasswordLogin(tx, accountId, email, hash, now))) return refuse(addressTaken);
    const ended = await endRecoveryBy(ctx, tx, accountId, begun, now);
    await deleteSessionsOf(tx, accountId, sha256Hex(caller.sessionToken!));
    await tellOwner(ctx, tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.password-changed', payload: { by: 'fresh-sign-in', ...cancelled(ended) } },
    ]);
    return ok(null);
  });
}
