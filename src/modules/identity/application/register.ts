import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import type { Addressee } from '../../../kernel/mail.ts';
import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { alreadyRegisteredMail, confirmationMail } from '../domain/mails.ts';
import { passwordFault } from '../domain/password.ts';
import { linkUsedUp, passwordOfRegistration, type IdentityProblem } from '../domain/problems.ts';
import { checkProfile, EMAIL_FAULT, readEmail, type CheckedProfile } from '../domain/profile-input.ts';
import { MAIL_RULE } from '../domain/throttle.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { confirmEmail, findAccount, insertAccount, keepLang, updateAccount, type NewAccount } from '../store/accounts.ts';
import { peekLink, replaceLink, takeLink } from '../store/links.ts';
import { findPasswordLogin, insertPasswordLogin, updatePassword } from '../store/logins.ts';
import { clearFailures, lockFailures } from '../store/throttle.ts';
import { addressee, type Caller, type IdentityContext } from './context.ts';
import { evenly } from './evenly.ts';
import { addressSignsIn } from './known-address.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { hashPassword } from './password-hash.ts';
import { checkPassword } from './sign-in-password.ts';
import { countOneTry, tryKey } from './tries.ts';

export const CONFIRM_HOURS = 24;

/** What the registration page asks for. */
export interface Registration {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly password: string;
  /** In which the person reads, and is written to. */
  readonly lang: Lang;
}

/**
 * Registers a Servicekonto. The answer is the same whether the e-mail is new or has an account: only
 * the mail differs, and only its owner reads that.
 * @param next path to go to after the confirmation; checked by the caller
 */
export async function register(ctx: IdentityContext, now: Temporal.Instant, input: Registration, next: string): Promise<Result<null, IdentityProblem>> {
  const checked = checkRegistration(input, now);
  if (!checked.ok) return checked;
  const { email, profile } = checked.value;
  return evenly(async () => {
    const counted = await countOneTry(ctx, tryKey(ctx, 'mail', email), MAIL_RULE, now);
    if (!counted.ok) return counted;
    const hash = await hashPassword(input.password);
    await ctx.database.write((tx) => keepRegistration(ctx, tx, { email, profile, hash, next, lang: input.lang }, now));
    return ok(null);
  });
}

function checkRegistration(input: Registration, now: Temporal.Instant): Result<{ email: string; profile: CheckedProfile }, IdentityProblem> {
  const empty = { birthDate: '', street: '', houseNumber: '', postcode: '', place: '' };
  const { profile, faults } = checkProfile({ ...empty, givenName: input.givenName, familyName: input.familyName }, legalDay(now));
  const email = readEmail(input.email);
  const all: FieldProblem[] = [...faults];
  if (email === undefined) all.push({ field: 'email', message: EMAIL_FAULT });
  const fault = passwordFault(input.password, [input.email, input.givenName, input.familyName]);
  if (fault !== undefined) all.push({ field: 'password', message: fault });
  return all.length > 0 || email === undefined || profile === undefined ? refuse(invalidFields(all)) : ok({ email, profile });
}

async function keepRegistration(
  ctx: IdentityContext,
  tx: Tx,
  { email, profile, hash, next, lang }: { email: string; profile: CheckedProfile; hash: string; next: string; lang: Lang },
  now: Temporal.Instant,
): Promise<void> {
  await lockFailures(tx, tryKey(ctx, 'mail', email)); // one registration of an e-mail at a time
  const login = await findPasswordLogin(tx, email);
  const existing = login && (await findAccount(tx, login.accountId));
  if (await addressSignsIn(tx, email)) {
    await ctx.mailer.send(tx, `identity.already.${newId(now.epochMilliseconds)}`, alreadyRegisteredMail(addressee(ctx, email, lang)));
    return;
  }
  // Nobody has proven to own this address yet: the newest registration counts.
  const account: NewAccount = {
    accountId: existing?.accountId ?? newId(now.epochMilliseconds),
    ...profile,
    email,
    lang,
    sources: { givenName: 'konto', familyName: 'konto', email: 'konto' },
  };
  if (existing === undefined) {
    await insertAccount(tx, account, null, now);
    await insertPasswordLogin(tx, account.accountId, email, hash, now);
  } else {
    await updateAccount(tx, account, now);
    await keepLang(tx, account.accountId, lang);
    await updatePassword(tx, account.accountId, hash, now);
  }
  await sendConfirmation(ctx, tx, account.accountId, addressee(ctx, email, lang), next, now);
  const kind = existing === undefined ? 'identity.account-registered' : 'identity.account-registered-again';
  await ctx.journal.append(tx, { kind: 'anonymous' }, now, [{ stream: `account:${account.accountId}`, kind, payload: {} }]);
}

async function sendConfirmation(ctx: IdentityContext, tx: Tx, accountId: string, who: Addressee, next: string, now: Temporal.Instant): Promise<void> {
  const token = randomToken();
  const expiresAt = now.add({ hours: CONFIRM_HOURS });
  await replaceLink(tx, { tokenSha256: sha256Hex(token), purpose: 'confirm-email', accountId, email: who.to, createdAt: now, expiresAt });
  const path = `/registrieren/bestaetigen/${token}?weiter=${encodeURIComponent(next)}`;
  await ctx.mailer.send(tx, `identity.confirm.${sha256Hex(token).slice(0, 32)}`, confirmationMail(who, path, CONFIRM_HOURS));
}

/** Whether a confirmation link still works. */
export async function confirmationIsOpen(ctx: IdentityContext, token: string, now: Temporal.Instant): Promise<boolean> {
  const link = await peekLink(ctx.database.read, sha256Hex(token), 'confirm-email');
  return link !== undefined && Temporal.Instant.compare(now, link.expiresAt) < 0;
}

/**
 * Confirms the e-mail and signs in. It asks for the password too: whoever registers a stranger's
 * address cannot have the stranger confirm an account whose password they know.
 */
export async function confirmRegistration(
  ctx: IdentityContext,
  caller: Caller,
  input: { token: string; password: string },
): Promise<Result<OpenedSession, IdentityProblem>> {
  const { now } = caller;
  const tokenSha256 = sha256Hex(input.token);
  const link = await peekLink(ctx.database.read, tokenSha256, 'confirm-email');
  if (link === undefined || Temporal.Instant.compare(now, link.expiresAt) >= 0) return refuse(linkUsedUp);
  const checked = await checkPassword(ctx, now, { email: link.email, password: input.password });
  if (!checked.ok) return checked.problem.kind === 'sign-in-needed' ? refuse(passwordOfRegistration) : checked;
  return ctx.database.transaction(async (tx) => {
    const taken = await takeLink(tx, tokenSha256, 'confirm-email');
    if (taken === undefined || !(await confirmEmail(tx, taken.accountId, taken.email, now))) return refuse(linkUsedUp);
    await clearFailures(tx, checked.value.key);
    const holder = { kind: 'citizen', accountId: taken.accountId, trust: 'einfach', method: 'password', since: checked.value.since } as const;
    return ok(await openSession(ctx, tx, caller, holder, { confirmed: true }));
  });
}
