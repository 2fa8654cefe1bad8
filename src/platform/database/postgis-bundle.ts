import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Extension } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/kontor');
const BLOCK = 512;

/**
 * What a city needs of PGlite's PostGIS. Raster, topology and the geocoder are two thirds of the
 * bundle, and PGlite unpacks and compiles at every start whatever lies in it.
 */
const NEEDED = /^(?:lib\/postgresql\/postgis-3\.so|share\/proj\/.+|share\/postgresql\/extension\/postgis(?:\.control|--\d+\.\d+\.\d+\.sql))$/;

/** PostGIS without what is never used; the whole of it where the lean bundle cannot be kept. */
export const leanPostgis: Extension = {
  name: postgis.name,
  async setup(pglite, options) {
    const whole = await postgis.setup(pglite, options);
    const { bundlePath } = whole;
    return bundlePath === undefined ? whole : { ...whole, bundlePath: await leanBundle(bundlePath, CACHE).catch(() => bundlePath) };
  },
};

/** The lean bundle, made from `whole` where it is not there yet. @throws when `directory` cannot be written */
export async function leanBundle(whole: URL, directory: string): Promise<URL> {
  const { size, mtimeMs } = await stat(whole);
  const path = join(directory, `postgis-${size}-${Math.trunc(mtimeMs)}.tar.gz`);
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) {
    const tar = await promisify(gunzip)(await readFile(whole));
    await mkdir(directory, { recursive: true });
    const waiting = `${path}.${randomBytes(6).toString('hex')}`;
    await writeFile(waiting, await promisify(gzip)(keep(tar, NEEDED), { level: 1 }));
    await rename(waiting, path); // processes that start together make the same file
  }
  return pathToFileURL(path);
}

/** The entries of a tar (POSIX ustar) whose names fit, as they were. */
function keep(tar: Buffer, wanted: RegExp): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const field = (from: number, length: number): string => tar.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const blocks = Math.ceil(Number.parseInt(field(124, 12), 8) / BLOCK);
    const end = at + BLOCK + blocks * BLOCK;
    const prefix = field(345, 155);
    if (wanted.test(prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`)) kept.push(tar.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)]);
}
