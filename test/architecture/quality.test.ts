import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from './source-files.ts';

/** Without a path oxlint would walk node_modules. */
const SOURCES = ['src', 'test', 'bench', 'scripts'].filter((folder) => existsSync(join(ROOT, folder)));

/** Each checker works out for itself what the files share: four, as tsc would take, do more than two. */
const CHECKERS = ['--checkers', '2'];

/** Runs a tool of node_modules with the Node that runs the tests; its words are the failure's message. */
function clean(tool: string, args: readonly string[]): void {
  const command = join(ROOT, 'node_modules/.bin', tool);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [command, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // tsc and oxlint live for seconds: they tidy up their memory only when it gets large
    env: { ...process.env, NO_COLOR: '1', GOGC: 'off', GOMEMLIMIT: '2GiB' },
  });
  assert.equal(error, undefined);
  assert.equal(status, 0, `${tool} ${args.join(' ')}\n${stdout}${stderr}`);
}

describe('Quality', () => {
  it('tsc: types are right', () => clean('tsc', ['--noEmit', ...CHECKERS]));
  it('tsc: types of the browser are right', () => clean('tsc', ['--noEmit', '-p', 'src/browser', ...CHECKERS]));
  it('oxlint, type-aware: no error, no warning', () => clean('oxlint', ['--type-aware', '--deny-warnings', ...SOURCES]));
  it('oxfmt: the whole tree is formatted', () => clean('oxfmt', ['--check', ...SOURCES]));
  it('knip: no unused file, export or dependency', () => clean('knip', ['--no-progress']));

  it('a tool that finds something makes its test fail', () => {
    assert.throws(() => clean('oxlint', ['--deny-warnings', '-D', 'no-magic-numbers', 'test/architecture/imports.test.ts']), /no-magic-numbers/);
  });
});
