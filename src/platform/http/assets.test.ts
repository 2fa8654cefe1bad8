import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { build } from 'vite';
import { assetResponse, assetUrl } from './assets.ts';

before(async () => {
  await build({ logLevel: 'error' });
});

test('built files are found by the names pages use, with a hash of their content', () => {
  assert.match(assetUrl('main') ?? '', /^\/assets\/main-[\w-]{8}\.js$/);
  assert.match(assetUrl('main.css') ?? '', /^\/assets\/main-[\w-]{8}\.css$/);
  assert.match(assetUrl('map') ?? '', /^\/assets\/map-[\w-]{8}\.js$/);
  assert.equal(assetUrl('nothing'), undefined);
});

test('maps bring their styles, though both share the library they come from', () => {
  for (const name of ['map', 'twin']) {
    const css = assetResponse(assetUrl(`${name}.css`) ?? '', undefined);
    assert.match(Buffer.from(css?.body ?? []).toString(), /maplibregl-ctrl/, name);
  }
});

test('a file is the same in brotli, gzip and plain, kept by browsers forever', () => {
  const path = assetUrl('main')!;
  const plain = assetResponse(path, undefined)!;
  const brotli = assetResponse(path, 'gzip, deflate, br')!;
  const gzip = assetResponse(path, 'gzip, br;q=0')!;
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.deepEqual(Buffer.from(brotliDecompressSync(brotli.body)), Buffer.from(plain.body));
  assert.deepEqual(Buffer.from(gunzipSync(gzip.body)), Buffer.from(plain.body));
  for (const answer of [plain, brotli, gzip]) {
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(answer.headers['vary'], 'accept-encoding');
    assert.equal(answer.headers['content-type'], 'text/javascript; charset=utf-8');
  }
});

test('the styles stay below 40 kB gzipped, the script of every page below 20 kB', () => {
  assert.ok(assetResponse(assetUrl('main.css')!, 'gzip')!.body.byteLength < 40_000);
  assert.ok(assetResponse(assetUrl('main')!, 'gzip')!.body.byteLength < 20_000);
});

test('only files of the build exist, whatever the path says', () => {
  for (const path of ['/assets/', '/assets/../../package.json', '/.vite/manifest.json', '/assets/main.js', '/etc/passwd', '//', '/assets/%2e%2e/x'])
    assert.equal(assetResponse(path, 'br'), undefined, path);
});

test('a font comes as it is', () => {
  const css = Buffer.from(assetResponse(assetUrl('main.css')!, undefined)!.body).toString();
  const font = /url\((\/assets\/[^)]+\.woff2)\)/.exec(css)?.[1];
  const answer = assetResponse(font ?? '', 'br');
  assert.equal(answer?.headers['content-type'], 'font/woff2');
  assert.equal(answer?.headers['content-encoding'], undefined);
});
