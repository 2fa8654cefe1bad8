import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chainMistake, readPrivateJwk, readPublicJwk, type FitConnectJwk } from './fit-connect-jwk.ts';

const folder = mkdtempSync(join(tmpdir(), 'fit-connect-chain-'));
const file = (name: string): string => join(folder, name);
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
const PSS = ['-sha512', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:64'];

/** A certificate by openssl, signed with RSASSA-PSS and SHA-512 as the Verwaltungs-PKI does. */
function issue(name: string, issuer: string | undefined, { ca = false, bits = 4096, days = '30' } = {}): void {
  openssl('genrsa', '-out', `${name}.key`, String(bits));
  openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
  writeFileSync(file(`${name}.ext`), ca ? 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' : 'basicConstraints=CA:FALSE\n');
  const by = issuer === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
  openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-days', days, '-extfile', `${name}.ext`, ...PSS, '-out', `${name}.crt`);
}
const pem = (name: string): string => readFileSync(file(`${name}.crt`), 'utf8');
const der = (name: string): string => new X509Certificate(pem(name)).raw.toString('base64');

function jwk(name: string, chain: readonly string[]): FitConnectJwk {
  const { n } = createPublicKey(readFileSync(file(`${name}.key`))).export({ format: 'jwk' });
  return { kty: 'RSA', kid: 'key-of-the-test', alg: 'RSA-OAEP-256', key_ops: ['wrapKey'], n: n!, e: 'AQAB', x5c: chain.map(der) };
}

before(() => {
  issue('root', undefined, { ca: true });
  issue('ca', 'root', { ca: true });
  issue('leaf', 'ca');
  issue('other-root', undefined, { ca: true });
  issue('no-ca', 'root');
  issue('under-no-ca', 'no-ca');
  issue('weak', 'ca', { bits: 2048 });
});
after(() => rmSync(folder, { recursive: true }));

describe('certificates of a destination (x5c)', () => {
  const now = Temporal.Now.instant();
  const check = (key: FitConnectJwk, { anchors = ['root'], at = now } = {}) => chainMistake(key, anchors.map(pem), at);
  it('takes a whole chain, one without its root, and one whose root is named', () => {
    assert.equal(check(jwk('leaf', ['leaf', 'ca', 'root'])), undefined);
    assert.equal(check(jwk('leaf', ['leaf', 'ca'])), undefined);
    assert.equal(check(jwk('leaf', ['leaf', 'ca']), { anchors: ['other-root', 'root'] }), undefined);
  });
  const withoutChain = (key: FitConnectJwk): FitConnectJwk => {
    const { x5c: _, ...rest } = key;
    return rest;
  };
  const refusals: readonly [name: string, mistake: string, key: () => FitConnectJwk, how?: Parameters<typeof check>[1]][] = [
    ['no certificate', 'no-certificate', () => withoutChain(jwk('leaf', []))],
    ['an empty list', 'no-certificate', () => jwk('leaf', [])],
    ['nonsense', 'unreadable', () => ({ ...jwk('leaf', []), x5c: ['bm9uc2Vuc2U='] })],
    ['a certificate for another key', 'other-key', () => jwk('leaf', ['ca', 'root'])],
    ['a chain of yesterday', 'not-valid-now', () => jwk('leaf', ['leaf', 'ca']), { at: now.add({ hours: 24 * 31 }) }],
    ['a chain of tomorrow', 'not-valid-now', () => jwk('leaf', ['leaf', 'ca']), { at: now.subtract({ hours: 1 }) }],
    ['2048 bits', 'weak', () => jwk('weak', ['weak', 'ca'])],
    ['a link left out', 'broken-chain', () => jwk('leaf', ['leaf', 'root'])],
    ['an issuer that is no authority', 'broken-chain', () => jwk('under-no-ca', ['under-no-ca', 'no-ca', 'root'])],
    ['a last one under an issuer that is no authority', 'unknown-root', () => jwk('under-no-ca', ['under-no-ca']), { anchors: ['no-ca'] }],
    ['a foreign root', 'unknown-root', () => jwk('leaf', ['leaf', 'ca', 'root']), { anchors: ['other-root'] }],
    ['no root configured', 'unknown-root', () => jwk('leaf', ['leaf', 'ca', 'root']), { anchors: [] }],
  ];
  for (const [name, mistake, key, how] of refusals) it(`refuses ${name}: ${mistake}`, () => assert.equal(check(key(), how), mistake));
});

describe('keys for one purpose', () => {
  it('reads a public key for its purpose and its id only', () => {
    const { x5c: _, ...key } = jwk('leaf', []);
    assert.ok(readPublicJwk(key, 'encryption', 'key-of-the-test') !== undefined);
    assert.equal(readPublicJwk(key, 'encryption', 'another-key-id'), undefined);
    assert.equal(readPublicJwk(key, 'signature', 'key-of-the-test'), undefined);
    assert.equal(readPublicJwk({ ...key, e: 'Aw' }, 'encryption', 'key-of-the-test'), undefined);
    assert.equal(readPublicJwk({ ...key, key_ops: ['verify'] }, 'encryption', 'key-of-the-test'), undefined);
    assert.equal(readPublicJwk({ ...key, d: 'AAAA' }, 'encryption', 'key-of-the-test'), undefined);
  });
  it('reads a private key of 4096 bits only', () => {
    const private_ = (name: string) => ({
      ...createPrivateKey(readFileSync(file(`${name}.key`))).export({ format: 'jwk' }),
      kid: 'key-of-the-test',
      alg: 'PS512',
      key_ops: ['sign'],
    });
    assert.ok(readPrivateJwk(private_('leaf'), 'signature') !== undefined);
    assert.equal(readPrivateJwk(private_('leaf'), 'encryption'), undefined);
    assert.equal(readPrivateJwk(private_('weak'), 'signature'), undefined);
  });
});
