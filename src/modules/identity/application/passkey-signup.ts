import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { alreadyRegisteredMail, signupMail } from '../domain/mails.ts';
import { passwordFault } from '../domain/password.ts';
import { linkUsedUp, type IdentityProblem } from '../domain/problems.ts';
import { checkProfile, EMAIL_FAULT, readEmail } from '../domain/profile-input.ts';
import { MAIL_RULE } from '../domain/throttle.ts';
import { deleteUnconfirmedOf, insertAccount } from '../store/accounts.ts';
import { findPasswordLogin, insertPasswordLogin } from '../store/logins.ts';
import { putChallenge, takeChallenge } from '../store/passkeys.ts';
import { peekSignup, replaceSignup, takeSignup, type Signup } from '../store/signups.ts';
import { lockFailures } from '../store/throttle.ts';
import { addressee, type Caller, type IdentityContext } from './context.ts';
import { evenly } from './evenly.ts';
import { addressSignsIn } from './known-address.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { CHALLENGE_MINUTES, creationOptions, keepPasskey, notKept, verifiedPasskey } from './passkeys.ts';
import { hashPassword } from './password-hash.ts';
import { CONFIRM_HOURS } from './register.ts';
import { countOneTry, tryKey } from './tries.ts';

/** What is asked before the mail: no password. */
export interface SignupInput {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  /** In which the person reads. */
  readonly lang: Lang;
}

/**
 * Begins a Servicekonto without a password. There is no account until the owner of the address has opened the mail and
 * made a passkey there: so nobody can prepare an account for a stranger. The answer never tells whether there is one.
 */
export async function beginSignup(ctx: IdentityContext, now: Temporal.Instant, input: SignupInput, next: string): Promise<Result<null, IdentityProblem>> {
  const checked = checkSignup(input, now);
  if (!checked.ok) return checked;
  const { email } = checked.value;
  return evenly(async () => {
    const counted = await countOneTry(ctx, tryKey(ctx, 'mail', email), MAIL_RULE, now);
    if (!counted.ok) return counted;
    await ctx.database.write((tx) => keepSignup(ctx, tx, checked.value, next, now));
    return ok(null);
  });
}

function checkSignup(input: SignupInput, now: Temporal.Instant): Result<SignupInput, IdentityProblem> {
  const empty = { birthDate: '', street: '', houseNumber: '', postcode: '', place: '' };
  const { profile, faults } = checkProfile({ ...empty, givenName: input.givenName, familyName: input.familyName }, legalDay(now));
  const email = readEmail(input.email);
  const all: FieldProblem[] = [...faults];
  if (email === undefined) all.push({ field: 'email', message: EMAIL_FAULT });
  return profile === undefined || email === undefined ? refuse(invalidFields(all)) : ok({ ...profile, email, lang: input.lang });
}

async function keepSignup(
  ctx: IdentityContext,
  tx: Tx,
  { givenName, familyName, email, lang }: SignupInput,
  next: string,
  now: Temporal.Instant,
): Promise<void> {
  await lockFailures(tx, tryKey(ctx, 'mail', email)); // one registration of an e-mail at a time
  if (await addressSignsIn(tx, email)) {
    await ctx.mailer.send(tx, `identity.already.${newId(now.epochMilliseconds)}`, alreadyRegisteredMail(addressee(ctx, email, lang)));
    return;
  }
  const token = randomToken();
  const signup: Signup = {
    accountId: newId(now.epochMilliseconds),
    givenName,
    familyName,
    email,
    nextPath: next,
    expiresAt: now.add({ hours: CONFIRM_HOURS }),
  };
  await replaceSignup(tx, sha256Hex(token), signup, now);
  const mail = signupMail(addressee(ctx, email, lang), `/registrieren/passkey/${token}`, CONFIRM_HOURS);
  await ctx.mailer.send(tx, `identity.signup.${sha256Hex(token).slice(0, 32)}`, mail);
}

/** What the link leads to, while it works. */
export async function openSignup(ctx: IdentityContext, token: string, now: Temporal.Instant): Promise<Signup | undefined> {
  const signup = await peekSignup(ctx.database.read, sha256Hex(token));
  return signup !== undefined && Temporal.Instant.compare(now, signup.expiresAt) < 0 ? signup : undefined;
}

