import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { ACR_SUBSTANTIAL } from '../domain/trust.ts';
import { putOidcLogin, takeOidcLogin, type OidcLogin, type ProviderName } from '../store/oidc-logins.ts';
import type { Caller, IdentityContext } from './context.ts';
import { enterWithEid } from './enter-with-eid.ts';
import { enterAsStaff } from './enter-as-staff.ts';
import type { OpenedSession } from './open-session.ts';
import type { OpenIdProvider } from './openid.ts';

export const LOGIN_MINUTES = 15;

/** The two providers: the Online-Ausweis of citizens and the sign-in of the staff. */
export type Providers = Readonly<Record<ProviderName, OpenIdProvider>>;

const lost: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Diese Anmeldung gehört nicht zu diesem Browser, sie wurde schon benutzt oder hat zu lange gedauert. Beginnen Sie die Anmeldung noch einmal.',
};

/** Where to send the browser, and the secret for its cookie that ties the answer to it. */
export interface Departure {
  readonly url: string;
  readonly holder: string;
}

/**
 * Begins a sign-in at a provider.
 * @param input.raiseAccountId the signed-in citizen whose trust is to be raised
 */
export async function beginOpenId(
  ctx: IdentityContext,
  providers: Providers,
  now: Temporal.Instant,
  input: { readonly provider: ProviderName; readonly next: string; readonly raiseAccountId?: string },
): Promise<Result<Departure, IdentityProblem>> {
  const isEid = input.provider === 'eid';
  const begun = await providers[input.provider].begin({ reauthenticate: isEid, ...(isEid ? { acr: ACR_SUBSTANTIAL } : {}) });
  if (!begun.ok) return begun;
  const { url, ...checks } = begun.value;
  const holder = randomToken();
  const expiresAt = now.add({ minutes: LOGIN_MINUTES });
  const login: OidcLogin = { provider: input.provider, ...checks, nextPath: input.next, accountId: input.raiseAccountId ?? null, expiresAt };
  await ctx.database.write((tx) => putOidcLogin(tx, sha256Hex(holder), login));
  return ok({ url, holder });
}

/** A sign-in that came through, and where the person wanted to go. */
export interface Arrival {
  readonly session: OpenedSession;
  readonly next: string;
}

/** Takes the provider's answer, once, from the browser that began. */
export async function finishOpenId(
  ctx: IdentityContext,
  providers: Providers,
  caller: Caller,
  input: { readonly provider: ProviderName; readonly answer: URL; readonly holder: string | undefined; readonly presentAccountId?: string },
): Promise<Result<Arrival, IdentityProblem>> {
  if (input.holder === undefined) return refuse(lost);
  const holder = sha256Hex(input.holder);
  const login = await ctx.database.write((tx) => takeOidcLogin(tx, holder, input.provider));
  if (login === undefined || Temporal.Instant.compare(caller.now, login.expiresAt) >= 0) return refuse(lost);
  // Whoever left as one person and comes back beside another's session must not be joined to it.
  if (login.accountId !== null && login.accountId !== input.presentAccountId) return refuse(lost);
  const provider = providers[input.provider];
  const claims = await provider.finish(input.answer, login);
  if (!claims.ok) return claims;
  const session =
    input.provider === 'eid'
      ? await enterWithEid(ctx, caller, {
          issuer: provider.issuer,
          claims: claims.value,
          ...(login.accountId === null ? {} : { raiseAccountId: login.accountId }),
        })
      : await enterAsStaff(ctx, caller, { issuer: provider.issuer, claims: claims.value });
  return session.ok ? ok({ session: session.value, next: login.nextPath }) : session;
}
