import { OPEN_LICENCE } from '../../kernel/open-data.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Result } from '../../kernel/result.ts';
import { etagOf, filePolicy, hasAlready } from './answers.ts';
import { csvParts, csvText } from './csv.ts';
import { dataRefusal } from './data-route.ts';
import type { DataAnswer, DataRoute, DataVisit, Visit } from './route.ts';

/** What everybody may read alike, as a file. */
export interface OpenFile {
  readonly mediaType: string;
  /** In plain letters. */
  readonly fileName: string;
  /** Shown in the browser and not saved. */
  readonly inline?: true;
  readonly body: string | Uint8Array | OpenRows;
}

/** A table that is read while it is sent, whatever its length. `version` changes with its rows. */
export interface OpenRows {
  readonly version: string;
  readonly parts: AsyncIterable<readonly (readonly string[])[]>;
}

/** Any page may read them, any cache may keep them for a minute, and the licence comes along. */
export const OPEN_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Link, ETag',
  'cache-control': 'public, max-age=60',
  link: `<${OPEN_LICENCE}>; rel="license"`,
} as const;

/** Open data are the same for everybody: whoever asks, the answer is that of a guest. */
export function asGuest<V extends Visit>({ userName: _name, unread: _unread, acting: _acting, ...visit }: V): V {
  return { ...visit, actor: { kind: 'anonymous' }, sessionToken: undefined, cookies: {} } as unknown as V;
}

/** Declares open data as a file: CSV, JSON or PDF. */
export function openFile(path: string, handle: (visit: DataVisit) => Promise<Result<OpenFile, Problem>>, options: Pick<DataRoute, 'limit'> = {}): DataRoute {
  return {
    ...{ kind: 'data', method: 'get', path, access: 'public', ...options },
    async handle(visit) {
      const found = await handle(asGuest(visit));
      // a person who followed a link reads the refusal as a page
      return found.ok ? openAnswer(found.value, visit) : { ...dataRefusal(found.problem, visit), refused: found.problem };
    },
  };
}

/** A table as a file, for `openFile`. */
export const openTable = (fileName: string, rows: readonly (readonly string[])[] | OpenRows): OpenFile => ({
  ...{ mediaType: 'text/csv; charset=utf-8', fileName },
  body: 'version' in rows ? rows : csvText(rows),
});

function openAnswer({ mediaType, fileName, inline, body }: OpenFile, { header }: DataVisit): DataAnswer {
  const streamed = typeof body === 'object' && 'version' in body;
  const headers = { ...OPEN_HEADERS, etag: etagOf(streamed ? body.version : body) };
  if (hasAlready(header('if-none-match'), headers.etag)) return { status: 304, headers };
  const about = {
    ...headers,
    'content-type': mediaType,
    'content-disposition': `${inline === true ? 'inline' : 'attachment'}; filename="${fileName}"`,
    'content-security-policy': filePolicy(mediaType),
  };
  if (!streamed) return { status: 200, headers: about, body };
  const rows = ReadableStream.from<Uint8Array>(csvParts(body.parts));
  const packs = /\bgzip\b/.test(header('accept-encoding') ?? '');
  return packs
    ? {
        status: 200,
        headers: { ...about, 'content-encoding': 'gzip', vary: 'accept-encoding' },
        body: rows.pipeThrough(new CompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>),
      }
    : { status: 200, headers: { ...about, vary: 'accept-encoding' }, body: rows };
}
