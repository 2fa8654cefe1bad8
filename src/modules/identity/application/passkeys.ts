import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { countWays, isSettled } from '../domain/ways-in.ts';
import { findAccount, lockAccount } from '../store/accounts.ts';
import {
  deletePasskey,
  findPasskey,
  insertPasskey,
  listPasskeys,
  passkeySince,
  putChallenge,
  takeChallenge,
  usePasskey,
  type Passkey,
} from '../store/passkeys.ts';
import { readWays } from '../store/recovery.ts';
import type { Caller, IdentityContext } from './context.ts';
import { cancelled, endRecoveryBy } from './end-recovery.ts';
import { begunBy, freshSession, settleDaysAt, takesAway } from './fresh-session.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { tellOwner } from './tell-owner.ts';

export const CHALLENGE_MINUTES = 5;
const MAX_PASSKEYS = 20;
/** COSE: EdDSA, ES256, RS256. What every authenticator knows; Node's ML-DSA is still an experiment. */
const ALGORITHMS = [-8, -7, -257];

const notVerified: IdentityProblem = {
  kind: 'sign-in-needed',
  detail: 'Dieser Passkey passt nicht. Versuchen Sie es noch einmal, oder melden Sie sich mit Ihrem Passwort an.',
};
export const notKept: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Der Passkey konnte nicht gespeichert werden. Die Anfrage ist abgelaufen oder der Passkey ist schon da. Versuchen Sie es noch einmal.',
};

/** The host passkeys are bound to. */
const relyingParty = (ctx: Pick<IdentityContext, 'settings'>): string => new URL(ctx.settings.publicUrl).hostname;

/** What the browser needs to make a passkey that can sign in alone. */
export function creationOptions(
  ctx: Pick<IdentityContext, 'settings'>,
  owner: { readonly accountId: string; readonly givenName: string; readonly familyName: string; readonly email?: string },
  known: readonly Passkey[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const name = `${owner.givenName} ${owner.familyName}`;
  return generateRegistrationOptions({
    rpName: 'Kontor',
    rpID: relyingParty(ctx),
    userID: Buffer.from(owner.accountId, 'utf8'),
    userName: owner.email ?? name,
    userDisplayName: name,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

type Credential = NonNullable<Awaited<ReturnType<typeof verifyRegistrationResponse>>['registrationInfo']>['credential'];

/** The passkey that answers the challenge, or `undefined`. */
export async function verifiedPasskey(
  ctx: Pick<IdentityContext, 'settings'>,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<Credential | undefined> {
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: new URL(ctx.settings.publicUrl).origin,
    expectedRPID: relyingParty(ctx),
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => ({ verified: false as const })); // the library throws on whatever does not fit
  return verified.verified ? verified.registrationInfo.credential : undefined;
}

/** @returns its id, or `undefined` when this credential is known already */
export async function keepPasskey(tx: Tx, accountId: string, credential: Credential, typedLabel: string, now: Temporal.Instant): Promise<string | undefined> {
  const id = newId(now.epochMilliseconds);
  const label =
    typedLabel
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 80) || 'Passkey';
  const { publicKey, counter, transports = [] } = credential;
  const kept = await insertPasskey(tx, { id, accountId, credentialId: credential.id, publicKey, counter, transports, label, createdAt: now });
  return kept ? id : undefined;
}

/** What the browser needs to make a passkey for a person who has just signed in; without its challenge none is kept. */
export async function passkeyRegistrationOptions(
  ctx: IdentityContext,
  accountId: string,
  caller: Caller,
): Promise<Result<PublicKeyCredentialCreationOptionsJSON, IdentityProblem>> {
  const fresh = await freshSession(ctx, caller, accountId);
  if (!fresh.ok) return fresh;
  const account = await findAccount(ctx.database.read, accountId);
  if (account === undefined) return refuse(accountNotFound);
  const known = await listPasskeys(ctx.database.read, accountId);
  if (known.length >= MAX_PASSKEYS)
    return refuse({ kind: 'wrong-state', detail: `Mehr als ${MAX_PASSKEYS} Passkeys gehen nicht. Entfernen Sie zuerst einen alten.` });
  const options = await creationOptions(ctx, account, known);
  const expiresAt = caller.now.add({ minutes: CHALLENGE_MINUTES });
  const holder = sha256Hex(caller.sessionToken!);
  await ctx.database.write((tx) => putChallenge(tx, { holder, purpose: 'registration', challenge: options.challenge, accountId, expiresAt }));
  return ok(options);
}

/** Keeps a new passkey of the signed-in person. A recovery that waits ends, if the session was begun by a settled way. */
export async function registerPasskey(
  ctx: IdentityContext,
  accountId: string,
  caller: Caller,
  input: { readonly response: RegistrationResponseJSON; readonly label: string },
): Promise<Result<{ id: string }, IdentityProblem>> {
  const { now } = caller;
  const challenge = await ctx.database.write((tx) => takeChallenge(tx, sha256Hex(caller.sessionToken!), 'registration', now));
  if (challenge === undefined) return refuse(notKept);
  const credential = await verifiedPasskey(ctx, challenge, input.response);
  const begun = await begunBy(ctx, caller, accountId);
  if (credential === undefined || begun === undefined) return refuse(notKept);
  return ctx.database.transaction(async (tx) => {
    const id = await keepPasskey(tx, accountId, credential, input.label, now);
    if (id === undefined) return refuse(notKept);
    const ended = await endRecoveryBy(ctx, tx, accountId, begun, now);
    await tellOwner(ctx, tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.passkey-added', payload: { passkeyId: id, ...cancelled(ended) } },
    ]);
    return ok({ id });
  });
}

/** What the browser needs to sign in with any passkey of this city; `holder` goes into a cookie. */
export async function passkeyAssertionOptions(
  ctx: IdentityContext,
  now: Temporal.Instant,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; holder: string }> {
  const options = await generateAuthenticationOptions({ rpID: relyingParty(ctx), userVerification: 'required' });
  const holder = randomToken();
  const expiresAt = now.add({ minutes: CHALLENGE_MINUTES });
  await ctx.database.write((tx) => putChallenge(tx, { holder: sha256Hex(holder), purpose: 'assertion', challenge: options.challenge, expiresAt }));
  return { options, holder };
}

/** Signs in with a passkey, at trust level `einfach`. The challenge is used up by any answer. */
export async function signInWithPasskey(
  ctx: IdentityContext,
  caller: Caller,
  input: { readonly response: AuthenticationResponseJSON; readonly holder: string | undefined },
): Promise<Result<OpenedSession, IdentityProblem>> {
  const { now } = caller;
  if (input.holder === undefined) return refuse(notVerified);
  const holder = sha256Hex(input.holder);
  const challenge = await ctx.database.write((tx) => takeChallenge(tx, holder, 'assertion', now));
  const passkey = await findPasskey(ctx.database.read, input.response.id);
  if (challenge === undefined || passkey === undefined) return refuse(notVerified);
  const counter = await verifiedCounter(ctx, passkey, challenge, input.response);
  if (counter === undefined) return refuse(notVerified);
  return ctx.database.transaction(async (tx) => {
    if (!(await usePasskey(tx, passkey.credentialId, counter, now))) return refuse(notVerified);
    const { accountId, createdAt: since } = passkey;
    return ok(await openSession(ctx, tx, caller, { kind: 'citizen', accountId, trust: 'einfach', method: 'passkey', since }));
  });
}

async function verifiedCounter(ctx: IdentityContext, passkey: Passkey, challenge: string, response: AuthenticationResponseJSON): Promise<number | undefined> {
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: new URL(ctx.settings.publicUrl).origin,
    expectedRPID: relyingParty(ctx),
    credential: { id: passkey.credentialId, publicKey: Uint8Array.from(passkey.publicKey), counter: passkey.counter, transports: [...passkey.transports] },
    requireUserVerification: true,
  }).catch(() => undefined);
  return verified?.verified === true ? verified.authenticationInfo.newCounter : undefined;
}

