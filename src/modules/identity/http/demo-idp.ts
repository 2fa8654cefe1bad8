import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import type { Ctx, Interaction, interactionPolicy, Provider } from 'oidc-provider';
import { DEMO_CITIZENS, DEMO_IDP_PATH, DEMO_OFFICERS, type DemoPerson } from '../domain/demo-people.ts';
import { ACR_VALUES, trustOfAcr } from '../domain/trust.ts';
import { choosePersonPage, demoErrorPage, demoPageHeaders, signedOutPage, signOutPage } from './demo-idp-pages.ts';
import { DemoStore } from './demo-idp-store.ts';

/** The two clients of the demo provider, as `src/config.ts` describes real ones. */
export interface DemoClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How Kontor reaches the demo provider. The client secrets follow from the city's own secret. */
export function demoOidcClients(publicUrl: string, secret: string): { readonly eid: DemoClient; readonly staff: DemoClient } {
  const client = (clientId: string): DemoClient => ({
    issuer: publicUrl + DEMO_IDP_PATH,
    clientId,
    clientSecret: createHmac('sha256', secret).update(`demo-idp:${clientId}`).digest('hex'),
  });
  return { eid: client('kontor-eid'), staff: client('kontor-staff') };
}

export interface DemoIdentityProviderOptions {
  readonly env: 'demo' | 'production';
  readonly publicUrl: string;
  readonly secret: string;
  readonly redirectUris: { readonly eid: string; readonly staff: string; /** Practice runs with the card end here. */ readonly practice?: string };
  /** Told of the provider's own bugs, by name. */
  readonly onError?: (name: string) => void;
}

/** The bundled provider as a handler of Node's http server, for every path below `prefix`. */
export interface DemoIdentityProvider {
  readonly prefix: typeof DEMO_IDP_PATH;
  readonly handle: (req: IncomingMessage, res: ServerResponse) => void;
}

/**
 * An OpenID provider with invented people, for trying out and for tests. Anybody can be anybody here,
 * so it must never stand beside a real city.
 * @throws in production
 */
export async function demoIdentityProvider(options: DemoIdentityProviderOptions): Promise<DemoIdentityProvider> {
  if (options.env === 'production') throw new Error('the demo identity provider must not run in production');
  const library = await importQuietly();
  const store = new DemoStore();
  const provider = new library.Provider(options.publicUrl + DEMO_IDP_PATH, await configuration(options, store, library.interactionPolicy));
  provider.proxy = options.publicUrl.startsWith('https:');
  provider.on('server_error', (_ctx, error) => options.onError?.(error.name));
  provider.use(async (ctx, next) => {
    await next();
    // Without a session of its own the library answers with a page of script; ours asks with a button.
    const form =
      typeof ctx.body === 'string' && !ctx.body.includes('DEMO:')
        ? /<form method="post" action="([^"]+)">\s*((?:<input type="hidden"[^>]*>\s*)+)/.exec(ctx.body)
        : null;
    if (form !== null) await answer(ctx, options, signOutPage(`<form id="op.logoutForm" method="post" action="${form[1]!}">${form[2]!}</form>`));
  });
  const protocol = provider.callback();
  const fail = (res: ServerResponse) => (error: unknown) => {
    options.onError?.(error instanceof Error ? error.name : 'unknown');
    if (!res.headersSent) void sendPage(res, options, 400, demoErrorPage(error instanceof Error ? error.name : 'unknown', `${options.publicUrl}/anmelden`));
  };
  return {
    prefix: DEMO_IDP_PATH,
    handle(req, res) {
      const url = req.url ?? '/';
      if (url.startsWith(`${DEMO_IDP_PATH}/interaction/`)) {
        void interact(provider, options, store, req, res).catch(fail(res));
        return;
      }
      // The provider routes by paths of its own and finds its mount point in `originalUrl`.
      Object.assign(req, { originalUrl: url, url: url.slice(DEMO_IDP_PATH.length) || '/' });
      void protocol(req, res).catch(fail(res));
    },
  };
}

/** The library warns of every Node that is not yet LTS, ours included; we run its flows in our tests. */
async function importQuietly(): Promise<typeof import('oidc-provider')> {
  const warn = console.warn;
  console.warn = () => {};
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

const CLAIMS = {
  openid: ['sub'],
  profile: ['name', 'given_name', 'family_name', 'birthdate', 'roles', 'authorities'],
  email: ['email', 'email_verified'],
  address: ['address'],
} as const;

async function configuration(options: DemoIdentityProviderOptions, store: DemoStore, library: typeof interactionPolicy): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const clients = demoOidcClients(options.publicUrl, options.secret);
  const lifetimes = { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 900, Session: 3600, Grant: 3600 };
  const cookie = { path: DEMO_IDP_PATH, httpOnly: true, sameSite: 'lax', signed: true };
  return {
    adapter: store.adapter,
    clients: [
      registration(clients.eid, [options.redirectUris.eid, ...(options.redirectUris.practice === undefined ? [] : [options.redirectUris.practice])], options),
      registration(clients.staff, [options.redirectUris.staff], options),
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') }] },
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      names: { session: 'demo_idp', interaction: 'demo_idp_ask', resume: 'demo_idp_resume' },
      long: cookie,
      short: cookie,
    },
    claims: CLAIMS,
    scopes: ['openid', 'profile', 'email', 'address'],
    acrValues: ACR_VALUES,
    pkce: { required: () => true },
    responseTypes: ['code'],
    ttl: lifetimes,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx: Ctx, form: string) => answer(ctx, options, signOutPage(form)),
        postLogoutSuccessSource: (ctx: Ctx) => answer(ctx, options, signedOutPage(options.publicUrl)),
      },
    },
    interactions: {
      policy: separateDesks(library, clients.eid.clientId),
      url: (_ctx: Ctx, interaction: { uid: string }) => `${DEMO_IDP_PATH}/interaction/${interaction.uid}`,
    },
    clientBasedCORS: () => false,
    findAccount: (_ctx: Ctx, subject: string) => account(subject),
    loadExistingGrant: grantEverything,
    renderError: (ctx: Ctx, out: { error: string }) => answer(ctx, options, demoErrorPage(out.error, `${options.publicUrl}/anmelden`)),
  };
}

