import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serviceCommand } from '../../../commands/service.ts';
import { SERVICES } from './lint-testing.ts';

async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await serviceCommand.run(args, { print: (line) => void out.push(line), complain: (line) => void err.push(line) });
  return { status, out: out.join('\n'), err: err.join('\n') };
}

for (const args of [[], ['prüfe'], ['lint', '--laut'], ['lint', 'a', 'b'], ['diff'], ['diff', 'a'], ['diff', 'a', 'b', 'c'], ['diff', '--strict', 'a', 'b']]) {
  test(`«service ${args.join(' ')}» is a wrong call, and says how to call it`, async () => {
    const { status, err } = await run(...args);
    assert.equal(status, 2);
    assert.match(err, /\.\/kontor service lint .*\n.*service diff A B/);
  });
}

test('lint of one package: for people and for machines', async () => {
  const plain = await run('lint', 'baumfaellung');
  assert.deepEqual([plain.status, plain.out.split('\n')[0]], [0, 'baumfaellung: ohne Fehler (Fassung 1.1.0)']);
  const report = JSON.parse((await run('lint', 'baumfaellung', '--json')).out) as { ok: boolean; errors: number; packages: { key: string }[] };
  assert.deepEqual([report.ok, report.errors, report.packages.map(({ key }) => key)], [true, 0, ['baumfaellung']]);
});

test('--strict lets advice fail as well', async () => {
  const { warnings } = JSON.parse((await run('lint', 'baumfaellung', '--json')).out) as { warnings: number };
  assert.equal((await run('lint', 'baumfaellung', '--strict')).status, warnings === 0 ? 0 : 1);
});

test('lint and diff of what is not there', async () => {
  const lint = await run('lint', '../../etc');
  assert.deepEqual([lint.status, lint.out], [2, '']);
  assert.match(lint.err, /«\.\.\/\.\.\/etc» gibt es nicht/);
  const diff = await run('diff', 'baumfaellung', '/gibt/es/nicht');
  assert.equal(diff.status, 1);
  assert.match(diff.err, /weder ein Ordner/);
});

test('diff between the live package and a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-diff-'));
  try {
    await cp(join(SERVICES, 'baumfaellung'), join(folder, 'baumfaellung'), { recursive: true });
    const path = join(folder, 'baumfaellung');
    const same = await run('diff', 'baumfaellung', path);
    assert.equal(same.status, 0);
    assert.match(same.out, /Nichts, was Menschen oder Recht betrifft, ist anders\.[\s\S]*können umgestellt werden/);
    const file = join(path, 'service.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('minCents: 2500', 'minCents: 5000'));
    const dearer = await run('diff', 'baumfaellung', path);
    assert.match(dearer.out, /Gebühren\n {2}~ Die Gebühr .*\n {4}Achtung: [\s\S]*1 Änderung schadet ihnen/);
    const found = JSON.parse((await run('diff', 'baumfaellung', path, '--json')).out) as { safe: boolean; changes: { area: string }[] };
    assert.deepEqual([found.safe, found.changes.map(({ area }) => area)], [false, ['Gebühren']]);
    await writeFile(file, (await readFile(file, 'utf8')).replace('trust: einfach', 'trust: mittel'));
    const broken = await run('diff', 'baumfaellung', path);
    assert.equal(broken.status, 1);
    assert.match(broken.err, /service\.yaml:\d+:\d+ Fehler: trust: Möglich sind nur/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
