import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { CompactEncrypt } from 'jose';
import { CACHE } from '../../../../test/support/temporary-database.ts';
import { expectOk, ok } from '../../../kernel/result.ts';
import { publicHalf, type PrivateJwk } from '../domain/fit-connect-jwk.ts';
import { decrypt, encryptFor } from './fit-connect-jwe.ts';
import { demoFitConnectKeys } from './fit-connect-keys.ts';
import { signSet, verifySet, type Signers } from './fit-connect-set.ts';

const LIMIT = 64 * 1024;
let key: PrivateJwk;
let signer: PrivateJwk;
let signers: Signers;
before(async () => {
  const keys = await demoFitConnectKeys('demo', join(CACHE, 'fit-connect'));
  key = keys.subscriber.decryption[0]!;
  signer = keys.service;
  const known = publicHalf(signer);
  signers = {
    authorOf: (issuer) => (issuer === 'https://service.example' ? 'delivery-service' : undefined),
    keyOf: async (_, kid) => ok(kid === known.kid ? known : undefined),
  };
});

const publicKey = () => createPublicKey({ key: { kty: 'RSA', n: key.n, e: key.e }, format: 'jwk' });
const sealed = (header: object, plain: Uint8Array = Buffer.from('{}')): Promise<string> =>
  new CompactEncrypt(plain).setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: key.kid, ...header }).encrypt(publicKey());

/** The token with one bit of one of its bytes turned. */
const flipped = (token: string, at: number, bit: number): string => {
  const bytes = Buffer.from(token, 'latin1');
  bytes[at % bytes.byteLength]! ^= 1 << bit;
  return bytes.toString('latin1');
};

describe('JWE of FIT-Connect (RFC 7516; RSA-OAEP-256, A256GCM)', () => {
  it('law: what is encrypted for a key is what it decrypts to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (plain) => {
        const jwe = await encryptFor(publicHalf(key), plain, 'application/json');
        assert.deepEqual(Buffer.from(expectOk(await decrypt(jwe, [key], LIMIT))), Buffer.from(plain));
      }),
      { numRuns: 20 },
    );
  });
  it('law: with any bit of any byte turned it is refused', async () => {
    const jwe = await encryptFor(publicHalf(key), Buffer.from('{"applicant":"somebody"}'), 'application/json');
    await fc.assert(
      fc.asyncProperty(fc.nat(jwe.length - 1), fc.nat(7), async (at, bit) => !(await decrypt(flipped(jwe, at, bit), [key], LIMIT)).ok),
      { numRuns: 300 },
    );
  });
  it('each last symbol of a segment too, whose unused bits decoders ignore', async () => {
    const jwe = await encryptFor(publicHalf(key), Buffer.from('{"a":1}'), 'application/json');
    const ends = [...jwe.matchAll(/\.|$/g)].map(({ index }) => index - 1);
    assert.equal(ends.length, 5);
    for (const at of ends)
      for (const bit of [0, 1, 2, 3, 4, 5, 6, 7]) assert.equal((await decrypt(flipped(jwe, at, bit), [key], LIMIT)).ok, false, `${at} ${bit}`);
  });
  it('unpacks DEF up to the limit, and no bomb', async () => {
    const packed = await sealed({ zip: 'DEF' }, Buffer.from('{"zip":true}'));
    assert.equal(Buffer.from(expectOk(await decrypt(packed, [key], LIMIT))).toString(), '{"zip":true}');
    const bomb = await sealed({ zip: 'DEF' }, Buffer.alloc(8 * 1024 * 1024));
    assert.ok(bomb.length < LIMIT, `${bomb.length} bytes that unpack to 8 MB (${deflateRawSync(Buffer.alloc(8)).length})`);
    const refused = await decrypt(bomb, [key], LIMIT);
    assert.ok(!refused.ok);
  });
  const refusals: readonly [name: string, reason: string, make: () => Promise<string> | string][] = [
    ['for another key', 'unknown-key', () => sealed({ kid: 'another-key-id' })],
    ['without a key id', 'unknown-key', () => sealed({ kid: undefined })],
    ['RSA-OAEP with SHA-1', 'wrong-algorithm', () => sealed({ alg: 'RSA-OAEP' })],
    ['A128GCM', 'wrong-algorithm', () => sealed({ enc: 'A128GCM' })],
    ['A256CBC-HS512', 'wrong-algorithm', () => sealed({ enc: 'A256CBC-HS512' })],
    [
      'a compression that is none',
      'wrong-algorithm',
      async () => (await sealed({})).replace(/^[^.]+/, Buffer.from('{"alg":"RSA-OAEP-256","enc":"A256GCM","zip":"GZ"}').toString('base64url')),
    ],
    ['four segments', 'malformed', async () => (await sealed({})).split('.').slice(1).join('.')],
    ['a header that is no object', 'malformed', async () => (await sealed({})).replace(/^[^.]+/, Buffer.from('[]').toString('base64url'))],
    ['nonsense', 'malformed', () => 'nonsense'],
    ['larger than the limit', 'too-large', () => sealed({}, randomBytes(LIMIT + 5000))],
    ['a little larger than the limit', 'too-large', () => sealed({}, randomBytes(LIMIT + 1))],
  ];
  for (const [name, reason, make] of refusals) {
    it(`${name}: ${reason}`, async () => {
      const refused = await decrypt(await make(), [key], LIMIT);
      assert.ok(!refused.ok);
      assert.equal(refused.problem, reason);
    });
  }
});

