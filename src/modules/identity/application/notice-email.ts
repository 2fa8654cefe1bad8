import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { noticeAddressMail } from '../domain/mails.ts';
import { linkUsedUp, type IdentityProblem } from '../domain/problems.ts';
import { EMAIL_FAULT, readEmail } from '../domain/profile-input.ts';
import { MAIL_RULE } from '../domain/throttle.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { findAccount, setConfirmedEmail } from '../store/accounts.ts';
import { replaceLink, takeLink } from '../store/links.ts';
import { findPasswordLoginOf } from '../store/logins.ts';
import type { IdentityContext } from './context.ts';
import { tellOwner } from './tell-owner.ts';
import { countOneTry, tryKey } from './tries.ts';

export const NOTICE_LINK_HOURS = 24;

const isLogin: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Mit Ihrer E-Mail-Adresse melden Sie sich auch an. Hier lässt sie sich nicht ändern.',
};

/** For accounts without e-mail, as an Online-Ausweis opens them: sends a link to the address wanted. */
export async function requestNoticeEmail(
  ctx: IdentityContext,
  accountId: string,
  typed: string,
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  const email = readEmail(typed);
  if (email === undefined) return refuse(invalidField('email', EMAIL_FAULT));
  const counted = await countOneTry(ctx, tryKey(ctx, 'mail', email), MAIL_RULE, now);
  if (!counted.ok) return counted;
  return ctx.database.transaction(async (tx) => {
    if ((await findPasswordLoginOf(tx, accountId)) !== undefined) return refuse(isLogin);
    const token = randomToken();
    const link = { tokenSha256: sha256Hex(token), purpose: 'notice-email', accountId, email } as const;
    await replaceLink(tx, { ...link, createdAt: now, expiresAt: now.add({ hours: NOTICE_LINK_HOURS }) });
    const url = `${ctx.settings.publicUrl}/konto/email/${token}`;
    await ctx.mailer.send(tx, `identity.notice-email.${link.tokenSha256.slice(0, 32)}`, noticeAddressMail(email, url, NOTICE_LINK_HOURS));
    return ok(null);
  });
}

/** Confirms the address; only the account that asked may, signed in. A stranger’s try leaves the link as it was. */
export async function confirmNoticeEmail(
  ctx: IdentityContext,
  accountId: string,
  token: string,
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const link = await takeLink(tx, sha256Hex(token), 'notice-email');
    if (link === undefined || link.accountId !== accountId || Temporal.Instant.compare(now, link.expiresAt) >= 0) return refuse(linkUsedUp);
    // a recovery goes by mail, so a changed address is a changed way in: the old one hears of it
    const before = await findAccount(tx, accountId);
    if (before?.email !== link.email) await tellOwner(ctx, tx, accountId, now);
    await setConfirmedEmail(tx, accountId, link.email, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.email-confirmed', payload: {} },
    ]);
    return ok(null);
  });
}