/** A city has two providers; here they share one session. Whoever is known to one desk is still asked at the other. */
function separateDesks(library: typeof interactionPolicy, eidClientId: string): unknown {
  const policy = library.base();
  const check = new library.Check('other_desk', 'the session belongs to the other kind of person', (ctx) => {
    const { client, session } = ctx.oidc;
    const people: readonly DemoPerson[] = client.clientId === eidClientId ? DEMO_CITIZENS : DEMO_OFFICERS;
    return session.accountId !== undefined && !people.some((one) => one.subject === session.accountId);
  });
  policy.get('login').checks.add(check);
  return policy;
}

function registration(client: DemoClient, redirectUris: readonly string[], { publicUrl }: DemoIdentityProviderOptions): Record<string, unknown> {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: redirectUris,
    post_logout_redirect_uris: [`${publicUrl}/abgemeldet`],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

/** The city is the provider's own client: nobody is asked whether it may know their name. */
async function grantEverything(ctx: Ctx): Promise<unknown> {
  const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId! });
  grant.addOIDCScope('openid profile email address');
  await grant.save(3600);
  return grant;
}

function account(subject: string): { accountId: string; claims: () => Record<string, unknown> } | undefined {
  const person = [...DEMO_CITIZENS, ...DEMO_OFFICERS].find((one) => one.subject === subject);
  return person && { accountId: subject, claims: () => claimsOf(person) };
}

function claimsOf(person: DemoPerson): Record<string, unknown> {
  if (person.kind === 'staff') {
    return { sub: person.subject, name: person.name, email: person.email, email_verified: true, roles: person.roles, authorities: person.authorities };
  }
  const { street, houseNumber, postcode, place } = person.address;
  return {
    sub: person.subject,
    name: `${person.givenName} ${person.familyName}`,
    given_name: person.givenName,
    family_name: person.familyName,
    birthdate: person.birthDate,
    // An identity card knows no e-mail address.
    address: { street_address: `${street} ${houseNumber}`, postal_code: postcode, locality: place, country: 'DE' },
  };
}

async function interact(provider: Provider, options: DemoIdentityProviderOptions, store: DemoStore, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const asked = await provider.interactionDetails(req, res);
  const { uid, params } = asked;
  const action = `${DEMO_IDP_PATH}/interaction/${uid}`;
  if ((req.url ?? '').split('?')[0] !== action) throw new Error('another interaction is under way');
  const isEid = params.client_id === demoOidcClients(options.publicUrl, options.secret).eid.clientId;
  const people: readonly DemoPerson[] = isEid ? DEMO_CITIZENS : DEMO_OFFICERS;
  if (req.method !== 'POST') return sendPage(res, options, 200, choosePersonPage(action, people, isEid ? 'eid' : 'staff'));
  const fields = await readFields(req);
  if (fields.has('cancel')) {
    return provider.interactionFinished(req, res, { error: 'access_denied', error_description: 'the person cancelled' }, { mergeWithLastSubmission: false });
  }
  const person = people.find((one) => one.subject === fields.get('person'));
  if (person === undefined) return sendPage(res, options, 422, choosePersonPage(action, people, isEid ? 'eid' : 'staff'));
  await leaveOtherSession(asked, person, store);
  const acr = person.kind === 'citizen' ? { acr: ACR_VALUES.find((value) => trustOfAcr(value) === person.eid)! } : {};
  return provider.interactionFinished(
    req,
    res,
    { login: { accountId: person.subject, remember: !isEid, amr: ['demo'], ...acr } },
    { mergeWithLastSubmission: false },
  );
}

/** Another person takes the seat: without this the library shows a page of its own to end the old session. */
async function leaveOtherSession(asked: Interaction, person: DemoPerson, store: DemoStore): Promise<void> {
  const { session } = asked;
  if (session?.uid === undefined || session.accountId === undefined || session.accountId === person.subject) return;
  store.endSession(session.uid);
  delete session.uid;
  await asked.save(asked.exp - Math.floor(Date.now() / 1000));
}

const MAX_FORM_BYTES = 10_000;

async function readFields(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_FORM_BYTES) throw new Error('form too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

const formTargets = ({ redirectUris }: DemoIdentityProviderOptions): string[] => [
  ...new Set([redirectUris.eid, redirectUris.staff].map((uri) => new URL(uri).origin)),
];

async function sendPage(res: ServerResponse, options: DemoIdentityProviderOptions, status: number, body: ReturnType<typeof demoErrorPage>): Promise<void> {
  res.writeHead(status, demoPageHeaders(formTargets(options)));
  res.end((await body).toString());
}

async function answer(ctx: Ctx, options: DemoIdentityProviderOptions, body: ReturnType<typeof demoErrorPage>): Promise<void> {
  for (const [name, value] of Object.entries(demoPageHeaders(formTargets(options)))) ctx.set(name, value);
  ctx.body = (await body).toString();
}