describe('Security Event Token (RFC 8417; PS512)', () => {
  const set = () =>
    signSet(
      {
        jti: '8538165b-9ce3-4097-871d-5b9581a3b4d9',
        issuer: 'https://service.example',
        issuedAt: Temporal.Instant.from('2026-11-24T09:00:00Z'),
        submissionId: 'f65feab2-4883-4dff-85fb-169448545d9f',
        caseId: 'f73d30c6-8894-4444-8687-00ae756fea90',
        event: 'create-submission',
      },
      signer,
    );
  it('what is signed is what is read', async () => {
    const read = expectOk(await verifySet(await set(), signers));
    assert.ok(!('refusal' in read));
    assert.deepEqual(read.author, 'delivery-service');
    assert.deepEqual(
      [read.claims.subject, read.claims.transaction, read.claims.issuedAt],
      ['submission:f65feab2-4883-4dff-85fb-169448545d9f', 'case:f73d30c6-8894-4444-8687-00ae756fea90', 1_795_510_800],
    );
  });
  it('law: with any bit of any byte turned it is refused', async () => {
    const token = await set();
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.nat(7), async (at, bit) => 'refusal' in expectOk(await verifySet(flipped(token, at, bit), signers))),
      { numRuns: 500 },
    );
  });
  it('law: no text at all is believed, and none throws', async () => {
    await fc.assert(fc.asyncProperty(fc.string(), async (text) => 'refusal' in expectOk(await verifySet(text, signers))));
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        const token = `${Buffer.from('{"alg":"PS512","typ":"secevent+jwt","kid":"x"}').toString('base64url')}.${Buffer.from(json).toString('base64url')}.AAAA`;
        return 'refusal' in expectOk(await verifySet(token, signers));
      }),
    );
  });
  it('a key list that offers a weak key, an encryption key or a secret key offers none', async () => {
    const token = await set();
    const weak = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
    const good = publicHalf(signer);
    for (const offered of [
      { ...good, ...weak },
      { ...good, alg: 'RSA-OAEP-256' },
      { ...good, key_ops: ['verify', 'sign'] },
      { ...good, use: 'enc' },
      signer,
      { kty: 'oct', k: 'AAAA', kid: good.kid },
      'x',
    ]) {
      const read = expectOk(await verifySet(token, { ...signers, keyOf: async () => ok(offered) }));
      assert.ok('refusal' in read && read.refusal === 'unknown-key', JSON.stringify(offered).slice(0, 60));
    }
  });
});
