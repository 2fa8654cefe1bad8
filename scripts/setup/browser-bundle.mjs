import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, quietly, say } from './say.mjs';
import { ROOT, pinnedNode, withPinnedNode } from './toolchain.mjs';

/** Builds what runs in the browser, when its sources have changed since the last time. */
export function buildBrowserBundle() {
  const config = ['vite.config.ts', 'vite.config.js'].map((name) => join(ROOT, name)).find((path) => existsSync(path));
  if (config === undefined) return;
  const hash = createHash('sha256');
  for (const file of [config, join(ROOT, 'package-lock.json'), ...filesBelow(join(ROOT, 'src/browser'))]) {
    hash.update(`${file.slice(ROOT.length)}\n`).update(readFileSync(file));
  }
  const digest = hash.digest('hex');
  const stamp = join(ROOT, 'node_modules/.cache/kontor/browser');
  if (existsSync(join(ROOT, 'dist')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say('Kontor baut seine Seiten für den Browser …');
  const built = quietly(pinnedNode(), [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: ROOT, env: withPinnedNode() });
  if (!built.ok) throw new Stop(`Die Seiten für den Browser ließen sich nicht bauen:\n${built.output}`);
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, digest);
}

function filesBelow(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
