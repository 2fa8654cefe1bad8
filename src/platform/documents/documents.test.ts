import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { checkSeal } from './check.ts';
import { demoSealKey, readP12, trustAnchor } from './keys.ts';
import { loadSeal } from './load-seal.ts';
import type { Pdf } from './port.ts';
import { createSeal } from './seal.ts';
import { TemplateError } from './template-error.ts';
import { answersTemplate, createTypesetter, type AnswersData } from './typesetter.ts';

const NOW = Temporal.Instant.from('2026-11-23T10:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'kontor-documents-'));
after(() => rmSync(folder, { recursive: true }));

/** Runs a Debian tool and gives what it prints. */
const tool = (name: string, ...args: string[]): string => execFileSync(name, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Skips a test, with the reason in sight, where a Debian tool is not installed. */
function unless(name: string, debianPackage: string): { skip: string | false } {
  const found = process.env['PATH']!.split(':').some((directory) => existsSync(join(directory, name)));
  return { skip: found ? false : `${name} fehlt: apt-get install ${debianPackage}` };
}

const DATA: AnswersData = {
  title: 'Ihre Angaben',
  fileNumber: 'BF-2026-000001-K',
  submittedAt: '23.11.2026, 10:00 Uhr',
  authority: 'Bezirksamt Altona',
  sections: [
    { heading: 'Baum 1', rows: [{ label: 'Hostile', value: '#read("/etc/passwd") *fett* $x$ #panic()' }, { label: 'Zeichen', value: 'Zeile 1\nZeile 2 😀 עברית' }, { label: 'Lang', value: 'Donaudampfschifffahrtsgesellschaft'.repeat(9) }] },
  ],
};
const ATTACHMENT = { name: 'bescheid.json', mediaType: 'application/json', bytes: Buffer.from('{"entscheidung":"erteilt"}'), description: 'Entscheidung' };

describe('a sealed letter', () => {
  let plain: Pdf;
  let sealed: Pdf;
  let anchors: Parameters<typeof checkSeal>[1];
  const plainPath = join(folder, 'plain.pdf');
  const sealedPath = join(folder, 'sealed.pdf');

  before(async () => {
    plain = await createTypesetter({ clock: () => NOW }).compile(answersTemplate, DATA, [ATTACHMENT]);
    const key = await demoSealKey(join(folder, 'authority'), NOW);
    anchors = [trustAnchor(key)];
    sealed = await createSeal(key, { demo: true }).seal(plain, { reason: 'Bescheid', at: NOW });
    writeFileSync(plainPath, plain);
    writeFileSync(sealedPath, sealed);
  });

  for (const [name, path] of [['before sealing', plainPath], ['after sealing', sealedPath]] as const) {
    it(`is tagged PDF/A-3a ${name}`, unless('pdfinfo', 'poppler-utils'), () => {
      assert.match(tool('pdfinfo', path), /Tagged:\s+yes/);
      const meta = tool('pdfinfo', '-meta', path);
      assert.match(meta, /<pdfaid:part>3</);
      assert.match(meta, /<pdfaid:conformance>A</);
    });
    it(`embeds every font and the attachment ${name}`, unless('pdffonts', 'poppler-utils'), () => {
      const rows = tool('pdffonts', path).trim().split('\n').slice(2);
      assert.ok(rows.length > 0);
      for (const row of rows) assert.match(row, /\s(yes)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/);
      assert.match(tool('pdfdetach', '-list', path), /bescheid\.json/);
    });
    it(`passes qpdf --check without a warning ${name}`, unless('qpdf', 'qpdf'), () => {
      assert.match(tool('qpdf', '--check', path), /No syntax or stream encoding errors/);
    });
  }

  it('prints what a person typed and runs none of it', unless('pdftotext', 'poppler-utils'), () => {
    const text = tool('pdftotext', plainPath, '-');
    assert.ok(text.includes('#read("/etc/passwd") *fett* $x$ #panic()'), text);
    assert.ok(!text.includes('root:'));
  });

  it('is an incremental update: the letter itself is untouched', () => {
    assert.ok(Buffer.from(sealed).subarray(0, plain.length - 6).equals(Buffer.from(plain).subarray(0, plain.length - 6)));
  });

  it('openssl cms -verify -cades accepts it', unless('openssl', 'openssl'), () => {
    const { der, data } = split(Buffer.from(sealed));
    writeFileSync(join(folder, 'sig.der'), der);
    writeFileSync(join(folder, 'sig.dat'), data);
    const ca = join(folder, 'authority/ca-cert.pem');
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', join(folder, 'sig.der'), '-content', join(folder, 'sig.dat'), '-CAfile', ca, '-purpose', 'any', '-out', '/dev/null'];
    execFileSync('openssl', args, { stdio: 'pipe' });
  });

  it('pdfsig trusts it and sees the whole file signed', unless('certutil', 'libnss3-tools'), () => {
    const nss = `sql:${mkdtempSync(join(folder, 'nss-'))}`;
    tool('certutil', '-N', '-d', nss, '--empty-password');
    tool('certutil', '-A', '-d', nss, '-n', 'ca', '-t', 'CT,C,C', '-i', join(folder, 'authority/ca-cert.pem'));
    const answer = tool('pdfsig', '-nssdir', nss, sealedPath);
    assert.match(answer, /Signature is Valid/);
    assert.match(answer, /Certificate is Trusted/);
    assert.match(answer, /Total document signed/);
    assert.match(answer, /ETSI\.CAdES\.detached/);
  });

  it('our own check finds it genuine and gives the decision back', async () => {
    const check = await checkSeal(sealed, anchors, true);
    assert.equal(check.verdict, 'genuine');
    assert.ok(check.verdict === 'genuine');
    assert.equal(check.subject, 'Kontor Demo-Behörde (DEMO)');
    assert.equal(check.sealedAt.toString(), NOW.toString());
    assert.deepEqual(JSON.parse(Buffer.from(check.attachments[0]!.bytes).toString()), { entscheidung: 'erteilt' });
  });

  it('one flipped byte anywhere breaks it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sealed.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(sealed);
        changed[at]! ^= flip;
        return (await checkSeal(changed, anchors, true)).verdict !== 'genuine';
      }),
      { numRuns: 300 },
    );
  });

  it('appended bytes, a second signature and a cut end are found', async () => {
    const wrong = [Buffer.concat([sealed, Buffer.from('\n%')]), Buffer.concat([sealed, sealed]), Buffer.from(sealed).subarray(0, -10)];
    for (const pdf of wrong) assert.equal((await checkSeal(pdf, anchors, true)).verdict, 'changed');
  });

  it("a stranger's seal is told apart, as are no seal and no PDF", async () => {
    const stranger = trustAnchor(await demoSealKey(join(folder, 'stranger'), NOW));
    assert.equal((await checkSeal(sealed, [stranger], true)).verdict, 'unknown-sealer');
    assert.equal((await checkSeal(plain, anchors, true)).verdict, 'unsealed');
    assert.equal((await checkSeal(Buffer.from('GIF89a'), anchors, true)).verdict, 'not-a-pdf');
    assert.equal((await checkSeal(new Uint8Array(), anchors, true)).verdict, 'not-a-pdf');
  });
});

