import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { X509Certificate } from 'node:crypto';
import { checkSeal } from './check.ts';
import { createP12Seal, type Seal } from './seal.ts';
import { cutOut, letterData, LETTER_TEMPLATE, needs, NOW, opensslP12, opensslVerify, run, temporaryFolder } from './testing.ts';
import { TimestampError, timestampFrom } from './timestamp.ts';
import type { TrustAnchor } from './trust.ts';
import { createTypesetter } from './typesetter.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const real = Temporal.Now.instant().add({ minutes: 2 });
const plain = await createTypesetter({ clock: () => NOW }).compile(LETTER_TEMPLATE, letterData());

/** How the authority answers: honestly, or in one of the ways it must not. */
type Behaviour = 'honest' | 'other-nonce' | 'other-imprint' | 'no-token' | 'garbage' | 'too-much' | 'status-500' | 'silent';

describe('time stamps (RFC 3161)', needs('openssl', 'openssl'), () => {
  let behaviour: Behaviour = 'honest';
  let server: Server;
  let url: string;
  let tsa: TrustAnchor;

  before(async () => {
    makeAuthority();
    tsa = { certificate: new X509Certificate(readFileSync(at('tsa-ca.pem'))).raw, use: 'timestamp', demo: false };
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (behaviour === 'silent') return;
        assert.equal(request.headers['content-type'], 'application/timestamp-query');
        response.writeHead(behaviour === 'status-500' ? 500 : 200, { 'content-type': 'application/timestamp-reply' });
        response.end(answer(behaviour, Buffer.concat(parts)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const sealer = async (anchors: readonly TrustAnchor[] = [tsa]): Promise<{ seal: Seal; pem: string }> => {
    const { p12, pem } = opensslP12(folder, { name: 'amt' });
    return { seal: await createP12Seal({ p12, password: 'geheim', now: real, tsaUrl: url, anchors }), pem };
  };
  const sealWith = async (how: Behaviour): Promise<Uint8Array> => {
    behaviour = how;
    return (await sealer()).seal.seal(plain, { reason: 'x', at: real });
  };

  it('a stamped seal is PAdES-B-T: openssl, pdfsig and our own check accept it', needs('pdfsig', 'poppler-utils'), async () => {
    behaviour = 'honest';
    const { seal, pem } = await sealer();
    const sealed = await seal.seal(plain, { reason: 'x', at: real });
    assert.match(opensslVerify(folder, sealed, pem), /successful/);
    writeFileSync(at('stamped.pdf'), sealed);
    assert.match(run('pdfsig', '-nocert', at('stamped.pdf')), /Signature is Valid/);
    const check = await checkSeal(sealed, seal.trustAnchors, real);
    assert.ok(check.verdict === 'genuine', JSON.stringify(check));
    assert.equal(check.timestamped, true);
    assert.ok(Math.abs(check.sealedAt.epochMilliseconds - Date.now()) < 60_000, 'the proven time, not the stated one, counts');
  });

  it('without trust in the time-stamper the stated time counts', async () => {
    behaviour = 'honest';
    const { seal } = await sealer();
    const sealed = await seal.seal(plain, { reason: 'x', at: real });
    const check = await checkSeal(
      sealed,
      seal.trustAnchors.filter((anchor) => anchor.use === 'seal'),
      real,
    );
    assert.ok(check.verdict === 'genuine');
    assert.equal(check.timestamped, false);
  });

  it('openssl ts verifies the token over the signature value', async () => {
    behaviour = 'honest';
    const token = await timestampFrom({ url, anchors: [tsa] })(Buffer.from('signature'));
    writeFileSync(at('token.der'), token);
    writeFileSync(at('stamped.bin'), 'signature');
    assert.match(
      run('openssl', 'ts', '-verify', '-in', at('token.der'), '-token_in', '-data', at('stamped.bin'), '-CAfile', at('tsa-ca.pem')),
      /Verification: OK/,
    );
  });

  it('a flipped byte of the stamp breaks the seal', async () => {
    behaviour = 'honest';
    const { seal } = await sealer();
    const sealed = Buffer.from(await seal.seal(plain, { reason: 'x', at: real }));
    const { cms, gapStart } = cutOut(sealed);
    const token = cms.indexOf(Buffer.from('060b2a864886f70d010910020e', 'hex'));
    assert.ok(token > 0);
    for (let i = token; i < cms.length; i += 5) {
      const flipped = Buffer.from(cms);
      flipped[i]! ^= 1 << (i % 8);
      const changed = Buffer.from(sealed);
      changed.write(flipped.toString('hex'), gapStart + 1, 'latin1');
      const check = await checkSeal(changed, seal.trustAnchors, real);
      assert.notEqual(check.verdict, 'genuine', `byte ${i} of ${cms.length}`);
    }
  });

  const wrong: readonly (readonly [Behaviour, RegExp])[] = [
    ['other-nonce', /Nonce/],
    ['other-imprint', /anderen Siegel/],
    ['no-token', /lehnt ab \(Status 2\)/],
    ['garbage', /lässt sich nicht lesen/],
    ['too-much', /zu vielen Daten/],
    ['status-500', /Status 500/],
  ];
  for (const [how, words] of wrong) {
    it(`${how}: no seal`, async () => {
      await assert.rejects(sealWith(how), (error) => error instanceof TimestampError && words.test(error.message));
    });
  }
  it('silence ends after the given time', async () => {
    behaviour = 'silent';
    await assert.rejects(timestampFrom({ url, anchors: [tsa], timeoutMilliseconds: 100 })(Buffer.from('x')), /antwortet nicht/);
  });
  it('nobody there: no seal', async () => {
    await assert.rejects(timestampFrom({ url: 'http://127.0.0.1:1/', anchors: [] })(Buffer.from('x')), /antwortet nicht/);
  });
  it('an authority that is not trusted: no seal', async () => {
    behaviour = 'honest';
    const stranger: TrustAnchor = { certificate: new X509Certificate(opensslP12(folder, { name: 'fremd' }).pem).raw, use: 'timestamp', demo: false };
    await assert.rejects(timestampFrom({ url, anchors: [stranger] })(Buffer.from('x')), /nicht vertraut/);
  });

  /** What `openssl ts -reply` answers to the query, or a distortion of it. */
  function answer(how: Behaviour, query: Buffer): Buffer {
    if (how === 'garbage') return Buffer.from('hallo');
    if (how === 'too-much') return Buffer.alloc(200_000);
    if (how === 'no-token') return rejection();
    const asked = Buffer.from(query);
    if (how === 'other-nonce') asked[asked.length - 6]! ^= 1;
    // The imprint stands right behind `04 20`, the tag and length of 32 octets.
    if (how === 'other-imprint') asked[asked.indexOf(Buffer.of(0x04, 0x20)) + 5]! ^= 1;
    writeFileSync(at('query.tsq'), asked);
    const { status, stderr } = spawnSync('openssl', ['ts', '-reply', '-config', at('tsa.cnf'), '-queryfile', at('query.tsq'), '-out', at('reply.tsr')], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return readFileSync(at('reply.tsr'));
  }
});

/** `TimeStampResp` with PKIStatus 2, rejection (RFC 3161, 2.4.2). */
const rejection = (): Buffer => Buffer.from('30053003020102', 'hex');

/** A CA and a time-stamping authority for `openssl ts`. */
function makeAuthority(): void {
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('tsa-ca.key'),
    '-out',
    at('tsa-ca.pem'),
    '-subj',
    '/CN=TSA-CA',
    '-days',
    '100',
    '-addext',
    'basicConstraints=critical,CA:true',
    '-addext',
    'keyUsage=critical,keyCertSign',
  );
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('tsa.key'),
    '-out',
    at('tsa.pem'),
    '-subj',
    '/CN=TSA',
    '-days',
    '100',
    '-CA',
    at('tsa-ca.pem'),
    '-CAkey',
    at('tsa-ca.key'),
    '-addext',
    'basicConstraints=critical,CA:false',
    '-addext',
    'keyUsage=critical,digitalSignature',
    '-addext',
    'extendedKeyUsage=critical,timeStamping',
  );
  writeFileSync(at('serial'), '01\n');
  writeFileSync(
    at('tsa.cnf'),
    `[tsa]\ndefault_tsa = city\n[city]\nserial = ${at('serial')}\nsigner_cert = ${at('tsa.pem')}\nsigner_key = ${at('tsa.key')}\nsigner_digest = sha256\n` +
      `default_policy = 1.2.3.4.1\ndigests = sha256, sha384, sha512\naccuracy = secs:1\ness_cert_id_alg = sha256\n`,
  );
}
