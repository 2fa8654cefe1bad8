import type { Lang } from '../../../kernel/lang.ts';
import type { Addressee } from '../../../kernel/mail.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { resetMail, waysEndedMail } from '../domain/mails.ts';
import { passwordFault } from '../domain/password.ts';
import { linkUsedUp, wrongCredentials, type IdentityProblem } from '../domain/problems.ts';
import { EMAIL_FAULT, readEmail } from '../domain/profile-input.ts';
import { MAIL_RULE } from '../domain/throttle.ts';
import { mailOpensAtOnce } from '../domain/ways-in.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { confirmEmail, findAccount } from '../store/accounts.ts';
import { deleteLinksOf, peekLink, replaceLink, takeLink } from '../store/links.ts';
import { addPasswordLogin, findPasswordLogin, findPasswordLoginOf, updatePassword } from '../store/logins.ts';
import { accountsByEmail, readStrongWays } from '../store/recovery.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { clearFailures } from '../store/throttle.ts';
import { addressee, type Caller, type IdentityContext } from './context.ts';
import { anyEnded, endYoungWays } from './end-young-ways.ts';
import { evenly } from './evenly.ts';
import { settleDaysAt } from './fresh-session.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { beginRecovery } from './recovery.ts';
import { hashPassword } from './password-hash.ts';
import { addressTaken } from './set-password.ts';
import { checkPassword } from './sign-in-password.ts';
import { tellOwner } from './tell-owner.ts';
import { countOneTry, tryKey } from './tries.ts';

export const RESET_MINUTES = 30;

/** One address may stand in several accounts, of a couple for example. */
const MOST_OWNERS = 5;

/**
 * Sends a link for a new password, if the e-mail has an account. Where there are settled ways in that are stronger than
 * mail, a recovery begins instead, which waits (ADR 54, 63). The answer is the same in all three cases.
 */
export async function requestReset(ctx: IdentityContext, now: Temporal.Instant, typedEmail: string, lang: Lang): Promise<Result<null, IdentityProblem>> {
  const email = readEmail(typedEmail);
  if (email === undefined) return refuse(invalidField('email', EMAIL_FAULT));
  return evenly(async () => {
    const counted = await countOneTry(ctx, tryKey(ctx, 'mail', email), MAIL_RULE, now);
    if (!counted.ok) return counted;
    await ctx.database.write(async (tx) => {
      const login = await findPasswordLogin(tx, email);
      const owners = login === undefined ? await accountsByEmail(tx, email, MOST_OWNERS) : [login.accountId];
      for (const accountId of owners) {
        if (mailOpensAtOnce(await readStrongWays(tx, accountId, now), now, settleDaysAt(now)))
          await sendResetLink(ctx, tx, accountId, addressee(ctx, email, lang), now);
        else await beginRecovery(ctx, tx, accountId, email, now);
      }
    });
    return ok(null);
  });
}

async function sendResetLink(ctx: IdentityContext, tx: Tx, accountId: string, who: Addressee, now: Temporal.Instant): Promise<void> {
  const token = randomToken();
  const link = { tokenSha256: sha256Hex(token), purpose: 'reset-password', accountId, email: who.to } as const;
  await replaceLink(tx, { ...link, createdAt: now, expiresAt: now.add({ minutes: RESET_MINUTES }) });
  await ctx.mailer.send(tx, `identity.reset.${link.tokenSha256.slice(0, 32)}`, resetMail(who, `/passwort-neu/${token}`, RESET_MINUTES));
}

/** Whether a reset link still works. */
export async function resetIsOpen(ctx: IdentityContext, token: string, now: Temporal.Instant): Promise<boolean> {
  const link = await peekLink(ctx.database.read, sha256Hex(token), 'reset-password');
  return link !== undefined && Temporal.Instant.compare(now, link.expiresAt) < 0;
}

/**
 * Sets the new password, ends every session of the account, its codes and whatever way is younger than a settled one,
 * and signs in. The mail proves the address.
 */
