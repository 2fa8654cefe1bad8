import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { passwordAgain, type IdentityProblem } from '../domain/problems.ts';
import { recoveryTerms } from '../domain/recovery.ts';
import { FRESH_MINUTES, isFresh, mayTakeAway, type Begun } from '../domain/ways-in.ts';
import { findPasswordLoginOf } from '../store/logins.ts';
import { confirmSessionRow, sessionBegin } from '../store/sessions.ts';
import { clearFailures } from '../store/throttle.ts';
import type { Caller, IdentityContext } from './context.ts';
import { cancelled, endRecoveryBy } from './end-recovery.ts';
import { checkPassword } from './sign-in-password.ts';

export const notFreshSession: IdentityProblem = {
  kind: 'not-allowed',
  detail: `Wege in Ihr Konto ändern Sie nur in den ersten ${FRESH_MINUTES} Minuten nach einer Anmeldung. Geben Sie Ihr Passwort noch einmal ein, oder melden Sie sich noch einmal an, dann geht es.`,
};

/** How the caller's session began; `undefined` when it is not the account's. */
export const begunBy = (ctx: Pick<IdentityContext, 'database'>, caller: Caller, accountId: string): Promise<Begun | undefined> =>
  sessionBegin(ctx.database.read, sha256Hex(caller.sessionToken ?? ''), accountId);

/** The caller's session, if it may add ways into its account: it has just begun, or the password was just asked for. */
export async function freshSession(ctx: Pick<IdentityContext, 'database'>, caller: Caller, accountId: string): Promise<Result<Begun, IdentityProblem>> {
  const begun = await begunBy(ctx, caller, accountId);
  return begun !== undefined && isFresh(begun, caller.now) ? ok(begun) : refuse(notFreshSession);
}

export const settleDaysAt = (now: Temporal.Instant): number => recoveryTerms(legalDay(now)).settleDays;

/** Whether the session may take away what was there before whoever sits in front of it. */
export const takesAway = (begun: Begun, now: Temporal.Instant): boolean => mayTakeAway(begun, now, settleDaysAt(now));

/**
 * Asks for the password again inside a session, so that what needs a fresh one goes on without signing in anew. As a
 * sign-in does, it ends a recovery that waits, if the password was there before.
 */
export async function confirmSession(ctx: IdentityContext, caller: Caller, accountId: string, password: string): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  const login = await findPasswordLoginOf(ctx.database.read, accountId);
  if (login === undefined || caller.sessionToken === undefined) return refuse(notFreshSession);
  const checked = await checkPassword(ctx, now, { email: login.email, password });
  if (!checked.ok) return checked.problem.kind === 'sign-in-needed' ? refuse(passwordAgain) : checked;
  const token = sha256Hex(caller.sessionToken);
  return ctx.database.transaction(async (tx) => {
    const begun = await sessionBegin(tx, token, accountId);
    if (begun === undefined || !(await confirmSessionRow(tx, token, accountId, now))) return refuse(notFreshSession);
    await clearFailures(tx, checked.value.key);
    const ended = await endRecoveryBy(ctx, tx, accountId, { since: login.changedAt, accountSince: begun.accountSince }, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.session-confirmed', payload: { method: 'password', ...cancelled(ended) } },
    ]);
    return ok(null);
  });
}
