import type { Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import type { HttpBindings } from '@hono/node-server';
import type { Actor } from '../../kernel/actor.ts';
import { storableText } from '../../kernel/storable.ts';
import type { Clock } from '../../kernel/time.ts';
import { LANGS, type Lang } from '../ui/html.ts';
import { THEME_COOKIE, type ActingFor } from '../ui/view.ts';
import { deviceKindOf } from './device-kind.ts';
import { ReaderDesk } from './reader.ts';
import type { Visit } from './route.ts';
import { SESSION_COOKIE } from './session-cookie.ts';
import { DEVICE_COOKIE, inBrowser, isClosed, isUse, VISIT_COOKIE, type FindSharedDevice } from './shared-device.ts';

/** Hono's context with what this folder puts into it. */
export interface HttpEnv {
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string; secureCookies: boolean };
}
export type HttpContext = HonoContext<HttpEnv>;

/** Who a session token belongs to; made by the identity module. @param used whether the request keeps the session awake */
export type Authenticate = (sessionToken: string, now: Temporal.Instant, used: boolean) => Promise<SignedIn | undefined>;

/** Which device an access key belongs to; made by the identity module. */
export type AuthenticateDevice = (accessKey: string, now: Temporal.Instant) => Promise<SignedIn | undefined>;

export interface SignedIn {
  readonly actor: Actor;
  readonly userName?: string;
  readonly unread?: number;
  readonly acting?: ActingFor;
  /** The visit at a shared device in which the session was begun. */
  readonly sharedVisit?: string;
}

const READERS = new ReaderDesk();

/** The language a person chose. */
export const LANG_COOKIE = 'kontor_lang';

/** Reads the request once into what handlers may know. */
export async function readVisit(
  c: HttpContext,
  options: {
    readonly authenticate: Authenticate;
    readonly authenticateDevice?: AuthenticateDevice;
    readonly sharedDevice?: FindSharedDevice;
    readonly clock: Clock;
    readonly publicUrl: string;
    readonly trustedProxies?: number;
  },
): Promise<Visit> {
  const url = new URL(c.req.url);
  const cookies = getCookie(c);
  const sessionToken = cookies[SESSION_COOKIE];
  const now = options.clock();
  const accessKey = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const deviceToken = cookies[DEVICE_COOKIE];
  const used = isUse(c.req.method, c.req.path);
  const device = deviceToken === undefined ? undefined : await options.sharedDevice?.(deviceToken, now, used ? cookies[VISIT_COOKIE] : undefined);
  const sharedDevice = inBrowser(device, cookies);
  const found = sessionToken === undefined || sessionToken === '' ? undefined : await options.authenticate(sessionToken, now, used);
  // a session of a shared device is worth something in that visit there, and no other is worth anything there
  const session = found?.sharedVisit === sharedDevice?.visitId && !isClosed({ sharedDevice }) ? found : undefined;
  const signedIn = session ?? (accessKey === undefined ? undefined : await options.authenticateDevice?.(accessKey, now));
  const wishes = languageWishes(url.searchParams.get('lang'), cookies[LANG_COOKIE], c.req.header('accept-language'));
  const lang = chosenLang(wishes);
  const userAgent = c.req.header('user-agent') ?? '';
  const deviceKind = deviceKindOf(userAgent);
  const reader = READERS.read(
    {
      address: clientAddress(c, options.trustedProxies ?? 0),
      userAgent,
      lang,
      theme: cookies[THEME_COOKIE],
      declines: c.req.header('dnt') === '1' || c.req.header('sec-gpc') === '1',
    },
    now,
  );
  return {
    actor: { kind: 'anonymous' },
    ...signedIn,
    ...(sharedDevice === undefined ? {} : { sharedDevice }),
    lang,
    wishes,
    ...(reader === undefined ? {} : { reader }),
    ...(deviceKind === undefined ? {} : { deviceKind }),
    ...(fetchedAhead(c) ? { ahead: true as const } : {}),
    now,
    url: url.pathname + url.search,
    origin: options.publicUrl,
    requestId: c.get('requestId'),
    sessionToken: session === undefined ? undefined : sessionToken,
    ...namedIn(url, c.req.param()),
    cookies,
  };
}

/** `Purpose` is what browsers sent before `Sec-Purpose` (Fetch Standard). */
const fetchedAhead = (c: HttpContext): boolean =>
  c.req.method === 'HEAD' || /\bprefetch\b|\bprerender\b|\bpreview\b/i.test(`${c.req.header('sec-purpose') ?? ''} ${c.req.header('purpose') ?? ''}`);

/** The names and values of an address, as a database can keep them. */
function namedIn({ href, searchParams }: URL, params: Record<string, string>): Pick<Visit, 'params' | 'query'> {
  if (!href.includes('%00')) return { params, query: searchParams };
  const storable = (pair: [string, string]): [string, string] => [storableText(pair[0]), storableText(pair[1])];
  return { params: Object.fromEntries(Object.entries(params).map(storable)), query: new URLSearchParams([...searchParams].map(storable)) };
}

/**
 * Languages a reader asks for, the most wanted first: what the address says wins over the cookie, the cookie over the browser.
 * @param acceptLanguage RFC 9110 section 12.5.4; of each language only the first part, of what is unwanted (`q=0`) nothing
 */
export function languageWishes(fromQuery: string | null, fromCookie: string | undefined, acceptLanguage: string | undefined): readonly string[] {
  const chosen = [fromQuery, fromCookie].filter((wish) => LANGS.some((one) => one === wish)) as string[];
  const ranges = (acceptLanguage ?? '').slice(0, 500).split(',');
  const browser = ranges.flatMap((range) => {
    const [, tag, weight] = /^\s*([a-z]{2,3}|\*)(?:-[\w-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i.exec(range) ?? [];
    return tag === undefined || Number(weight ?? 1) === 0 ? [] : [{ tag: tag.toLowerCase(), weight: Number(weight ?? 1) }];
  });
  return [...new Set([...chosen, ...browser.toSorted((a, b) => b.weight - a.weight).map(({ tag }) => tag)])];
}

/** The first of the city's languages among the wishes; who asks for others alone reads English, who asks for nothing German. */
export function chosenLang(wishes: readonly string[]): Lang {
  for (const wish of wishes) {
    const lang = wish === '*' ? 'de' : LANGS.find((one) => one === wish);
    if (lang !== undefined) return lang;
  }
  return wishes.length === 0 ? 'de' : 'en';
}

/**
 * Address of the client. A proxy's word counts only as far as proxies are ours: with n of them the
 * n-th address from the right was seen by the outermost of ours.
 */
export function clientAddress(c: HttpContext, trustedProxies: number): string {
  return addressOf(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for') ?? '', trustedProxies);
}

/** As `clientAddress`. @param forwardedFor what proxies have said */
export function addressOf(remote: string | undefined, forwardedFor: string, trustedProxies: number): string {
  const direct = remote ?? 'unknown';
  if (trustedProxies === 0) return direct;
  const forwarded = forwardedFor
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  return forwarded.at(-trustedProxies) ?? direct;
}
