import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSpooledForm, removeSpooled, type Spool } from './spool.ts';

describe('a form whose file goes to disk', () => {
  let folder: string;
  let spool: Spool;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kontor-spool-'));
    spool = { directory: join(folder, 'made/when/needed'), maxBytes: 100_000 };
  });
  after(() => rmSync(folder, { recursive: true }));
  const send = (form: FormData) => {
    const request = new Request('http://localhost/', { method: 'POST', body: form });
    return readSpooledForm(request.headers.get('content-type')!, request.body, spool);
  };
  const file = (bytes: number, name = 'a.csv'): FormData => {
    const form = new FormData();
    form.set('note', 'Größe');
    form.set('file', new Blob([Buffer.alloc(bytes, 'x')]), name);
    return form;
  };
  const there = (): string[] => (existsSync(spool.directory) ? readdirSync(spool.directory) : []);

  it('arrives whole, with its fields and its hash, and is removed', async () => {
    const done = await send(file(100_000, 'Bäume.csv'));
    assert.ok(done.ok);
    const [one] = done.value.spooled;
    assert.deepEqual([one!.fileName, one!.sizeBytes, done.value.fields.get('note')], ['Bäume.csv', 100_000, 'Größe']);
    assert.equal(createHash('sha256').update(readFileSync(one!.path)).digest('hex'), one!.sha256);
    await removeSpooled(done.value.spooled);
    assert.deepEqual(there(), []);
  });
  it('is refused when it is too large, not alone, broken off or no form, and leaves nothing', async () => {
    const two = file(10);
    two.append('file', new Blob(['b']), 'b.csv');
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'));
        controller.close();
      },
    });
    for (const [done, kind] of [
      [await send(file(100_002)), 'too-large'],
      [await send(two), 'too-large'],
      [await readSpooledForm('multipart/form-data; boundary=x', broken, spool), 'invalid-input'],
      [await readSpooledForm('multipart/form-data', new Blob(['x']).stream(), spool), 'invalid-input'],
    ] as const)
      assert.equal(done.ok ? 'ok' : done.problem.kind, kind);
    assert.deepEqual(there(), []);
  });
  it('an input left empty is no file', async () => {
    const done = await send(file(0, ''));
    assert.ok(done.ok);
    assert.deepEqual(done.value.spooled, []);
    assert.deepEqual(there(), []);
  });
});
