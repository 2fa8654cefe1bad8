import { newId } from '../../kernel/id.ts';
import type { Clock } from '../../kernel/time.ts';
import type { Log } from '../log/log.ts';
import { OPEN_TO_ALL } from './data-route.ts';
import { clientKey, type RateLimiter } from './rate-limit.ts';
import type { AnyRoute, DataAnswer, DataRoute } from './route.ts';
import { securityHeaders, type SecurityOptions } from './security-headers.ts';
import { SESSION_COOKIE } from './session-cookie.ts';
import { addressOf, type HttpEnv } from './visit.ts';

export interface RememberedOptions extends SecurityOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly trustedProxies?: number;
}

interface Place {
  readonly route: DataRoute;
  readonly remembered: NonNullable<DataRoute['remembered']>;
  readonly pattern: RegExp;
}

/**
 * Answers that a route has at hand, given before the request is taken apart: for reads of guests alone.
 * Security headers, the limit of the client, the request's number and its line in the log are those of every
 * answer. @returns `undefined`, at once or later: the request goes the usual way, which also says refusals
 */
export function rememberedAnswers(routes: readonly AnyRoute[], options: RememberedOptions, limiter: RateLimiter) {
  const places = routes.flatMap((route): Place[] =>
    route.kind === 'data' && route.remembered !== undefined ? [{ route, remembered: route.remembered, pattern: patternOf(route) }] : [],
  );
  const secure = Object.fromEntries(securityHeaders(options));
  const finished = new WeakMap<object, Record<string, string>>();
  /** The same answer has the same headers, put together once. */
  const headersOf = ({ headers }: DataAnswer): Record<string, string> => {
    const known = finished.get(headers);
    if (known !== undefined) return known;
    const all = { ...secure, ...OPEN_TO_ALL, ...headers };
    finished.set(headers, all);
    return all;
  };
  return (request: Request, env: Partial<HttpEnv['Bindings']> = {}): Promise<Response | undefined> | undefined => {
    if (request.method !== 'GET' || places.length === 0) return undefined;
    const path = request.url.slice(request.url.indexOf('/', 'https://'.length));
    for (const { route, remembered, pattern } of places) {
      const found = pattern.exec(path);
      if (found === null) continue;
      if (!isGuest(request.headers)) return undefined;
      const started = performance.now();
      return remembered(found.slice(1), (name) => request.headers.get(name) ?? undefined)?.then((answer) => {
        if (answer === undefined) return undefined;
        const address = addressOf(env.incoming?.socket.remoteAddress, request.headers.get('x-forwarded-for') ?? '', options.trustedProxies ?? 0);
        if (limiter.check('client', clientKey(address)) !== undefined) return undefined;
        const requestId = newId(options.clock().epochMilliseconds);
        const ms = Math.round((performance.now() - started) * 10) / 10;
        options.log.info('http.request', { method: 'GET', route: route.path, status: answer.status, ms, requestId });
        const body = (answer.body ?? null) as Uint8Array<ArrayBuffer> | null;
        return new Response(body, { status: answer.status, headers: { ...headersOf(answer), 'x-request-id': requestId } });
      });
    }
    return undefined;
  };
}

/** Paths with a query, or written in an unusual way, go the usual way. */
function patternOf({ path, access }: DataRoute): RegExp {
  if (access !== 'public') throw new Error(`${path}: only what everybody may read is remembered`);
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '([\\w~.-]+)')}$`);
}

const isGuest = (headers: Headers): boolean => !headers.has('authorization') && !(headers.get('cookie') ?? '').includes(SESSION_COOKIE);
