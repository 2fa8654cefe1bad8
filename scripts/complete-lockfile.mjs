/**
 * Completes package-lock.json after `npm install` from a registry that mirrors only some platforms:
 * npm silently drops the optional packages of the others, and `npm ci` then refuses the file.
 *   node scripts/complete-lockfile.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;

/** Where Node would find `name` from the package at `from`. */
function resolve(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (at === '') return undefined;
  }
}

/** Platform in a package's name, e.g. `@oxlint/binding-linux-arm64-musl`. */
function platformOf(name) {
  if (name.endsWith('-wasm32-wasi')) return { cpu: ['wasm32'] };
  const match = /(android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|x64|ia32|ppc64|riscv64|s390x)(?:-(\w+))?$/.exec(name);
  if (match === null) return undefined;
  const [, os, cpu, abi = ''] = match;
  return { os: [os], cpu: [cpu], ...(os === 'linux' && abi !== '' && { libc: [abi.includes('musl') ? 'musl' : 'glibc'] }) };
}

let added = 0;
for (const [path, { optionalDependencies = {}, dev, license }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const found = resolve(path, name);
    const platform = platformOf(name);
    if (platform === undefined || !/^\d/.test(version) || packages[found]?.version === version) continue;
    const place = packages[`node_modules/${name}`] === undefined ? `node_modules/${name}` : `${path}/node_modules/${name}`;
    packages[place] = { version, ...platform, ...(dev && { dev }), license, optional: true };
    added += 1;
  }
}
const [root, ...rest] = Object.entries(packages);
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} packages of other platforms added\n`);
