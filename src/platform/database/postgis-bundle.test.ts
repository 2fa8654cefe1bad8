import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { leanBundle } from './postgis-bundle.ts';

const whole = new URL('postgis.tar.gz', import.meta.resolve('@electric-sql/pglite-postgis'));
const folder = mkdtempSync(join(tmpdir(), 'kontor-postgis-'));
after(() => rmSync(folder, { recursive: true }));
const listed = (bundle: URL): string[] =>
  execFileSync('tar', ['tzf', fileURLToPath(bundle)], { encoding: 'utf8' })
    .trim()
    .split('\n');

it('the lean bundle holds PostGIS and its projections, and nothing else that would be compiled', async () => {
  const [first, second] = await Promise.all([leanBundle(whole, folder), leanBundle(whole, folder)]);
  assert.equal(first.href, second.href);
  const names = listed(first);
  assert.deepEqual(
    names.filter((name) => name.endsWith('.so')),
    ['lib/postgresql/postgis-3.so'],
  );
  for (const needed of [/^share\/proj\/proj\.db$/, /extension\/postgis\.control$/, /extension\/postgis--\d[\d.]+\.sql$/])
    assert.equal(names.filter((name) => needed.test(name)).length, 1, String(needed));
  assert.ok(names.length < listed(whole).length / 10);
  assert.deepEqual(readdirSync(folder), [first.pathname.split('/').at(-1)], 'nothing half-written stays');
});

it('is made once', async () => {
  const made = await leanBundle(whole, folder);
  const { mtimeMs } = statSync(made);
  await leanBundle(whole, folder);
  assert.equal(statSync(made).mtimeMs, mtimeMs);
});

it('says when it cannot be kept', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await assert.rejects(leanBundle(whole, join(file, 'below')), /ENOTDIR|EEXIST/);
});
