import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ServicePackage } from '../domain/package.ts';
import type { Area, Change } from './diff-change.ts';
import { diffPackages } from './diff.ts';
import { parsePackage, readPackageFiles, type PackageFiles } from './read-package.ts';

const SERVICES = join(import.meta.dirname, '../../../../services');

// For tests: two real packages, and the changes that a planted edit makes.

export const packages = new Map<string, { files: PackageFiles; pkg: ServicePackage }>();
for (const key of ['baumfaellung', 'bewohnerparkausweis']) {
  const files = await readPackageFiles(SERVICES, key);
  packages.set(key, { files, pkg: (await parsePackage(key, files)).pkg! });
}

/** Changes between a package and the same with texts replaced in one file. */
export async function changesOf(key: string, file: string, ...replaced: readonly (readonly [string, string])[]): Promise<readonly Change[]> {
  const { files, pkg } = packages.get(key)!;
  const path = file.startsWith('letters/') ? file : `${key}/${file}`;
  let text = files[path]!;
  for (const [find, by] of replaced) {
    assert.ok(text.includes(find), `«${find}» is not in ${path}: the test changes nothing`);
    text = text.replace(find, by);
  }
  const parsed = await parsePackage(key, { ...files, [path]: text });
  assert.deepEqual(parsed.mistakes, []);
  return diffPackages(pkg, parsed.pkg!).changes;
}

export interface PlantedChange {
  readonly name: string;
  readonly of?: 'bewohnerparkausweis';
  readonly file: string;
  readonly replace: string;
  readonly by: string;
  readonly area: Area;
  readonly kind: Change['kind'];
  readonly what: RegExp;
  readonly safe: boolean;
}

/** One test for each edit: what is said of it, and whether a running case may follow. */
export function testChanges(cases: readonly PlantedChange[]): void {
  for (const { name, of = 'baumfaellung', file, replace, by, area, kind, what, safe } of cases) {
    test(`${name}: ${kind}, ${safe ? 'harmless to' : 'no move of'} running cases`, async () => {
      const changes = await changesOf(of, file, [replace, by]);
      const found = changes.find((change) => change.area === area && change.kind === kind && what.test(change.what));
      assert.ok(found, JSON.stringify(changes, undefined, 1));
      assert.equal(found.unsafe === undefined, safe, found.unsafe ?? '');
      if (safe)
        assert.deepEqual(
          changes.filter((change) => change.unsafe !== undefined),
          [],
        );
    });
  }
}
