import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { noticeAddressMail } from '../domain/mails.ts';
import { linkUsedUp, type IdentityProblem } from '../domain/problems.ts';
import { EMAIL_FAULT, readEmail } from '../domain/profile-input.ts';
import { MAIL_RULE } from '../domain/throttle.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { findAccount, lockAccount, setConfirmedEmail } from '../store/accounts.ts';
import { replaceLink, takeLink } from '../store/links.ts';
import { findPasswordLoginOf } from '../store/logins.ts';
import { addressee, type Caller, type IdentityContext } from './context.ts';
import { cancelled, endRecoveryBy } from './end-recovery.ts';
import { begunBy, freshSession, settleDaysAt, takesAway } from './fresh-session.ts';
import { tellOwner } from './tell-owner.ts';
import { countOneTry, tryKey } from './tries.ts';

export const NOTICE_LINK_HOURS = 24;

const isLogin: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Mit Ihrer E-Mail-Adresse melden Sie sich auch an. Hier lässt sie sich nicht ändern.',
};

const stronger = (days: number): IdentityProblem => ({
  kind: 'not-allowed',
  detail: `Ihre E-Mail-Adresse ist auch ein Weg in Ihr Konto. Melden Sie sich mit einem Passkey oder dem Online-Ausweis neu an, die es schon ${days} Tage gibt. Dann können Sie sie ändern.`,
});

/**
 * For accounts without a password: sends a link to the address wanted. A recovery goes by mail, so this is a change of a
 * way in: it needs a fresh session, and where an address is confirmed already, one begun by a settled passkey or card.
 */
export async function requestNoticeEmail(ctx: IdentityContext, accountId: string, typed: string, caller: Caller): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  const email = readEmail(typed);
  if (email === undefined) return refuse(invalidField('email', EMAIL_FAULT));
  if ((await findPasswordLoginOf(ctx.database.read, accountId)) !== undefined) return refuse(isLogin);
  const fresh = await freshSession(ctx, caller, accountId);
  if (!fresh.ok) return fresh;
  const account = await findAccount(ctx.database.read, accountId);
  if (account?.emailConfirmed === true && account.email !== email && !takesAway(fresh.value, now)) return refuse(stronger(settleDaysAt(now)));
  const counted = await countOneTry(ctx, tryKey(ctx, 'mail', email), MAIL_RULE, now);
  if (!counted.ok) return counted;
  return ctx.database.transaction(async (tx) => {
    if ((await findPasswordLoginOf(tx, accountId)) !== undefined) return refuse(isLogin);
    const token = randomToken();
    const link = { tokenSha256: sha256Hex(token), purpose: 'notice-email', accountId, email } as const;
    await replaceLink(tx, { ...link, createdAt: now, expiresAt: now.add({ hours: NOTICE_LINK_HOURS }) });
    const mail = noticeAddressMail(addressee(ctx, email, caller.lang ?? account?.lang), `/konto/email/${token}`, NOTICE_LINK_HOURS);
    await ctx.mailer.send(tx, `identity.notice-email.${link.tokenSha256.slice(0, 32)}`, mail);
    return ok(null);
  });
}

/** Confirms the address; only the account that asked may, signed in. A stranger’s try leaves the link as it was. */
export async function confirmNoticeEmail(ctx: IdentityContext, accountId: string, token: string, caller: Caller): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  const begun = await begunBy(ctx, caller, accountId);
  return ctx.database.transaction(async (tx) => {
    await lockAccount(tx, accountId);
    const link = await takeLink(tx, sha256Hex(token), 'notice-email');
    if (link === undefined || link.accountId !== accountId || Temporal.Instant.compare(now, link.expiresAt) >= 0) return refuse(linkUsedUp);
    // a password may have been set since the link was sent: then the address signs in, and stays
    if ((await findPasswordLoginOf(tx, accountId)) !== undefined) return refuse(isLogin);
    // a recovery goes by mail, so a changed address is a changed way in: the old one hears of it
    const before = await findAccount(tx, accountId);
    if (before?.email !== link.email) await tellOwner(ctx, tx, accountId, now);
    await setConfirmedEmail(tx, accountId, link.email, now);
    const ended = begun && (await endRecoveryBy(ctx, tx, accountId, begun, now));
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.email-confirmed', payload: cancelled(ended) },
    ]);
    return ok(null);
  });
}
