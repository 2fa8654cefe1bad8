import type { ZodType, output as ZodOutput } from 'zod';
import type { Actor, StaffRole } from '../../kernel/actor.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Result } from '../../kernel/result.ts';
import type { Reader } from '../../kernel/usage.ts';
import type { Html, Lang } from '../ui/html.ts';
import type { ActingFor } from '../ui/view.ts';
import type { SharedDevice } from './shared-device.ts';
import type { Spool, SpooledFile } from './spool.ts';

/**
 * Who may call a route. Every route states it; whether the row belongs to the caller is the use
 * case's own question. `citizen`: for themselves or for whom they act. `person`: about the signed-in
 * person alone; the handler sees them in their own name, whoever they act for.
 */
export type Access = 'public' | 'citizen' | 'person' | 'signed-in' | readonly (StaffRole | 'device' | 'guest')[];

/** Who may knock at a Lage; whether they belong to this one, and what they may do in it, its use cases ask. */
export const LAGE_ACCESS = ['krisenstab', 'guest'] as const;

/** What every handler may know of the request; the `Request` itself stays outside. */
export interface Visit {
  readonly actor: Actor;
  readonly lang: Lang;
  /** Languages the reader asks for, the most wanted first, also those the city does not speak. */
  readonly wishes: readonly string[];
  readonly now: Temporal.Instant;
  /** Path with query, e.g. for a link back. */
  readonly url: string;
  /** Scheme and host this city answers at, e.g. `http://localhost:8080`. */
  readonly origin: string;
  readonly requestId: string;
  /** Token of the session cookie, for signing out; never printed. */
  readonly sessionToken: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly cookies: Readonly<Record<string, string>>;
  /** For counting alone; absent where the reader does not want to be counted. */
  readonly reader?: Reader;
  /** Kind of browser and system, coarse, for the owner's own list of devices; absent where nothing is said. */
  readonly deviceKind?: string;
  /** Nobody reads the answer now: a HEAD request, or a browser that fetches in advance (`Sec-Purpose`). */
  readonly ahead?: true;
  /** Name of the signed-in person, for the page's head. */
  readonly userName?: string;
  /** Unread messages in the person's Postfach, for the page's head. */
  readonly unread?: number;
  /** Whom the person acts for, for the page's head. */
  readonly acting?: ActingFor;
  /** The request comes from a device that strangers use one after another. */
  readonly sharedDevice?: SharedDevice;
  /** What stands above the content of this page. */
  readonly band?: Html;
}

/** A file as uploaded; checked by content later. `tooLarge` files have been cut off, the form lives. */
export interface Upload {
  readonly field: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
}

/** A visit that posted a form (urlencoded or multipart). */
export interface FormVisit extends Visit {
  readonly fields: URLSearchParams;
  readonly files: readonly Upload[];
  /** With `spool`: the form's file, on disk. */
  readonly spooled?: readonly SpooledFile[];
  /** The browser saves what has been typed so far (`X-Autosave: 1`); answer with `saved`, nobody reads a page. */
  readonly autosave?: boolean;
}

export interface Cookie {
  readonly name: string;
  /** Empty value deletes the cookie. */
  readonly value: string;
  readonly maxAgeSeconds?: number;
}

/** What only the connection knows of a live request. */
export interface LiveRequest {
  /** `Last-Event-ID` of a client that comes back: the journal number it has seen last. */
  readonly lastEventId: number | undefined;
  /** Aborts when the client goes or the city stops. */
  readonly signal: AbortSignal;
}

/** What a page handler answers. */
export type Answer =
  | { readonly kind: 'html'; readonly body: Html; readonly status?: number; readonly cookies?: readonly Cookie[] }
  | { readonly kind: 'redirect'; readonly to: string; readonly cookies?: readonly Cookie[]; readonly status?: 302 }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string; readonly inline?: boolean }
  /** An open stream of server-sent events; made by `platform/live`. */
  | {
      readonly kind: 'live';
      readonly open: (request: LiveRequest) => ReadableStream<Uint8Array>;
      /** Compressed where the client can take it: for thin lines, at the price of memory for each reader. */
      readonly packed?: boolean;
    }
  /** Rendered by platform/http as an accessible error page with the problem's status. */
  | { readonly kind: 'problem'; readonly problem: Problem };

/** `sign-in`: few tries a minute from one address, against guessing passwords. `costly`: what takes the city's time, for anybody; `drawing`: pictures that a page needs one of; `scarce`: what is used up for others, e.g. times at a counter. */
export type RouteLimit = 'sign-in' | 'costly' | 'drawing' | 'scarce';

export interface GetPage {
  readonly kind: 'page';
  readonly method: 'get';
  /** Hono path, e.g. `/antrag/:id/seite/:page`. */
  readonly path: string;
  readonly access: Access;
  /** Leaves something in the browser that the next person could use: refused at a shared device. */
  readonly ownDeviceOnly?: true;
  readonly limit?: RouteLimit;
  readonly handle: (visit: Visit) => Promise<Answer>;
}

export interface PostPage {
  readonly kind: 'page';
  readonly method: 'post';
  readonly path: string;
  readonly access: Access;
  readonly limit?: RouteLimit;
  /** The form's one file is large and goes to disk. */
  readonly spool?: Spool;
  readonly handle: (visit: FormVisit) => Promise<Answer>;
}

