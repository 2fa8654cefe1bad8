import * as openid from 'openid-client';
import { codeOf } from '../../../kernel/error-code.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { IdentityProblem } from '../domain/problems.ts';

/** How to reach one OpenID provider. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Exactly as registered with the provider. */
  readonly redirectUri: string;
}

/** What must be remembered between leaving for the provider and coming back. */
export interface LoginChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** An OpenID Connect provider, seen by us as its client (authorization code, PKCE, state, nonce). */
export interface OpenIdProvider {
  readonly issuer: string;
  /** @param ask `acr`: level wanted; `reauthenticate`: do not reuse the provider's own session */
  begin(ask: { readonly acr?: string; readonly reauthenticate: boolean }): Promise<Result<LoginChecks & { readonly url: string }, IdentityProblem>>;
  /** Checks the provider's answer and the ID token; gives its claims joined with those of userinfo. */
  finish(answer: URL, checks: LoginChecks): Promise<Result<Readonly<Record<string, unknown>>, IdentityProblem>>;
  /** Where to end the provider's own session, or `undefined` when it offers no such page. */
  endSessionUrl(backTo: string): Promise<string | undefined>;
}

const unavailable: IdentityProblem = {
  kind: 'unavailable',
  detail: 'Der Anmeldedienst antwortet gerade nicht. Versuchen Sie es in ein paar Minuten noch einmal. Ihre Angaben sind noch da.',
};
const notConfirmed: IdentityProblem = {
  kind: 'sign-in-needed',
  detail: 'Der Anmeldedienst hat die Anmeldung nicht bestätigt. Beginnen Sie die Anmeldung noch einmal.',
};
const cancelled: IdentityProblem = {
  kind: 'sign-in-needed',
  detail: 'Sie haben die Anmeldung abgebrochen. Sie können sie jederzeit neu beginnen.',
};

/** A provider reached over the network. Its description is read at the first use and kept. */
export function openIdProvider(settings: OpenIdSettings, report: (reason: string) => void = () => {}): OpenIdProvider {
  let found: Promise<openid.Configuration> | undefined;
  const discover = async (): Promise<openid.Configuration | undefined> => {
    found ??= discovery(settings);
    try {
      return await found;
    } catch (error) {
      found = undefined; // the next visitor asks again
      report(reasonOf(error));
      return undefined;
    }
  };
  return {
    issuer: settings.issuer,
    async begin(ask) {
      const config = await discover();
      return config === undefined ? refuse(unavailable) : ok(await authorizationUrl(config, settings, ask));
    },
    async finish(answer, checks) {
      if (answer.searchParams.get('error') === 'access_denied' && answer.searchParams.get('state') === checks.state) return refuse(cancelled);
      const config = await discover();
      return config === undefined ? refuse(unavailable) : redeem(config, settings, answer, checks, report);
    },
    async endSessionUrl(backTo) {
      const config = await discover();
      if (config?.serverMetadata().end_session_endpoint === undefined) return undefined;
      return openid.buildEndSessionUrl(config, { post_logout_redirect_uri: backTo }).href;
    },
  };
}

async function discovery(settings: OpenIdSettings): Promise<openid.Configuration> {
  const issuer = new URL(settings.issuer);
  // Plain http only on this very machine (the demo); anything else must be https.
  const local = issuer.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
  return openid.discovery(
    issuer,
    settings.clientId,
    { redirect_uris: [settings.redirectUri], response_types: ['code'] },
    openid.ClientSecretBasic(settings.clientSecret),
    { execute: local ? [openid.allowInsecureRequests] : [], timeout: 10 },
  );
}

async function authorizationUrl(
  config: openid.Configuration,
  settings: OpenIdSettings,
  ask: { readonly acr?: string; readonly reauthenticate: boolean },
): Promise<LoginChecks & { url: string }> {
  const checks = { state: openid.randomState(), nonce: openid.randomNonce(), codeVerifier: openid.randomPKCECodeVerifier() };
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: settings.redirectUri,
    scope: 'openid profile email address',
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(checks.codeVerifier),
    code_challenge_method: 'S256',
    ...(ask.acr === undefined ? {} : { acr_values: ask.acr }),
    ...(ask.reauthenticate ? { prompt: 'login' } : {}),
  });
  return { ...checks, url: url.href };
}

async function redeem(
  config: openid.Configuration,
  settings: OpenIdSettings,
  answer: URL,
  checks: LoginChecks,
  report: (reason: string) => void,
): Promise<Result<Readonly<Record<string, unknown>>, IdentityProblem>> {
  // Only the query is the provider's: host and path are ours, so the redirect URI is always the registered one.
  const current = new URL(settings.redirectUri);
  current.search = answer.search;
  try {
    const tokens = await openid.authorizationCodeGrant(config, current, {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.codeVerifier,
      idTokenExpected: true,
    });
    const idToken = tokens.claims()!;
    const hasUserInfo = config.serverMetadata().userinfo_endpoint !== undefined;
    const more = hasUserInfo ? await openid.fetchUserInfo(config, tokens.access_token, idToken.sub) : {};
    return ok({ ...more, ...idToken });
  } catch (error) {
    report(reasonOf(error));
    return refuse(isUnreachable(error) ? unavailable : notConfirmed);
  }
}

/** `fetch` says TypeError, or a timeout, when nobody answers. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name)) || codeOf(error) === 'OAUTH_TIMEOUT';
}

/** For the log: the library's code. Its message could quote claims. */
const reasonOf = (error: unknown): string => codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