describe('keys', () => {
  it('opens a p12 of openssl, and says plainly when the password is wrong', unless('openssl', 'openssl'), async () => {
    const [key, cert, p12] = ['k.pem', 'c.pem', 'k.p12'].map((name) => join(folder, name)) as [string, string, string];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-subj', '/CN=Amt', '-days', '30'], { stdio: 'pipe' });
    execFileSync('openssl', ['pkcs12', '-export', '-inkey', key, '-in', cert, '-passout', 'pass:geheim', '-out', p12], { stdio: 'pipe' });
    const opened = await readP12(readFileSync(p12), 'geheim');
    assert.equal(opened.chain.length, 0);
    await assert.rejects(readP12(readFileSync(p12), 'falsch'), /KONTOR_SEAL_PASSWORD/);
  });
  it('no demo authority in production', async () => {
    await assert.rejects(loadSeal({ env: 'production', directory: folder }, NOW), /KONTOR_SEAL_P12/);
  });
});

describe('templates', () => {
  it('a broken template names line and column', async () => {
    await assert.rejects(createTypesetter({ clock: () => NOW }).compile('= Gut\n#foo(', {}), (error) => error instanceof TemplateError && /2:5/.test(error.message));
  });
});

function split(pdf: Buffer): { der: Buffer; data: Buffer } {
  const [, start, end] = /\/ByteRange \[0 (\d+) (\d+)/.exec(pdf.toString('latin1'))!.map(Number) as [number, number, number];
  const padded = Buffer.from(pdf.subarray(start + 1, end - 1).toString('latin1'), 'hex');
  return { der: padded.subarray(0, padded.readUInt16BE(2) + 4), data: Buffer.concat([pdf.subarray(0, start), pdf.subarray(end)]) };
}
