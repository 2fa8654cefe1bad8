import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { actorRef } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Clock } from '../../kernel/time.ts';
import type { Database } from '../database/port.ts';
import type { Log } from '../log/log.ts';
import { DEVICE_PATH } from '../ui/view.ts';
import { redirectAnswer } from './answers.ts';
import { runApi } from './api-route.ts';
import { foreignOrigin } from './csrf.ts';
import { runData } from './data-route.ts';
import { errorFacts } from './error-facts.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { openApiRoutes } from './openapi-routes.ts';
import { runPage } from './page-route.ts';
import { pathLinker } from './linked-paths.ts';
import { INTERNAL, PAGE_NOT_FOUND } from './problem.ts';
import { clientKey, createRateLimiter, type RateLimiter } from './rate-limit.ts';
import { rememberedAnswers } from './remembered.ts';
import { problemHtml, problemJson, type PageView, type RenderPage, type RenderProblem, type RenderRefusal } from './refusals.ts';
import type { AnyRoute, Visit } from './route.ts';
import { isClosed, refusedAtDevice, type FindSharedDevice } from './shared-device.ts';
import { mayBeFramed, securityHeaders } from './security-headers.ts';
import {
  chosenLang,
  clientAddress,
  LANG_COOKIE,
  languageWishes,
  readVisit,
  type Authenticate,
  type AuthenticateDevice,
  type HttpContext,
  type HttpEnv,
} from './visit.ts';

export interface ServerOptions {
  readonly routes: readonly AnyRoute[];
  readonly publicUrl: string;
  readonly production: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly authenticate: Authenticate;
  /** Without it no device is known. */
  readonly authenticateDevice?: AuthenticateDevice;
  /** Without it no shared device is known. */
  readonly sharedDevice?: FindSharedDevice;
  readonly renderProblem: RenderProblem;
  readonly renderPage: RenderPage;
  /** For idempotency keys; without it they are not honoured. */
  readonly database?: Database;
  /** Factor on every rate limit, 0 for none. */
  readonly rateLimit: number;
  readonly trustedProxies?: number;
  readonly formActionOrigins?: readonly string[];
  readonly mapOrigins?: readonly string[];
  /** Answers static files; `undefined` for a path that is none. */
  readonly assets?: (request: Request) => Promise<Response | undefined> | Response | undefined;
  /** What `/ready` asks; without it the city is always ready. */
  readonly ready?: () => Promise<Readiness>;
  /** Aborts when the city stops: open streams end then. */
  readonly stopping?: AbortSignal;
}

/** The city as a function from request to answer. */
export interface CityServer {
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>;
  /** As `fetch`, by path: for tests. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  /** Every route it answers, those of health and of the API description included. */
  readonly routes: readonly AnyRoute[];
  /** Present with a database; its `sweep` is run by the hour. */
  readonly idempotency?: IdempotencyKeys;
}

/** What this file works with: refusals get their links on the way to the page. */
type Wired = Omit<ServerOptions, 'renderProblem'> & { readonly renderProblem: RenderRefusal };

/** Wires the routes into one server. The order of each request stands in `answer`. */
export function createServer(given: ServerOptions): CityServer {
  const own = [...given.routes, ...healthRoutes(given.ready)];
  const routes = [...own, ...openApiRoutes(own, given.publicUrl, given.renderPage)];
  const linked = pathLinker(routes);
  const options: Wired = { ...given, renderProblem: (view, shown) => given.renderProblem(view, { ...shown, detail: linked(shown.problem.detail) }) };
  const idempotency = options.database === undefined ? undefined : new IdempotencyKeys(options.database, options.clock);
  const limiter = createRateLimiter(options.rateLimit, () => options.clock().epochMilliseconds);
  const app = new Hono<HttpEnv>({ strict: true });
  app.use(frame(options));
  app.use(trimTrailingSlash());
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path, (c) => answer(c, route, options, limiter, idempotency));
  }
  app.notFound(async (c) => (await asset(c, options)) ?? notFound(c, options));
  app.onError((error, c) => {
    reportFailure(c, error, options);
    return refuseEarly(c, INTERNAL, options);
  });
  const remembered = rememberedAnswers(routes, options, limiter);
  const fetch: CityServer['fetch'] = (request, env) => {
    const usual = (): Response | Promise<Response> => app.fetch(request, env);
    // what goes wrong here goes wrong there again, and is reported there
    return remembered(request, env)?.then((found) => found ?? usual(), usual) ?? usual();
  };
  return {
    fetch,
    request: async (path, init) => fetch(new Request(/^https?:/.test(path) ? path : `http://localhost${path}`, init)),
    routes,
    ...(idempotency === undefined ? {} : { idempotency }),
  };
}

