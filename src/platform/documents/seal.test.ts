import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { checkSeal } from './check.ts';
import { children, readDer } from './der.ts';
import { createP12Seal, loadSeal, type Seal } from './seal.ts';
import { SealConfigError } from './seal-config-error.ts';
import { cutOut, DECISION, letterData, LETTER_TEMPLATE, needs, NOW, opensslP12, opensslVerify, run, temporaryFolder } from './testing.ts';
import { createTypesetter } from './typesetter.ts';

const folder = temporaryFolder();
const started = Temporal.Now.instant();
/** Later than all certificates that openssl makes here, as it dates them from the real now. */
const real = started.add({ hours: 1 });
const plain = await createTypesetter({ clock: () => NOW }).compile(LETTER_TEMPLATE, letterData(), [DECISION]);
const plainPath = join(folder, 'plain.pdf');
writeFileSync(plainPath, plain);

const demo = await loadSeal({}, join(folder, 'demo'), 'demo', () => started);
const pemOf = (seal: Seal): string => new X509Certificate(seal.trustAnchors[0]!.certificate).toString();

/** Every outside program must accept what comes out, whatever kind of key sealed it. */
function acceptance(name: string, sealOf: () => Promise<{ seal: Seal; caPem: string }>): void {
  describe(`a letter sealed with ${name}`, needs('openssl', 'openssl'), () => {
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}.pdf`);
    let sealed: Uint8Array;
    let caPem: string;
    let seal: Seal;
    before(async () => {
      ({ seal, caPem } = await sealOf());
      sealed = await seal.seal(plain, { reason: 'Bescheid BF-2026-000001-K', at: real });
      writeFileSync(path, sealed);
    });

    it('openssl cms -verify -cades accepts it', () => {
      assert.match(opensslVerify(folder, sealed, caPem), /CAdES Verification successful/);
    });
    it('openssl refuses it when one signed byte differs', () => {
      const changed = Buffer.from(sealed);
      changed[1000]! ^= 1;
      assert.throws(() => opensslVerify(folder, changed, caPem), /verification failure|digest/i);
    });
    it('pdfsig finds it valid, trusted and whole', needs('certutil', 'libnss3-tools'), () => {
      const answer = pdfsig(path, caPem);
      for (const line of [/Signature is Valid/, /Certificate is Trusted/, /Total document signed/, /ETSI\.CAdES\.detached/]) assert.match(answer, line);
    });
    it('our own check finds it genuine', async () => {
      const check = await checkSeal(sealed, seal.trustAnchors, real);
      assert.ok(check.verdict === 'genuine', JSON.stringify(check));
      assert.equal(check.subject, seal.subject);
      assert.equal(check.sealedAt.epochMilliseconds, Math.floor(real.epochMilliseconds / 1000) * 1000);
      assert.deepEqual(
        check.attachments.map((one) => ({ ...one, bytes: Buffer.from(one.bytes).toString() })),
        [{ ...DECISION, bytes: Buffer.from(DECISION.bytes).toString() }],
      );
    });
    it('is as whole as before', needs('qpdf', 'qpdf'), () => wholeness(path));
  });
}

function pdfsig(path: string, caPem: string): string {
  const nss = `sql:${mkdtempSync(join(folder, 'nss-'))}`;
  const ca = join(folder, 'nss-ca.pem');
  writeFileSync(ca, caPem);
  run('certutil', '-N', '-d', nss, '--empty-password');
  run('certutil', '-A', '-d', nss, '-n', 'ca', '-t', 'CT,C,C', '-i', ca);
  return run('pdfsig', '-nssdir', nss, path);
}

/** Tags, PDF/A marks, fonts, attachment and syntax, by Debian's tools. */
function wholeness(path: string): void {
  assert.match(run('pdfinfo', path), /Tagged: +yes/);
  const metadata = run('pdfinfo', '-meta', path);
  assert.match(metadata, /<pdfaid:part>3<\/pdfaid:part><pdfaid:conformance>A<\/pdfaid:conformance>/);
  assert.match(run('pdfinfo', '-struct', path), /Table[\s\S]*TH/);
  const fonts = run('pdffonts', path)
    .trim()
    .split('\n')
    .filter((line) => /\d+ +\d+$/.test(line));
  assert.ok(fonts.length >= 2);
  for (const font of fonts) assert.match(font, / yes +(yes|no) +(yes|no) +\d+ +\d+$/);
  assert.match(run('pdfdetach', '-list', path), /1 embedded files\s+1: entscheidung\.json/);
  assert.match(run('qpdf', '--check', path), /No syntax or stream encoding errors/);
  assert.doesNotMatch(run('qpdf', '--check', path), /WARNING/);
}

it('the letter is tagged PDF/A-3a before sealing', needs('qpdf', 'qpdf'), () => wholeness(plainPath));

acceptance('the demo authority (P-256)', async () => ({ seal: demo, caPem: pemOf(demo) }));
for (const [name, key] of [
  ['RSA 3072', ['rsa:3072']],
  ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
] as const) {
  acceptance(`a p12 (${name})`, async () => {
    const { p12, rootPem } = chainOfThree(key);
    return { seal: await createP12Seal({ p12, password: 'geheim', now: real }), caPem: rootPem };
  });
}

describe('a seal from a chain of three', needs('openssl', 'openssl'), () => {
  it('brings the intermediate along, not the root', async () => {
    const { p12, rootPem } = chainOfThree(['rsa:2048']);
    const seal = await createP12Seal({ p12, password: 'geheim', now: real });
    const sealed = await seal.seal(plain, { reason: 'x', at: real });
    assert.equal(opensslVerify(folder, sealed, rootPem).includes('successful'), true);
    assert.equal(pemOf(seal), new X509Certificate(rootPem).toString());
    assert.equal((await checkSeal(sealed, seal.trustAnchors, real)).verdict, 'genuine');
    assert.equal((await checkSeal(sealed, demo.trustAnchors, real)).verdict, 'unknown-sealer');
  });
});

/** Root, intermediate and seal, made by openssl; the p12 holds all three. */
function chainOfThree(key: readonly string[]): { p12: Buffer; rootPem: string } {
  const at = (name: string): string => join(folder, `chain-${name}`);
  const ca = ['-addext', 'basicConstraints=critical,CA:true', '-addext', 'keyUsage=critical,keyCertSign'];
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('root.key'),
    '-out',
    at('root.pem'),
    '-subj',
    '/CN=Wurzel',
    '-days',
    '100',
    ...ca,
  );
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('mid.key'),
    '-out',
    at('mid.pem'),
    '-subj',
    '/CN=Mitte',
    '-days',
    '100',
    '-CA',
    at('root.pem'),
    '-CAkey',
    at('root.key'),
    ...ca,
  );
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    ...key,
    '-nodes',
    '-keyout',
    at('leaf.key'),
    '-out',
    at('leaf.pem'),
    '-subj',
    '/CN=Amt',
    '-days',
    '100',
    '-CA',
    at('mid.pem'),
    '-CAkey',
    at('mid.key'),
    '-addext',
    'basicConstraints=critical,CA:false',
    '-addext',
    'keyUsage=critical,nonRepudiation',
  );
  writeFileSync(at('all.pem'), readFileSync(at('mid.pem'), 'utf8') + readFileSync(at('root.pem'), 'utf8'));
  run(
    'openssl',
    'pkcs12',
    '-export',
    '-inkey',
    at('leaf.key'),
    '-in',
    at('leaf.pem'),
    '-certfile',
    at('all.pem'),
    '-passout',
    'pass:geheim',
    '-out',
    at('p12'),
  );
  return { p12: readFileSync(at('p12')), rootPem: readFileSync(at('root.pem'), 'utf8') };
}

describe('the signature (ETSI EN 319 142-1)', () => {
  it('leaves every byte of the letter as it is', async () => {
    const sealed = await demo.seal(plain, { reason: 'x', at: real });
    assert.ok(Buffer.from(sealed).subarray(0, plain.length).equals(Buffer.from(plain)));
  });
  it('has the three signed attributes and no signing time', async () => {
    const { cms } = cutOut(await demo.seal(plain, { reason: 'x', at: real }));
    const [, explicit] = children(readDer(cms));
    const signerInfo = children(children(children(explicit!)[0]!).at(-1)!)[0]!;
    const attributes = children(signerInfo).find((one) => one.tag === 0xa0)!;
    const types = children(attributes).map((one) => children(one)[0]!.content.toString('hex'));
    // contentType 1.9.3, messageDigest 1.9.4, signingCertificateV2 1.9.16.2.47; signingTime would be …1.9.5.
    assert.deepEqual(types, ['2a864886f70d010903', '2a864886f70d010904', '2a864886f70d010910022f']);
  });
  it('states time, reason and sealer in the dictionary', async () => {
    const sealed = Buffer.from(await demo.seal(plain, { reason: 'Bescheid (ä) <x>', at: real }));
    const text = sealed.toString('latin1', plain.length);
    assert.match(text, /\/SubFilter \/ETSI\.CAdES\.detached/);
    assert.ok(text.includes(`/M (D:${real.toString().slice(0, 19).replaceAll(/[-:T]/g, '')}+00'00')`));
    assert.ok(text.includes(`<feff${Buffer.from('Bescheid (ä) <x>', 'utf16le').swap16().toString('hex')}>`));
  });
  it('keeps the file identifier and its first half', async () => {
    const ids = [
      ...Buffer.from(await demo.seal(plain, { reason: 'x', at: real }))
        .toString('latin1')
        .matchAll(/\/ID \[/g),
    ];
    assert.equal(ids.length, 2);
  });
  it('is put on once only', async () => {
    const sealed = await demo.seal(plain, { reason: 'x', at: real });
    await assert.rejects(demo.seal(sealed, { reason: 'y', at: real }), /already/);
  });
  it('is refused to what is no PDF of ours', async () => {
    await assert.rejects(demo.seal(Buffer.from('GIF89a'), { reason: 'x', at: real }));
  });
});

describe('configuration', needs('openssl', 'openssl'), () => {
  const config = (cause: Promise<unknown>, words: RegExp): Promise<void> =>
    assert.rejects(cause, (error) => error instanceof SealConfigError && words.test(error.message));

  it('says plainly when the password is wrong', async () => {
    const { p12 } = opensslP12(folder, { name: 'wrong' });
    await config(createP12Seal({ p12, password: 'falsch', now: real }), /Passwort passt nicht/);
    await config(createP12Seal({ p12, password: '', now: real }), /Passwort passt nicht/);
  });
  it('says plainly when the file is none', async () => {
    await config(createP12Seal({ p12: Buffer.from('hallo'), password: 'x', now: real }), /keine PKCS#12-Datei/);
    await config(
      loadSeal({ seal: { p12: join(folder, 'nothing.p12'), password: 'x' } }, folder, 'production', () => real),
      /lässt sich nicht lesen/,
    );
  });
  it('refuses an expired certificate at the start and at sealing', async () => {
    const { p12 } = opensslP12(folder, { name: 'expired', days: '10' });
    await config(createP12Seal({ p12, password: 'geheim', now: real.add({ hours: 24 * 11 }) }), /abgelaufen/);
    const seal = await createP12Seal({ p12, password: 'geheim', now: real });
    await config(seal.seal(plain, { reason: 'x', at: real.add({ hours: 24 * 11 }) }), /abgelaufen/);
  });
  it('refuses a key that is too short', async () => {
    const { p12 } = opensslP12(folder, { name: 'short', key: ['rsa:1024'] });
    await config(createP12Seal({ p12, password: 'geheim', now: real }), /2048/);
  });
  it('opens a p12 of the old kind or says how to turn it into a new one', async () => {
    const { p12 } = opensslP12(folder, { name: 'legacy', legacy: true });
    await config(createP12Seal({ p12, password: 'geheim', now: real }), /openssl pkcs12 -legacy/);
  });
  it('production wants a p12, and no demo certificate is trusted there', async () => {
    await config(
      loadSeal({}, join(folder, 'production'), 'production', () => real),
      /kein Demo-Siegel/,
    );
    const { p12 } = opensslP12(folder, { name: 'stadt' });
    const path = join(folder, 'stadt.p12');
    writeFileSync(path, p12);
    const seal = await loadSeal({ seal: { p12: path, password: 'geheim' } }, join(folder, 'demo'), 'production', () => real);
    assert.equal(seal.demo, false);
    assert.ok(seal.trustAnchors.every((anchor) => !anchor.demo));
  });
  it('keeps trusting what an earlier seal of the authority sealed', async () => {
    const dir = join(folder, 'changing');
    const sealOf = async (name: string): Promise<Seal> => {
      const path = join(folder, `${name}.p12-file`);
      writeFileSync(path, opensslP12(folder, { name }).p12);
      return loadSeal({ seal: { p12: path, password: 'geheim' } }, dir, 'production', () => real);
    };
    const old = await (await sealOf('alt')).seal(plain, { reason: 'x', at: real });
    const { trustAnchors } = await sealOf('neu');
    assert.equal((await checkSeal(old, trustAnchors, real)).verdict, 'genuine');
    assert.equal(readdirSync(join(dir, 'anchors')).length, 2);
  });
  it('names an anchor that is none', async () => {
    const dir = join(folder, 'bad-anchor');
    mkdirSync(join(dir, 'anchors'), { recursive: true });
    writeFileSync(join(dir, 'anchors/tsa-x.pem'), 'hallo');
    await config(
      loadSeal({}, dir, 'demo', () => real),
      /tsa-x\.pem ist kein Zertifikat/,
    );
  });
});