/** A passkey as its owner sees it. */
export type OwnPasskey = Pick<Passkey, 'id' | 'label' | 'createdAt' | 'usedAt'>;

export async function ownPasskeys(ctx: IdentityContext, accountId: string): Promise<OwnPasskey[]> {
  const found = await listPasskeys(ctx.database.read, accountId);
  return found.map(({ id, label, createdAt, usedAt }) => ({ id, label, createdAt, usedAt }));
}

const noSuchKey: IdentityProblem = { kind: 'not-found', detail: 'Diesen Passkey gibt es nicht, oder er gehört nicht zu Ihrem Servicekonto.' };
const lastWay: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Das ist der letzte Weg in Ihr Konto. Legen Sie zuerst einen zweiten Passkey oder ein Passwort an, dann können Sie diesen entfernen.',
};

const settledKey = (days: number): IdentityProblem => ({
  kind: 'not-allowed',
  detail: `Diesen Passkey gibt es schon länger. Melden Sie sich mit einem Passkey oder dem Online-Ausweis neu an, dann können Sie ihn entfernen. Haben Sie keinen mehr? Legen Sie einen neuen Passkey an. Nach ${days} Tagen zählt er voll.`,
});

/**
 * Removes one of the person's own passkeys, shortly after a sign-in, but never the last way in. A settled one is removed
 * only by who came with a settled passkey or card: who has a password or a code must not shut its owner out.
 */
export async function removePasskey(ctx: IdentityContext, accountId: string, passkeyId: string, caller: Caller): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  const fresh = await freshSession(ctx, caller, accountId);
  if (!fresh.ok) return fresh;
  const { accountSince } = fresh.value;
  return ctx.database.transaction(async (tx) => {
    await lockAccount(tx, accountId); // two removals at once must not take the last two
    const since = await passkeySince(tx, accountId, passkeyId);
    if (since === undefined) return refuse(noSuchKey);
    if (isSettled({ since, accountSince }, now, settleDaysAt(now)) && !takesAway(fresh.value, now)) return refuse(settledKey(settleDaysAt(now)));
    await deletePasskey(tx, accountId, passkeyId);
    if (countWays(await readWays(tx, accountId)) === 0) return refuse(lastWay);
    await tellOwner(ctx, tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.passkey-removed', payload: { passkeyId } },
    ]);
    return ok(null);
  });
}
