import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DataDirectoryInUse, lockDataDirectory } from './lock.ts';

const directory = mkdtempSync(join(tmpdir(), 'kontor-lock-'));
after(() => rmSync(directory, { recursive: true }));

/** Another process that takes the lock and keeps it. */
async function otherProcess(): Promise<ChildProcess> {
  const program = `const { lockDataDirectory } = await import(${JSON.stringify(import.meta.resolve('./lock.ts'))});
    lockDataDirectory(${JSON.stringify(directory)}); console.log('genommen'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('a second process is refused with what to do, and kill -9 of the first frees the directory', async () => {
  const other = await otherProcess();
  assert.throws(
    () => lockDataDirectory(directory),
    (error) =>
      error instanceof DataDirectoryInUse && /schon in Gebrauch.*Beenden Sie den anderen Kontor-Prozess oder setzen Sie KONTOR_DATA/.test(error.message),
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockDataDirectory(directory)();
});

test('within one process too, until the lock is given back', () => {
  const unlock = lockDataDirectory(directory);
  assert.throws(() => lockDataDirectory(directory), DataDirectoryInUse);
  unlock();
  lockDataDirectory(directory)();
});
