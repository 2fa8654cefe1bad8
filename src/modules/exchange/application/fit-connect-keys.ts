import { generateKeyPair, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf } from '../../../kernel/error-code.ts';
import { readPrivateJwk, type KeyPurpose, type PrivateJwk } from '../domain/fit-connect-jwk.ts';
import type { SubscriberKeys } from './fit-connect-context.ts';

/**
 * Reads the keys of our destinations: every `*.json` of the folder is one private JWK (RSA, 4096 bits
 * at least), either `alg: RSA-OAEP-256` with `unwrapKey` or `alg: PS512` with `sign`. While keys are
 * being changed there may be several that decrypt; exactly one signs.
 * @throws Error in plain German that names the file
 */
export async function loadFitConnectKeys(directory: string): Promise<SubscriberKeys> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const decryption: PrivateJwk[] = [];
  const signature: PrivateJwk[] = [];
  for (const name of names) {
    const value = parsed(await readFile(join(directory, name), 'utf8'));
    const [decrypts, signs] = [readPrivateJwk(value, 'encryption'), readPrivateJwk(value, 'signature')];
    if (decrypts !== undefined) decryption.push(decrypts);
    else if (signs !== undefined) signature.push(signs);
    else
      throw new Error(`${join(directory, name)} ist kein privater Schlüssel für FIT-Connect. Nötig ist ein JWK mit RSA ab 4096 Bit, RSA-OAEP-256 oder PS512.`);
  }
  if (decryption.length === 0) throw new Error(`In ${directory} fehlt der Schlüssel zum Entschlüsseln (JWK mit alg RSA-OAEP-256 und key_ops unwrapKey).`);
  const [signer, second] = signature;
  if (signer === undefined || second !== undefined) {
    throw new Error(`In ${directory} muss genau ein Schlüssel zum Signieren liegen (JWK mit alg PS512 und key_ops sign), gefunden: ${signature.length}.`);
  }
  return { decryption, signature: signer };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Keys of the demo: of the city's own destination, of the bundled delivery service, and of the online service for what it is answered. */
export interface DemoFitConnectKeys {
  readonly subscriber: SubscriberKeys;
  readonly service: PrivateJwk;
  readonly sender: PrivateJwk;
}

/**
 * The demo's keys, made at the first start (some seconds) and kept in the folder, readable by its user
 * only. Several starting processes get the same ones.
 * @throws in production
 */
export async function demoFitConnectKeys(env: 'demo' | 'production', directory: string): Promise<DemoFitConnectKeys> {
  if (env === 'production') throw new Error('demo keys must not be used in production');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const [decrypts, signs, service, sender] = await Promise.all([
    kept(join(directory, 'demo-decrypt.json'), 'encryption'),
    kept(join(directory, 'demo-sign.json'), 'signature'),
    kept(join(directory, 'demo-service.json'), 'signature'),
    kept(join(directory, 'demo-online-service.json'), 'encryption'),
  ]);
  return { subscriber: { decryption: [decrypts], signature: signs }, service, sender };
}

async function kept(path: string, purpose: KeyPurpose): Promise<PrivateJwk> {
  const found = await readKey(path, purpose);
  if (found !== undefined) return found;
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify(await makeJwk(purpose)), { mode: 0o600 });
  // A link is made whole or not at all: of several starting processes exactly one is the maker.
  await link(mine, path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  await unlink(mine);
  const made = await readKey(path, purpose);
  if (made === undefined) throw new Error(`${path} ist kein Schlüssel für FIT-Connect. Löschen Sie die Datei, dann entsteht ein neuer.`);
  return made;
}

async function readKey(path: string, purpose: KeyPurpose): Promise<PrivateJwk | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : readPrivateJwk(parsed(text), purpose);
}

/** A new key pair of 4096 bits. */
export async function makeJwk(purpose: KeyPurpose): Promise<PrivateJwk> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 4096 });
  const names = purpose === 'encryption' ? { alg: 'RSA-OAEP-256', key_ops: ['unwrapKey'] } : { alg: 'PS512', key_ops: ['sign'] };
  const jwk = readPrivateJwk({ ...privateKey.export({ format: 'jwk' }), ...names, kid: randomUUID() }, purpose);
  if (jwk === undefined) throw new Error('a new key does not fit its own purpose');
  return jwk;
}