export async function resetPassword(
  ctx: IdentityContext,
  caller: Caller,
  input: { token: string; password: string },
): Promise<Result<OpenedSession, IdentityProblem>> {
  const { now } = caller;
  const tokenSha256 = sha256Hex(input.token);
  const link = await peekLink(ctx.database.read, tokenSha256, 'reset-password');
  if (link === undefined || Temporal.Instant.compare(now, link.expiresAt) >= 0) return refuse(linkUsedUp);
  const account = await findAccount(ctx.database.read, link.accountId);
  if (account === undefined) return refuse(linkUsedUp);
  const fault = passwordFault(input.password, [link.email, account.givenName, account.familyName]);
  if (fault !== undefined) return refuse(invalidField('password', fault));
  const hash = await hashPassword(input.password);
  return ctx.database.transaction(async (tx) => {
    if ((await takeLink(tx, tokenSha256, 'reset-password')) === undefined) return refuse(linkUsedUp);
    if ((await findPasswordLoginOf(tx, link.accountId)) !== undefined) await updatePassword(tx, link.accountId, hash, now);
    else if (!(await addPasswordLogin(tx, link.accountId, link.email, hash, now))) return refuse(addressTaken);
    const at = link.expiresAt.subtract({ minutes: RESET_MINUTES });
    const settleDays = settleDaysAt(now);
    const ended = await endYoungWays(ctx, tx, link.accountId, { at, settleDays, codes: 'all', now });
    await confirmEmail(tx, link.accountId, link.email, now);
    await deleteLinksOf(tx, link.accountId, 'confirm-email');
    await deleteSessionsOf(tx, link.accountId);
    await clearFailures(tx, tryKey(ctx, 'password', link.email));
    await tellOwner(ctx, tx, link.accountId, now, anyEnded(ended) ? { mail: (who) => waysEndedMail(who, settleDays) } : {});
    const opened = await openSession(ctx, tx, caller, { kind: 'citizen', accountId: link.accountId, trust: 'einfach', method: 'password' });
    await ctx.journal.append(tx, opened.actor, now, [
      { stream: `account:${link.accountId}`, kind: 'identity.password-changed', payload: { by: 'mail', ended } },
    ]);
    return ok(opened);
  });
}

/** Changes the password of a signed-in person who knows the old one; other sessions end. */
export async function changePassword(
  ctx: IdentityContext,
  caller: Caller,
  accountId: string,
  input: { readonly oldPassword: string; readonly newPassword: string },
): Promise<Result<OpenedSession, IdentityProblem>> {
  const { now } = caller;
  const login = await findPasswordLoginOf(ctx.database.read, accountId);
  const account = await findAccount(ctx.database.read, accountId);
  if (login === undefined || account === undefined) return refuse(wrongCredentials);
  const fault = passwordFault(input.newPassword, [login.email, account.givenName, account.familyName]);
  if (fault !== undefined) return refuse(invalidField('newPassword', fault));
  const checked = await checkPassword(ctx, now, { email: login.email, password: input.oldPassword });
  if (!checked.ok) {
    if (checked.problem.kind !== 'sign-in-needed') return checked;
    return refuse(invalidField('oldPassword', 'Das bisherige Passwort stimmt nicht. Geben Sie es noch einmal ein.'));
  }
  const hash = await hashPassword(input.newPassword);
  return ok(
    await ctx.database.write(async (tx) => {
      await updatePassword(tx, accountId, hash, now);
      await clearFailures(tx, checked.value.key);
      await deleteSessionsOf(tx, accountId);
      await tellOwner(ctx, tx, accountId, now);
      const opened = await openSession(ctx, tx, caller, { kind: 'citizen', accountId, trust: 'einfach', method: 'password' });
      await ctx.journal.append(tx, opened.actor, now, [{ stream: `account:${accountId}`, kind: 'identity.password-changed', payload: { by: 'owner' } }]);
      return opened;
    }),
  );
}
