import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { zip } from './zip.ts';

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

it('the ZIP is read by another program, with names in UTF-8', { skip: has('python3') ? false : 'python3 fehlt' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-zip-'));
  try {
    const path = join(folder, 'a.zip');
    writeFileSync(
      path,
      zip([
        { name: 'nachricht.xml', bytes: Buffer.from('<a/>') },
        { name: 'größe_ß.pdf', bytes: Buffer.alloc(70_000, 7) },
      ]),
    );
    const read = execFileSync(
      'python3',
      ['-c', 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.testzip(),[(i.filename,i.file_size) for i in z.infolist()])', path],
      { encoding: 'utf8' },
    );
    assert.equal(read.trim(), "None [('nachricht.xml', 4), ('größe_ß.pdf', 70000)]");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