/** What the browser needs to make the first passkey. */
export async function signupOptions(
  ctx: IdentityContext,
  token: string,
  now: Temporal.Instant,
): Promise<Result<PublicKeyCredentialCreationOptionsJSON, IdentityProblem>> {
  const signup = await openSignup(ctx, token, now);
  if (signup === undefined) return refuse(linkUsedUp);
  const options = await creationOptions(ctx, signup, []);
  const expiresAt = now.add({ minutes: CHALLENGE_MINUTES });
  await ctx.database.write((tx) => putChallenge(tx, { holder: sha256Hex(token), purpose: 'registration', challenge: options.challenge, expiresAt }));
  return ok(options);
}

/** The account that has just begun, and where its owner wanted to go. */
export interface SignedUp {
  readonly session: OpenedSession;
  readonly next: string;
}

/** Makes the account with its first passkey and signs in. The link proves the address. */
export async function finishSignup(
  ctx: IdentityContext,
  caller: Caller,
  input: { readonly token: string; readonly response: RegistrationResponseJSON; readonly label: string },
): Promise<Result<SignedUp, IdentityProblem>> {
  const { now } = caller;
  const challenge = await ctx.database.write((tx) => takeChallenge(tx, sha256Hex(input.token), 'registration', now));
  if (challenge === undefined) return refuse(notKept);
  const credential = await verifiedPasskey(ctx, challenge, input.response);
  if (credential === undefined) return refuse(notKept);
  return ctx.database.transaction(async (tx) => {
    const signup = await begunAccount(tx, input.token, now);
    if (signup === undefined) return refuse(linkUsedUp);
    const { accountId, nextPath } = signup;
    const kept = await keepPasskey(tx, accountId, credential, input.label, now);
    if (kept === undefined) return refuse(notKept);
    const session = await openSession(ctx, tx, caller, { kind: 'citizen', accountId, trust: 'einfach', method: 'passkey' }, { confirmed: true });
    await ctx.journal.append(tx, session.actor, now, [
      { stream: `account:${accountId}`, kind: 'identity.account-registered', payload: { with: 'passkey', passkeyId: kept } },
    ]);
    return ok({ session, next: nextPath });
  });
}

/** As `finishSignup`, with a password: for browsers without JavaScript or passkeys. */
export async function finishSignupWithPassword(
  ctx: IdentityContext,
  caller: Caller,
  input: { readonly token: string; readonly password: string },
): Promise<Result<SignedUp, IdentityProblem>> {
  const { now } = caller;
  const open = await openSignup(ctx, input.token, now);
  if (open === undefined) return refuse(linkUsedUp);
  const fault = passwordFault(input.password, [open.email, open.givenName, open.familyName]);
  if (fault !== undefined) return refuse(invalidField('password', fault));
  const hash = await hashPassword(input.password);
  return ctx.database.transaction(async (tx) => {
    const signup = await begunAccount(tx, input.token, now);
    if (signup === undefined) return refuse(linkUsedUp);
    const { accountId, email, nextPath } = signup;
    await insertPasswordLogin(tx, accountId, email, hash, now);
    const session = await openSession(ctx, tx, caller, { kind: 'citizen', accountId, trust: 'einfach', method: 'password' }, { confirmed: true });
    await ctx.journal.append(tx, session.actor, now, [{ stream: `account:${accountId}`, kind: 'identity.account-registered', payload: { with: 'password' } }]);
    return ok({ session, next: nextPath });
  });
}

/** Uses the link up and writes the account; none when the address has got an account meanwhile. */
async function begunAccount(tx: Tx, token: string, now: Temporal.Instant): Promise<Signup | undefined> {
  const signup = await takeSignup(tx, sha256Hex(token));
  if (signup === undefined || Temporal.Instant.compare(now, signup.expiresAt) >= 0) return undefined;
  // whoever registered this address and never confirmed it did not own it
  await deleteUnconfirmedOf(tx, signup.email);
  if ((await findPasswordLogin(tx, signup.email)) !== undefined) return undefined;
  const { accountId, givenName, familyName, email } = signup;
  await insertAccount(tx, { accountId, givenName, familyName, email, sources: { givenName: 'konto', familyName: 'konto', email: 'konto' } }, now, now);
  return signup;
}
