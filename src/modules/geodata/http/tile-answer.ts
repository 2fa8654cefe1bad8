import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DataAnswer, DataVisit } from '../../../platform/http/route.ts';
import type { Tile } from '../application/tile-cache.ts';

export const MVT = 'application/vnd.mapbox-vector-tile';
/** Smaller tiles fit one packet anyway. */
const COMPRESS_FROM = 1400;
const gzipAsync = promisify(gzip);

interface Answers {
  readonly plain: DataAnswer;
  readonly unchanged: DataAnswer;
  /** Absent until the tile is compressed. */
  packed?: DataAnswer;
  packing?: true;
}

/** A tile's answers live as long as the tile is remembered. */
const answers = new WeakMap<Tile, Answers>();

/** A tile as a client can take it. It is compressed once, beside the first answer: nobody waits for it. */
export function tileAnswer(tile: Tile, header: DataVisit['header']): DataAnswer {
  const known = answers.get(tile) ?? made(tile);
  if (hasSeen(header('if-none-match'), tile.tag)) return known.unchanged;
  if (tile.bytes.length < COMPRESS_FROM || !/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(header('accept-encoding') ?? '')) return known.plain;
  if (known.packing === undefined) void pack(tile, known);
  return known.packed ?? known.plain;
}

function made(tile: Tile): Answers {
  const headers = { etag: `"${tile.tag}"`, 'cache-control': 'private, no-cache', vary: 'accept-encoding' };
  const plain = tile.bytes.length === 0 ? { status: 204, headers } : { status: 200, headers: { ...headers, ...sized(tile.bytes) }, body: tile.bytes };
  const both: Answers = { plain, unchanged: { status: 304, headers } };
  answers.set(tile, both);
  return both;
}

const sized = (bytes: Uint8Array): Record<string, string> => ({ 'content-type': MVT, 'content-length': String(bytes.length) });

async function pack(tile: Tile, known: Answers): Promise<void> {
  known.packing = true;
  const body = await gzipAsync(tile.bytes, { level: 6 });
  const headers = { ...known.unchanged.headers, ...sized(body), etag: `"${tile.tag}-gzip"`, 'content-encoding': 'gzip' };
  known.packed = { status: 200, headers, body };
}

/** RFC 9110, 13.1.2: one tag of a list, weakly compared. */
function hasSeen(asked: string | undefined, tag: string): boolean {
  if (asked === undefined) return false;
  const tags = asked.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.some((one) => one === '*' || one === `"${tag}"` || one === `"${tag}-gzip"`);
}
