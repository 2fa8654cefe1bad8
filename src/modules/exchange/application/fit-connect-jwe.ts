import { createPrivateKey, createPublicKey } from 'node:crypto';
import { compactDecrypt, CompactEncrypt } from 'jose';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { jsonOf, segmentsOf } from '../domain/fit-connect-compact.ts';
import type { FitConnectJwk, PrivateJwk } from '../domain/fit-connect-jwk.ts';

/** The only algorithms (FIT-Connect, «Vorgaben für kryptographische Verfahren»). */
const ALG = 'RSA-OAEP-256';
const ENC = 'A256GCM';

export type JweRefusal = 'malformed' | 'wrong-algorithm' | 'unknown-key' | 'not-decryptable' | 'too-large';

/** Encrypts for the holder of the key. @param contentType `application/json` for metadata and data */
export function encryptFor(key: FitConnectJwk, plain: Uint8Array, contentType: string): Promise<string> {
  const header = { alg: ALG, enc: ENC, kid: key.kid, cty: contentType };
  return new CompactEncrypt(plain).setProtectedHeader(header).encrypt(createPublicKey({ key: { kty: key.kty, n: key.n, e: key.e }, format: 'jwk' }));
}

/**
 * Decrypts what was encrypted for one of our keys. Compressed contents (`zip: DEF`) are unpacked up to
 * the limit only.
 * @param maxBytes of the plain text
 */
export async function decrypt(jwe: string, keys: readonly PrivateJwk[], maxBytes: number): Promise<Result<Uint8Array, JweRefusal>> {
  // base64url takes 4 symbols for 3 bytes; header, key, vector and tag take less than 4 kB
  if (jwe.length > (maxBytes / 3) * 4 + 4096) return refuse('too-large');
  const segments = segmentsOf(jwe, 5);
  const header = jsonOf(segments?.[0]);
  if (header === undefined) return refuse('malformed');
  const { alg, enc, kid, zip, crit } = header;
  if (alg !== ALG || enc !== ENC || (zip !== undefined && zip !== 'DEF') || crit !== undefined) return refuse('wrong-algorithm');
  const key = keys.find((one) => one.kid === kid);
  if (key === undefined) return refuse('unknown-key');
  const { kty, n, e, d, p, q, dp, dq, qi } = key;
  try {
    const { plaintext } = await compactDecrypt(jwe, createPrivateKey({ key: { kty, n, e, d, p, q, dp, dq, qi }, format: 'jwk' }), {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
      maxDecompressedLength: maxBytes,
    });
    return plaintext.byteLength > maxBytes ? refuse('too-large') : ok(plaintext);
  } catch {
    return refuse('not-decryptable');
  }
}
