import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { wrongCredentials, type IdentityProblem } from '../domain/problems.ts';
import { readEmail } from '../domain/profile-input.ts';
import { ACCOUNT_RULE } from '../domain/throttle.ts';
import { findAccount } from '../store/accounts.ts';
import { findPasswordLogin, rehashPassword } from '../store/logins.ts';
import { clearFailures } from '../store/throttle.ts';
import type { Caller, IdentityContext } from './context.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { hashPassword, isOutdated, passwordMatches } from './password-hash.ts';
import { countOneTry, tryKey } from './tries.ts';

export const confirmFirst: IdentityProblem = {
  kind: 'wrong-state',
  detail:
    'Ihre E-Mail-Adresse ist noch nicht bestätigt. Öffnen Sie den Link in unserer Mail, oder setzen Sie ein neues Passwort: Dann bekommen Sie einen neuen Link.',
};

/** Signs a citizen in with e-mail and password, at trust level `einfach`. */
export async function signInWithPassword(
  ctx: IdentityContext,
  caller: Caller,
  input: { readonly email: string; readonly password: string },
): Promise<Result<OpenedSession, IdentityProblem>> {
  const checked = await checkPassword(ctx, caller.now, input);
  if (!checked.ok) return checked;
  const { accountId, key, tries, since } = checked.value;
  const account = await findAccount(ctx.database.read, accountId);
  if (account === undefined) return refuse(wrongCredentials);
  if (!account.emailConfirmed) return refuse(confirmFirst);
  return ok(
    await ctx.database.write(async (tx) => {
      await clearFailures(tx, key);
      return openSession(ctx, tx, caller, { kind: 'citizen', accountId, trust: 'einfach', method: 'password', since }, { failedBefore: tries - 1 });
    }),
  );
}

/** Whether the password is this e-mail's; counts the try, and takes as long for an unknown e-mail. */
export async function checkPassword(
  ctx: IdentityContext,
  now: Temporal.Instant,
  input: { readonly email: string; readonly password: string },
): Promise<Result<{ accountId: string; key: string; tries: number; since: Temporal.Instant }, IdentityProblem>> {
  const email = readEmail(input.email) ?? '';
  const key = tryKey(ctx, 'password', email);
  const counted = await countOneTry(ctx, key, ACCOUNT_RULE, now);
  if (!counted.ok) return counted;
  const login = await findPasswordLogin(ctx.database.read, email);
  // Nobody's password is longer: hashing more would only keep the processor busy.
  const matches = await passwordMatches(login?.passwordHash, input.password.slice(0, 1000));
  if (!matches || login === undefined) return refuse(wrongCredentials);
  if (isOutdated(login.passwordHash)) {
    const fresh = await hashPassword(input.password);
    await ctx.database.write((tx) => rehashPassword(tx, login.accountId, login.passwordHash, fresh));
  }
  return ok({ accountId: login.accountId, key, tries: counted.value, since: login.changedAt });
}