/** Around every request: its number, the security headers, one line in the log. */
function frame(options: Wired) {
  const headers = securityHeaders(options);
  const secure = options.publicUrl.startsWith('https:');
  return async (c: HttpContext, next: () => Promise<void>): Promise<void> => {
    const requestId = newId(options.clock().epochMilliseconds);
    c.set('requestId', requestId);
    c.set('secureCookies', secure);
    const started = performance.now();
    await next();
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    if (mayBeFramed(c.res.headers)) c.res.headers.delete('x-frame-options');
    c.res.headers.set('x-request-id', requestId);
    const ms = Math.round((performance.now() - started) * 10) / 10;
    // The route's pattern, never the path: paths hold file numbers and ids.
    options.log.info('http.request', { method: c.req.method, route: routeOf(c), status: c.res.status, ms, requestId });
  };
}

/** The steps of a request: limits, origin, session, then access, input and handler in page or API. */
async function answer(c: HttpContext, route: AnyRoute, options: Wired, limiter: RateLimiter, idempotency: IdempotencyKeys | undefined): Promise<Response> {
  const client = clientKey(clientAddress(c, options.trustedProxies ?? 0));
  const early = limiter.check('client', client) ?? (route.limit === undefined ? undefined : limiter.check(route.limit, client));
  if (early !== undefined) return refuseEarly(c, early.problem, options, { 'retry-after': String(early.retryAfterSeconds) });
  const foreign = foreignOrigin(c.req.method, c.req.raw.headers, options.publicUrl);
  if (foreign !== undefined) return refuseEarly(c, foreign, options);
  const visit = await readVisit(c, options);
  const late = accountLimit(c, visit, client, limiter);
  if (late !== undefined) return refuseEarly(c, late.problem, options, { 'retry-after': String(late.retryAfterSeconds) });
  const notHere = refusedAtDevice(route, visit);
  if (notHere !== undefined) {
    if (route.kind !== 'page') return problemJson(c, notHere, options.publicUrl);
    return isClosed(visit) ? redirectAnswer(c, DEVICE_PATH) : problemHtml(c, notHere, visit, options.renderProblem);
  }
  if (route.kind === 'page') {
    return runPage(c, route, visit, { renderProblem: options.renderProblem, stopping: options.stopping ?? new AbortController().signal });
  }
  if (route.kind === 'data') return runData(c, route, visit, options);
  const onFailure = (error: unknown): void => reportFailure(c, error, options);
  return runApi(c, route, visit, { publicUrl: options.publicUrl, onFailure, ...(idempotency === undefined ? {} : { idempotency }) });
}

function accountLimit(c: HttpContext, visit: Visit, client: string, limiter: RateLimiter): ReturnType<RateLimiter['check']> {
  const account = visit.actor.kind === 'anonymous' ? undefined : actorRef(visit.actor);
  const refused = account === undefined ? undefined : limiter.check('account', account);
  if (refused !== undefined) return refused;
  const upload = c.req.header('content-type')?.startsWith('multipart/') ?? false;
  return upload ? limiter.check('upload', account ?? client) : undefined;
}

async function asset(c: HttpContext, options: Wired): Promise<Response | undefined> {
  if (options.assets === undefined || !/^(GET|HEAD)$/.test(c.req.method)) return undefined;
  return options.assets(c.req.raw);
}

/** A refusal before anybody is known: JSON below `/api`, else a page in the frame of a guest. */
function refuseEarly(c: HttpContext, problem: Problem, options: Wired, headers: Record<string, string> = {}): Promise<Response> {
  if (wantsJson(c)) return problemJson(c, problem, options.publicUrl, headers);
  const url = new URL(c.req.url);
  const cookies = getCookie(c);
  const view: PageView = {
    actor: { kind: 'anonymous' },
    lang: chosenLang(languageWishes(url.searchParams.get('lang'), cookies[LANG_COOKIE], c.req.header('accept-language'))),
    url: url.pathname + url.search,
    origin: options.publicUrl,
    now: options.clock(),
    cookies,
  };
  return problemHtml(c, problem, view, options.renderProblem, { headers });
}

/** Who is signed in keeps their menu on the page that says so. */
async function notFound(c: HttpContext, options: Wired): Promise<Response> {
  if (wantsJson(c)) return problemJson(c, PAGE_NOT_FOUND, options.publicUrl);
  return problemHtml(c, PAGE_NOT_FOUND, await readVisit(c, options), options.renderProblem);
}

/** Protocols answer people, too: a browser that asks for a page below `/ogc` reads its refusals as one. */
const asksForPage = (c: HttpContext): boolean => !c.req.path.startsWith('/api') && (c.req.header('accept') ?? '').includes('text/html');

function wantsJson(c: HttpContext): boolean {
  if (/^\/(api|sta|ogc)(\/|$)/.test(c.req.path) && c.req.path !== '/api' && !asksForPage(c)) return true;
  const accept = c.req.header('accept') ?? '';
  return accept.includes('json') && !accept.includes('text/html');
}

/** The pattern of the route that answered, e.g. `/antrag/:id`. */
function routeOf(c: HttpContext): string {
  const own = c.req.matchedRoutes.findLast((route) => route.method !== 'ALL');
  return own?.path ?? '(keine)';
}

function reportFailure(c: HttpContext, error: unknown, options: Wired): void {
  const facts = errorFacts(error, !options.production);
  options.log.error('http.failed', { requestId: c.get('requestId'), method: c.req.method, route: routeOf(c), ...facts });
}
