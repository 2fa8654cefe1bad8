import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { passwordFault } from '../domain/password.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { FRESH_MINUTES, mayReplacePassword } from '../domain/ways-in.ts';
import { lockAccount } from '../store/accounts.ts';
import { addPasswordLogin, findPasswordLoginOf, updatePassword } from '../store/logins.ts';
import { deleteSessionsOf, sessionBegin } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';
import { hashPassword } from './password-hash.ts';
import { tellOwner } from './tell-owner.ts';

const notFresh: IdentityProblem = {
  kind: 'not-allowed',
  detail: `Ein neues Passwort ohne das alte geht nur in den ersten ${FRESH_MINUTES} Minuten nach einer Anmeldung mit Online-Ausweis, Passkey oder Code. Melden Sie sich damit noch einmal an.`,
};
const noAddress: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Mit einem Passwort melden Sie sich unter Ihrer E-Mail-Adresse an. Hinterlegen und bestätigen Sie zuerst eine in Ihrem Konto.',
};
const taken: IdentityProblem = {
  kind: 'conflict',
  detail: 'Mit dieser E-Mail-Adresse meldet sich schon ein anderes Servicekonto an. Nehmen Sie einen Passkey, oder hinterlegen Sie eine andere Adresse.',
};

/** Whether this session may set a password without the old one. */
export async function sessionMaySetPassword(ctx: IdentityContext, caller: Caller, accountId: string): Promise<boolean> {
  const begun = await sessionBegin(ctx.database.read, sha256Hex(caller.sessionToken ?? ''), accountId);
  return begun !== undefined && mayReplacePassword(begun, caller.now);
}

/**
 * Sets a password without the old one, or the first one: for who has just signed in with the Online-Ausweis, a passkey
 * or a code. All other sessions end.
 */
export async function setPassword(ctx: IdentityContext, caller: Caller, accountId: string, password: string): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  if (!(await sessionMaySetPassword(ctx, caller, accountId))) return refuse(notFresh);
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
    else if (!(await addPasswordLogin(tx, accountId, email, hash, now))) return refuse(taken);
    await deleteSessionsOf(tx, accountId, sha256Hex(caller.sessionToken!));
    await tellOwner(ctx, tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.password-changed', payload: { by: 'fresh-sign-in' } },
    ]);
    return ok(null);
  });
}
