import type { HttpBindings } from '@hono/node-server';
import {
  authenticate,
  demoIdentityProvider,
  demoOidcClients,
  identityModule,
  oidcRedirectUris,
  seedDemoAccounts,
  sharedDeviceOf,
  type IdentityOptions,
} from '../../src/modules/identity/public.ts';
import { ALREADY_ANSWERED, listen } from '../../src/platform/http/listen.ts';
import type { AnyRoute } from '../../src/platform/http/route.ts';
import type { Notify } from '../../src/platform/notice/port.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { html } from '../../src/platform/ui/html.ts';
import { BrowserClient, formAction, type Landed } from './browser-client.ts';
import { temporaryCity, type TemporaryCity } from './temporary-city.ts';

export interface IdentityCity extends TemporaryCity {
  readonly ctx: TemporaryCity['ctx'] & { readonly secret: string };
  readonly url: string;
  readonly secret: string;
  readonly routes: readonly AnyRoute[];
  /** A new browser without cookies. */
  browser(): BrowserClient;
}

/** A city on a real port that can only sign people in, with the demo provider beside it. */
export async function identityCity({ notify, ...extra }: Partial<IdentityOptions> & { readonly notify?: Notify } = {}): Promise<IdentityCity> {
  const city = await temporaryCity();
  let answer: (request: Request, env: object) => Response | Promise<Response> = () => new Response('starting', { status: 503 });
  const listener = await listen((request, env) => answer(request, env), { host: '127.0.0.1', port: 0 });
  const publicUrl = `http://127.0.0.1:${listener.port}`;
  const secret = 'a secret of the tests, long enough for a key';
  const ctx = { ...city.ctx, settings: { ...city.ctx.settings, publicUrl }, secret, ...(notify === undefined ? {} : { notify }) };
  const identity = identityModule({
    ctx,
    secret,
    oidc: demoOidcClients(publicUrl, secret),
    reminderDays: () => [7, 1],
    frame: (visit, { title, body }) =>
      html`<!doctype html><html lang="de"><title>${title}</title><p class="who">${visit.userName ?? 'niemand'}</p>${body}</html>`,
    ...extra,
  });
  const server = createServer({
    routes: identity.routes,
    publicUrl,
    production: false,
    clock: city.clock.now,
    log: city.log,
    authenticate: authenticate(ctx),
    sharedDevice: sharedDeviceOf(ctx),
    renderProblem: (_, { title, problem }) => html`<!doctype html><html lang="de"><h1>${title}</h1><p>${problem.detail}</p></html>`,
    renderPage: (_, { title, body }) => html`<!doctype html><html lang="de"><h1>${title}</h1>${body}</html>`,
    database: city.database,
    rateLimit: 0,
  });
  const demo = await demoIdentityProvider({ env: 'demo', publicUrl, secret, redirectUris: oidcRedirectUris(publicUrl) });
  answer = (request, env) => {
    if (!new URL(request.url).pathname.startsWith(`${demo.prefix}/`)) return server.fetch(request, env);
    const { incoming, outgoing } = env as HttpBindings;
    demo.handle(incoming, outgoing);
    return ALREADY_ANSWERED;
  };
  await seedDemoAccounts(ctx, city.clock.now());
  return {
    ...city,
    ctx,
    url: publicUrl,
    secret,
    routes: identity.routes,
    browser: () => new BrowserClient(publicUrl),
    async close() {
      await listener.close(0);
      await city.close();
    },
  };
}

/**
 * Signs a demo person in through the whole OpenID flow with plain requests: follow the link, choose
 * the person on the provider's page, come back with a session.
 */
export async function signInAtProvider(browser: BrowserClient, way: 'eid' | 'beschaeftigte', subject: string, next = '/konto'): Promise<Landed> {
  const asked = await browser.get(`/anmelden/${way}?weiter=${encodeURIComponent(next)}`);
  return browser.post(formAction(asked, subject), { person: subject });
}
