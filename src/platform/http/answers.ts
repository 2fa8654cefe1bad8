import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Cookie } from './route.ts';
import type { HttpContext } from './visit.ts';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);
/** Smaller answers fit one packet anyway. */
const COMPRESS_FROM = 1400;

/** A text as an answer, compressed when the client can take it. */
export async function textAnswer(
  c: HttpContext,
  text: string,
  status: number,
  headers: Readonly<Record<string, string>>,
  cookies: readonly Cookie[] = [],
): Promise<Response> {
  const all = new Headers(headers);
  addCookies(all, cookies, c);
  all.set('vary', 'accept-encoding, accept-language, cookie');
  const bytes = Buffer.from(text, 'utf8');
  const accepted = c.req.header('accept-encoding') ?? '';
  const encoding = bytes.byteLength < COMPRESS_FROM ? undefined : /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  if (encoding === undefined) return new Response(bytes, { status, headers: all });
  all.set('content-encoding', encoding);
  const packed =
    encoding === 'br'
      ? await brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength } })
      : await gzipAsync(bytes, { level: 5 });
  return new Response(packed, { status, headers: all });
}

/** Weak: the same content may come compressed or not. */
export const etagOf = (content: string | Uint8Array): string => `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;

/** Whether the client has this already (`If-None-Match`). */
export const hasAlready = (ifNoneMatch: string | undefined, etag: string): boolean => ifNoneMatch?.split(',').some((tag) => tag.trim() === etag) ?? false;

/** JSON for a read, with an ETag so that an unchanged answer costs no transfer. @param about who may keep it */
export async function taggedJson(
  c: HttpContext,
  value: unknown,
  about: Readonly<Record<string, string>> = { 'cache-control': 'private, no-cache' },
): Promise<Response> {
  const text = JSON.stringify(value);
  const headers = { ...about, etag: etagOf(text) };
  if (hasAlready(c.req.header('if-none-match'), headers.etag)) return new Response(null, { status: 304, headers });
  return textAnswer(c, text, 200, { ...headers, 'content-type': 'application/json; charset=utf-8' });
}

/** A file for saving, or for looking at in the browser. */
export function fileAnswer(file: { bytes: Uint8Array; mediaType: string; fileName: string; inline?: boolean }): Response {
  const plain = file.fileName.replace(/[^\w.-]+/g, '_');
  const how = file.inline === true ? 'inline' : 'attachment';
  return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': file.mediaType,
      // RFC 6266: the plain name for old clients, the true one in UTF-8 beside it
      'content-disposition': `${how}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
      'cache-control': 'private, no-store',
      'content-security-policy': filePolicy(file.mediaType),
    },
  });
}

/** An uploaded picture or text is shown, but nothing in it may run. Chrome shows no PDF in a sandbox. */
export function filePolicy(mediaType: string): string {
  return mediaType === 'application/pdf'
    ? "frame-ancestors 'none'"
    : "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
}

/** A redirect after a form: the browser goes on with GET, so that reloading sends nothing twice. */
export function redirectAnswer(c: HttpContext, to: string, cookies: readonly Cookie[] = [], status: 302 | 303 = 303): Response {
  const headers = new Headers({ location: to, 'cache-control': 'no-store' });
  addCookies(headers, cookies, c);
  return new Response(null, { status, headers });
}

function addCookies(headers: Headers, cookies: readonly Cookie[], c: HttpContext): void {
  for (const cookie of cookies) headers.append('set-cookie', serialiseCookie(cookie, c.get('secureCookies')));
}

function serialiseCookie({ name, value, maxAgeSeconds }: Cookie, secure: boolean): string {
  const age = value === '' ? '; Max-Age=0' : maxAgeSeconds === undefined ? '' : `; Max-Age=${Math.round(maxAgeSeconds)}`;
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${age}`;
}
