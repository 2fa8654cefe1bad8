import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from './source-files.ts';

/** Without a path oxlint would walk node_modules. */
const SOURCES = ['src', 'test', 'bench', 'scripts'].filter((folder) => existsSync(join(ROOT, folder)));

/** Runs a tool of node_modules with the Node that runs the tests; its words are the failure's message. */
function clean(tool: string, args: readonly string[]): void {
  const command = join(ROOT, 'node_modules/.bin', tool);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [command, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  });
  assert.equal(error, undefined);
  assert.equal(status, 0, `${tool} ${args.join(' ')}\n${stdout}${stderr}`);
}

describe('Quality', () => {
  it('tsc: types are right', () => clean('tsc', ['--noEmit']));
  it('tsc: types of the browser are right', () => clean('tsc', ['--noEmit', '-p', 'src/browser']));
  it('oxlint, type-aware: no error, no warning', () => clean('oxlint', ['--type-aware', '--deny-warnings', ...SOURCES]));
  it('oxfmt: the whole tree is formatted', () => clean('oxfmt', ['--check', ...SOURCES]));
  it('knip: no unused file, export or dependency', () => clean('knip', ['--no-progress']));

  it('a tool that finds something makes its test fail', () => {
    assert.throws(() => clean('oxlint', ['--deny-warnings', '-D', 'no-magic-numbers', 'test/architecture/imports.test.ts']), /no-magic-numbers/);
  });
});