export interface ApiRoute<P extends ZodType, Q extends ZodType, B extends ZodType, O extends ZodType> {
  readonly kind: 'api';
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Hono path below `/api`, e.g. `/api/cases/:id`. */
  readonly path: string;
  readonly access: Access;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  /** JSON body; absent with `upload: true`, where multipart files arrive instead. */
  readonly body?: B;
  readonly upload?: true;
  /** With `upload`: the one file is large and goes to disk. */
  readonly spool?: Spool;
  readonly output: O;
  readonly limit?: RouteLimit;
  /** Leaves something in the browser that the next person could use: refused at a shared device. */
  readonly ownDeviceOnly?: true;
  /** The answer holds a secret that is shown once: it is never stored, so a repeat with the same key is told that it was done. */
  readonly keepsNoAnswer?: true;
  /**
   * Who has called it and what they sent must not be kept: of a key only that it was used. A repeat is told that it was done.
   */
  readonly keepsKeyAlone?: true;
  /** That somebody has called it must not be kept, nor a digest of what they sent: the route itself does nothing twice, and keys are passed over. */
  readonly keepsNoKey?: true;
  /** Public data that are the same for everybody: answered as to a guest, readable from any page, kept by caches, with the licence. */
  readonly open?: true;
  /** Success status, default 200. */
  readonly status?: 200 | 201 | 202 | 204;
  readonly handle: (
    call: Visit & {
      readonly params: ZodOutput<P>;
      readonly queryInput: ZodOutput<Q>;
      readonly body: ZodOutput<B>;
      readonly files: readonly Upload[];
      /** With `spool`: the file, on disk. */
      readonly spooled: readonly SpooledFile[];
      /** With `upload: true`: the form's other fields. */
      readonly fields: URLSearchParams;
      /** May set cookies (sign-in). */
      readonly setCookie: (cookie: Cookie) => void;
    },
  ) => Promise<Result<ZodOutput<O>, Problem>>;
}

/** Declares an API route; types of params, query and body follow from the schemas. */
export function apiRoute<P extends ZodType, Q extends ZodType, B extends ZodType, O extends ZodType>(route: Omit<ApiRoute<P, Q, B, O>, 'kind'>): AnyRoute {
  if (route.open === true && (route.access !== 'public' || route.method !== 'get')) throw new Error(`${route.path}: only what everybody may read is open`);
  // The schemas have checked the input before the handler sees it, so the widening is safe.
  return { kind: 'api', ...route } as unknown as AnyRoute;
}

/** Declares a page that is read. */
export function getPage(path: string, access: Access, handle: GetPage['handle'], options: Pick<GetPage, 'limit' | 'ownDeviceOnly'> = {}): GetPage {
  return { kind: 'page', method: 'get', path, access, handle, ...options };
}

/** Declares a page that takes a form. */
export function postPage(path: string, access: Access, handle: PostPage['handle'], options: { limit?: RouteLimit; spool?: Spool } = {}): PostPage {
  return { kind: 'page', method: 'post', path, access, handle, ...options };
}

/** The answer of a data route, as it goes over the line. */
export interface DataAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Texts are compressed where the client can take it; bytes and streams go as they are. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>;
  /** A browser that asks for a page reads this as one instead. */
  readonly refused?: Problem;
}

/** What a handler of a data route may know: the visit, single headers, and the body unread. */
export interface DataVisit extends Visit {
  readonly header: (name: string) => string | undefined;
  readonly body: ReadableStream<Uint8Array> | null;
  /** Aborts when the client goes. */
  readonly signal: AbortSignal;
}

/**
 * A route of a protocol that others have written (SensorThings, OGC API): it reads paths, queries,
 * media types and bodies as its standard says. Anybody's page may read what is public (CORS).
 */
export interface DataRoute {
  readonly kind: 'data';
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Hono path; `/sta/v1.1/:path{.+}` hands the rest of the path on. */
  readonly path: string;
  readonly access: Access;
  readonly limit?: RouteLimit;
  readonly handle: (visit: DataVisit) => Promise<DataAnswer>;
  /**
   * Of a public route that is read: a whole answer that is at hand for a guest, told by the path's parts. It
   * must see to it itself that everybody may still have it. `undefined`, at once or later: `handle` answers.
   */
  readonly remembered?: (parts: readonly string[], header: DataVisit['header']) => Promise<DataAnswer | undefined> | undefined;
}

/** Declares a route of an open protocol. */
export function dataRoute(
  method: DataRoute['method'],
  path: string,
  access: Access,
  handle: DataRoute['handle'],
  more: Pick<DataRoute, 'remembered'> = {},
): DataRoute {
  return { kind: 'data', method, path, access, handle, ...more };
}

export type AnyRoute = GetPage | PostPage | DataRoute | ApiRoute<ZodType, ZodType, ZodType, ZodType>;

/** Shorthand answers. */
export const html = (body: Html, status = 200, cookies: readonly Cookie[] = []): Answer => ({ kind: 'html', body, status, cookies });
export const redirect = (to: string, cookies: readonly Cookie[] = []): Answer => ({ kind: 'redirect', to, cookies });
/** Leads on from an address that only stands for another one. */
export const leadOn = (to: string): Answer => ({ kind: 'redirect', to, status: 302 });
export const problemPage = (problem: Problem): Answer => ({ kind: 'problem', problem });
