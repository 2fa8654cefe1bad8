import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { storedZip } from '../../../../test/support/stored-zip.ts';
import { UnreadableFile } from '../domain/source.ts';
import { zipEntry } from './zip-entry.ts';

describe('one file out of a ZIP', { timeout: 60_000 }, () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kontor-zip-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const bytesOf = async (zip: Uint8Array, mostBytes?: number): Promise<number> => {
    const path = join(folder, 'a.zip');
    writeFileSync(path, zip);
    let bytes = 0;
    for await (const chunk of zipEntry(path, 'stops.txt', mostBytes)) bytes += chunk.length;
    return bytes;
  };
  const text = 'stop_id,stop_lat,stop_lon\n1,53.5,10\n';

  it('comes as it was, stored or packed, whatever stands beside it', async () => {
    assert.equal(await bytesOf(storedZip({ 'agency.txt': 'x', 'stops.txt': text })), text.length);
    assert.equal(await bytesOf(storedZip({ 'agency.txt': 'x' }, { 'stops.txt': deflateRawSync(text) })), text.length);
    await assert.rejects(bytesOf(storedZip({ 'agency.txt': 'x' })), /fehlt „stops.txt“/);
  });
  it('that grows beyond the limit is refused while it is unpacked', async () => {
    const bomb = storedZip({}, { 'stops.txt': deflateRawSync(Buffer.alloc(64 * 1024 * 1024)) });
    assert.ok(bomb.length < 100_000);
    await assert.rejects(bytesOf(bomb, 1024 * 1024), /ausgepackt größer als 1 MB/);
  });
  it('of an archive that is cut off or changed in any byte is read or refused, and ends', async () => {
    const good = storedZip({}, { 'stops.txt': deflateRawSync(text) });
    const unreadable = (error: unknown) => assert.ok(error instanceof UnreadableFile, String(error));
    for (let at = 0; at < good.length; at++) {
      await bytesOf(Uint8Array.from(good, (byte, index) => (index === at ? byte ^ 0xff : byte))).catch(unreadable);
      await bytesOf(good.subarray(0, at)).catch(unreadable);
    }
  });
});
