import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Authority } from '../domain/service.ts';
import type { Finding, Level } from './lint-finding.ts';
import { lintFiles, type Linting } from './lint-services.ts';
import { loadServices } from './load-services.ts';
import { readPackageFiles, type PackageFiles } from './read-package.ts';

// For tests: the city's own packages as files, and mistakes planted into them in memory.

export const SERVICES: string = join(import.meta.dirname, '../../../../services');
export const TODAY: Temporal.PlainDate = Temporal.PlainDate.from('2026-11-24');

type Letters = Pick<Linting, 'setLetter' | 'samplesOf'>;
/** Leaves letters out: setting them takes its time. */
export const NO_LETTERS: Letters = { setLetter: () => [], samplesOf: () => ({}) };

/** Files of packages without a mistake, and the authorities of the city. */
export async function soundPackages(): Promise<{ files: ReadonlyMap<string, PackageFiles>; authorities: readonly Authority[] }> {
  const files = new Map<string, PackageFiles>();
  for (const key of ['baumfaellung', 'bewohnerparkausweis', 'baugenehmigung', 'bebauungsplan', 'sondernutzung'])
    files.set(key, await readPackageFiles(SERVICES, key));
  const { authorities } = await loadServices(SERVICES, TODAY);
  return { files, authorities };
}

const sound = soundPackages();

/** All findings of a package made of these files. */
export async function findingsOf(key: string, files: PackageFiles, letters = NO_LETTERS): Promise<readonly Finding[]> {
  const { authorities } = await sound;
  return (await lintFiles(key, files, { authorities, today: TODAY, ...letters })).findings;
}

/** A mistake planted into a sound package. */
export interface Planted {
  readonly name: string;
  readonly of?: 'bewohnerparkausweis' | 'baugenehmigung' | 'bebauungsplan' | 'sondernutzung';
  readonly file: string;
  readonly change: readonly (readonly [find: string, by: string])[];
  readonly level: Level;
  readonly message: RegExp;
  /** Text whose line is named. */
  readonly at: string;
}

/** One test for each mistake: it is found with its level, file and line. */
export function testPlanted(planted: readonly Planted[]): void {
  for (const { name, of = 'baumfaellung', file, change, level, message, at } of planted) {
    test(`${level} with file and line: ${name}`, async () => {
      const files = (await sound).files.get(of)!;
      const path = `${of}/${file}`;
      let text = files[path]!;
      for (const [find, by] of change) {
        assert.ok(text.includes(find), `«${find}» is not in ${path}: the test plants nothing`);
        text = text.replace(find, by);
      }
      const findings = await findingsOf(of, { ...files, [path]: text });
      const found = findings.find((one) => message.test(one.message));
      assert.ok(found, JSON.stringify(findings, undefined, 1));
      assert.equal(found.level, level);
      const where = found.file.endsWith('textbausteine.yaml')
        ? `${of}/textbausteine.yaml`
        : at.startsWith('<')
          ? Object.keys(files).find((one) => one.endsWith('.dmn') && one.startsWith(of))!
          : path;
      assert.equal(found.file, where);
      const content = where === path ? text : files[where]!;
      assert.ok(content.includes(at), `«${at}» is not in ${where}`);
      const offset = content.indexOf(at) + (at.startsWith('\n') ? 1 : 0);
      assert.equal(found.line, content.slice(0, offset).split('\n').length, `line of «${at}» in: ${found.message}`);
      assert.ok(found.column >= 1);
    });
  }
}
