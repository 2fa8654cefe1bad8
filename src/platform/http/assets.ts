import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Where `npx vite build` puts what browsers load. */
const BUILT = join(import.meta.dirname, '../../../dist/browser');

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
};
/** Already compressed, or too small to gain. */
const COMPRESSIBLE = new Set(['.js', '.mjs', '.css', '.svg', '.json', '.geojson']);

interface ManifestEntry {
  readonly file: string;
  readonly name?: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
  /** Chunks it shares with others, by their key in the manifest. */
  readonly imports?: readonly string[];
  readonly assets?: readonly string[];
}
type Manifest = Readonly<Record<string, ManifestEntry>>;

/** An answer without any server library in it. */
export interface AssetAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

interface Built {
  /** When the manifest was written: a new build is seen without a restart. */
  readonly writtenMs: number;
  /** Names pages use (`main`, `main.css`, `map`) to paths with their hash. */
  readonly urls: ReadonlyMap<string, string>;
  /** Files that may be asked for, by path below `/assets/`. */
  readonly files: ReadonlySet<string>;
}

let built: Built | undefined;
const answers = new Map<string, AssetAnswer>();

const NOT_BUILT: Built = { writtenMs: 0, urls: new Map(), files: new Set() };

function readBuilt(): Built {
  const path = join(BUILT, '.vite/manifest.json');
  const writtenMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (writtenMs === undefined) return NOT_BUILT;
  if (built?.writtenMs === writtenMs) return built;
  const manifest = readManifest(path);
  if (manifest === undefined) return built ?? NOT_BUILT;
  answers.clear();
  const urls = new Map<string, string>();
  const files = new Set<string>();
  for (const [source, entry] of Object.entries(manifest)) {
    if (source === 'icon.svg') urls.set(source, `/${entry.file}`);
    for (const file of [entry.file, ...(entry.css ?? []), ...(entry.assets ?? [])]) files.add(file);
    if (entry.isEntry !== true || entry.name === undefined) continue;
    urls.set(entry.name, `/${entry.file}`);
    for (const css of stylesOf(manifest, entry)) urls.set(`${entry.name}.css`, `/${css}`);
  }
  return (built = { writtenMs, urls, files });
}

/** An entry's styles lie with it, or with a chunk that it shares. A page links one file a name. */
const stylesOf = (manifest: Manifest, { css, imports }: ManifestEntry): readonly string[] =>
  css ?? (imports ?? []).flatMap((key) => manifest[key]?.css ?? []).slice(0, 1);

/** `undefined` while a build is just writing it. */
function readManifest(path: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** Path of a built file by the name pages know: `main`, `main.css`, `map`, `map.css`; `undefined` before the build. */
export function assetUrl(name: string): string | undefined {
  return readBuilt().urls.get(name);
}

/**
 * A built file: names carry a hash of the content, so browsers may keep them forever. Compressed
 * once, at the first wish, and kept. Only files of the manifest exist, whatever the path says.
 * @param acceptEncoding the request's header
 */
export function assetResponse(pathname: string, acceptEncoding: string | undefined): AssetAnswer | undefined {
  const file = pathname.slice(1);
  if (!readBuilt().files.has(file)) return undefined;
  const extension = extname(file);
  const encoding = COMPRESSIBLE.has(extension) ? chosenEncoding(acceptEncoding ?? '') : undefined;
  const key = `${encoding ?? 'plain'}:${file}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = buildAnswer(file, extension, encoding);
  answers.set(key, answer);
  return answer;
}

function chosenEncoding(accepted: string): 'br' | 'gzip' | undefined {
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) ? 'gzip' : undefined;
}

function buildAnswer(file: string, extension: string, encoding: 'br' | 'gzip' | undefined): AssetAnswer {
  const plain = readFileSync(join(BUILT, file));
  const packed = encoding === undefined ? plain : (ready(file, encoding) ?? (encoding === 'br' ? brotliCompressSync(plain) : gzipSync(plain, { level: 9 })));
  const headers: Record<string, string> = {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'content-length': String(packed.byteLength),
    'cache-control': 'public, max-age=31536000, immutable',
  };
  if (COMPRESSIBLE.has(extension)) headers['vary'] = 'accept-encoding';
  if (encoding !== undefined) headers['content-encoding'] = encoding;
  return { status: 200, headers, body: new Uint8Array(packed) };
}

/** The file as the build has compressed it, when it did. */
function ready(file: string, encoding: 'br' | 'gzip'): Buffer | undefined {
  try {
    return readFileSync(join(BUILT, `${file}.${encoding === 'br' ? 'br' : 'gz'}`));
  } catch {
    return undefined;
  }
}
