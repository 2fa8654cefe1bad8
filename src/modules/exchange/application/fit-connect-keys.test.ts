import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import { CACHE } from '../../../../test/support/temporary-database.ts';
import { demoFitConnectKeys, loadFitConnectKeys, type DemoFitConnectKeys } from './fit-connect-keys.ts';

let demo: DemoFitConnectKeys;
let folder: string;
before(async () => {
  demo = await demoFitConnectKeys('demo', join(CACHE, 'fit-connect'));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fit-connect-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, value: unknown): Promise<void> => writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

describe('keys of FIT-Connect', () => {
  it('demo keys are made once, readable by their user only, and are the same at the next start', async () => {
    await cp(join(CACHE, 'fit-connect', 'demo-sign.json'), join(folder, 'demo-sign.json'));
    await cp(join(CACHE, 'fit-connect', 'demo-service.json'), join(folder, 'demo-service.json'));
    // two processes start at once, and one key is missing
    const [one, two] = await Promise.all([demoFitConnectKeys('demo', folder), demoFitConnectKeys('demo', folder)]);
    assert.deepEqual(one, two);
    assert.deepEqual(await demoFitConnectKeys('demo', folder), one);
    assert.equal((await stat(join(folder, 'demo-decrypt.json'))).mode & 0o077, 0);
  });
  it('demo keys are refused in production', async () => {
    await assert.rejects(demoFitConnectKeys('production', folder), /production/);
  });
  it('reads several keys that decrypt and one that signs', async () => {
    await put('a.json', demo.subscriber.decryption[0]);
    await put('b.json', { ...demo.subscriber.decryption[0], kid: 'the-key-of-last-year' });
    await put('c.json', demo.subscriber.signature);
    await put('README.md', 'not a key');
    const keys = await loadFitConnectKeys(folder);
    assert.deepEqual([keys.decryption.length, keys.signature.kid], [2, demo.subscriber.signature.kid]);
  });
  const weak = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const mistakes: readonly [name: string, files: () => Record<string, unknown>, words: RegExp][] = [
    ['an empty folder', () => ({}), /fehlt der Schlüssel zum Entschlüsseln/],
    ['no key that signs', () => ({ a: demo.subscriber.decryption[0] }), /genau ein Schlüssel zum Signieren .* gefunden: 0/],
    ['two keys that sign', () => ({ a: demo.subscriber.decryption[0], b: demo.subscriber.signature, c: demo.service }), /gefunden: 2/],
    ['a file that is no JSON', () => ({ a: 'nonsense' }), /a\.json ist kein privater Schlüssel/],
    ['a public key', () => ({ a: { ...demo.subscriber.signature, d: undefined } }), /a\.json ist kein privater Schlüssel/],
    ['a key of 2048 bits', () => ({ a: { ...demo.subscriber.signature, ...weak } }), /a\.json ist kein privater Schlüssel/],
  ];
  for (const [name, files, words] of mistakes) {
    it(`refuses ${name}, in words`, async () => {
      for (const [file, value] of Object.entries(files())) await put(`${file}.json`, value);
      await assert.rejects(loadFitConnectKeys(folder), words);
    });
  }
});
