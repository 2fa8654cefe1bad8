import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkSeal, MAX_CHECKED_BYTES } from './check.ts';
import { signCms } from './cms-sign.ts';
import { readP12 } from './p12.ts';
import type { SealCheck } from './port.ts';
import { addSignatureSlot, fillSlot, signedParts } from './signature-slot.ts';
import { createP12Seal, loadSeal } from './seal.ts';
import { cutOut, DECISION, letterData, LETTER_TEMPLATE, needs, NOW, opensslP12, run, temporaryFolder } from './testing.ts';
import { createTypesetter } from './typesetter.ts';

const folder = temporaryFolder();
const plain = Buffer.from(await createTypesetter({ clock: () => NOW }).compile(LETTER_TEMPLATE, letterData(), [DECISION]));
const seal = await loadSeal({}, join(folder, 'demo'), 'demo', () => NOW);
const sealed = Buffer.from(await seal.seal(plain, { reason: 'Bescheid', at: NOW }));
const { gapStart, gapEnd, cms } = cutOut(sealed);
const check = (pdf: Uint8Array, now = NOW): Promise<SealCheck> => checkSeal(pdf, seal.trustAnchors, now);
const verdict = async (pdf: Uint8Array, now = NOW): Promise<string> => (await check(pdf, now)).verdict;

/** The sealed file with a text replaced by one of the same length. */
function replaced(what: string, by: string): Buffer {
  assert.equal(what.length, by.length);
  const at = sealed.lastIndexOf(what);
  assert.ok(at > 0, `${what} is not in the file`);
  const changed = Buffer.from(sealed);
  changed.write(by, at, 'latin1');
  return changed;
}

/** An incremental update as any PDF tool would append it: `objects` win over the old ones. */
function updated(pdf: Buffer, objects: Readonly<Record<number, string>>): Buffer {
  const previous = Number(/startxref\n(\d+)/.exec(pdf.toString('latin1', pdf.lastIndexOf('startxref')))![1]);
  const root = /\/Root (\d+ 0 R)/.exec(pdf.toString('latin1', previous))![1];
  let body = pdf.toString('latin1');
  let table = 'xref\n';
  for (const [number, source] of Object.entries(objects)) {
    table += `${number} 1\n${String(body.length).padStart(10, '0')} 00000 n \n`;
    body += `${number} 0 obj\n${source}\nendobj\n`;
  }
  const at = body.length;
  return Buffer.from(`${body}${table}trailer\n<</Size 500 /Root ${root} /Prev ${previous}>>\nstartxref\n${at}\n%%EOF\n`, 'latin1');
}

/** Number of the object that holds `text` in the sealed file, and its source. */
function objectWith(text: string): { number: number; source: string } {
  const all = sealed.toString('latin1');
  const at = all.lastIndexOf(text);
  const start = all.lastIndexOf(' 0 obj\n', at);
  const number = Number(/(\d+)$/.exec(all.slice(start - 8, start))![1]);
  return { number, source: all.slice(start + 7, all.indexOf('\nendobj', at)) };
}

describe('a genuine seal', () => {
  it('is found, with sealer, time and attachment', async () => {
    const found = await check(sealed);
    assert.ok(found.verdict === 'genuine');
    assert.equal(found.subject, 'DEMO Kontor Demo-Behörde (Siegel)');
    assert.equal(found.sealedAt.toString(), NOW.toString());
    assert.equal(found.timestamped, false);
    assert.equal(found.demo, true);
    assert.deepEqual(found.attachments, [{ ...DECISION, bytes: Buffer.from(DECISION.bytes) }]);
  });
  it('stays genuine after the certificate ended, as the seal was made before', async () => {
    assert.equal(await verdict(sealed, NOW.add({ hours: 24 * 365 * 10 })), 'genuine');
  });
});

describe('one flipped byte', () => {
  it('anywhere breaks the seal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Buffer.from(sealed);
        changed[at]! ^= mask;
        return (await verdict(changed)) !== 'genuine';
      }),
      { numRuns: 400 },
    );
  });
  it('in the signature itself breaks it, at every place', async () => {
    for (let at = 0; at < cms.length; at++) {
      const flipped = Buffer.from(cms);
      flipped[at]! ^= 1 << (at % 8);
      const changed = Buffer.from(sealed);
      changed.write(flipped.toString('hex'), gapStart + 1, 'latin1');
      assert.notEqual(await verdict(changed), 'genuine', `byte ${at} of the signature`);
    }
  });
  it('in the zeros behind the signature breaks it', async () => {
    for (const at of [gapStart, gapStart + 1 + cms.length * 2, gapEnd - 2, gapEnd - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      assert.notEqual(await verdict(changed), 'genuine', `byte ${at}`);
    }
  });
  it('that only turns a small digit into a capital breaks it', async () => {
    const at = gapStart + 1 + sealed.toString('latin1', gapStart + 1, gapEnd).search(/[a-f]/);
    const changed = Buffer.from(sealed);
    changed[at]! ^= 0x20;
    assert.equal(await verdict(changed), 'changed');
  });
});

describe('what was done after sealing', () => {
  const RANGE = /\/ByteRange \[[^\]]+\]/.exec(sealed.toString('latin1'))![0];
  const page = objectWith('/Annots');
  const dictionary = objectWith('/SubFilter');
  const attacks: Readonly<Record<string, () => Buffer>> = {
    'a byte appended': () => Buffer.concat([sealed, Buffer.from('\n')]),
    'the file cut off': () => sealed.subarray(0, -1),
    'the file twice': () => Buffer.concat([sealed, sealed]),
    'incremental saving of a page': () => updated(sealed, { [page.number]: page.source.replace('/Contents', '/Contents 1 0 R /Old') }),
    'incremental saving without any object': () => updated(sealed, {}),
    'a second signature dictionary over the same bytes (wrapping)': () => updated(sealed, { [dictionary.number]: dictionary.source }),
    'objects hidden in the gap': () => {
      const hidden = Buffer.from('>/Evil true/Rest<');
      return Buffer.concat([sealed.subarray(0, gapEnd - 200), hidden, sealed.subarray(gapEnd - 200 + hidden.length)]);
    },
    'the second part moved to the end (signature wrapping)': () => {
      const evil = Buffer.from('\n900 0 obj\n<</Evil true>>\nendobj\n');
      return Buffer.concat([sealed.subarray(0, gapEnd), evil, sealed.subarray(gapEnd)]);
    },
    'no ByteRange (universal forgery)': () => replaced('/ByteRange', '/ByteRonge'),
    'an empty ByteRange': () => replaced(RANGE, '/ByteRange []'.padEnd(RANGE.length)),
    'a ByteRange that leaves out the end': () =>
      replaced(
        RANGE,
        RANGE.replace(/\d\]/, (end) => `${(Number(end[0]) + 9) % 10}]`),
      ),
    'a negative ByteRange': () => replaced('/ByteRange [0 ', '/ByteRange [-1'),
    'no Contents': () => replaced('/Contents <30', '/Contonts <30'),
    'Contents null': () => Buffer.from(sealed.toString('latin1').replace(sealed.toString('latin1', gapStart, gapEnd), 'null'), 'latin1'),
    'Contents of zeros': () => Buffer.from(sealed).fill('0', gapStart + 1, gapEnd - 1, 'latin1'),
    'another SubFilter': () => replaced('ETSI.CAdES.detached', 'adbe.pkcs7.detached'),
    'the form taken out of the catalog': () => replaced('/AcroForm', '/AcroFarm'),
  };
  for (const [name, attack] of Object.entries(attacks)) {
    it(`${name}: changed`, async () => {
      const found = await check(attack());
      assert.equal(found.verdict, 'changed');
      assert.match((found as { reason: string }).reason, /^[A-ZÄÖÜ].*\.$/);
    });
  }
  it('the signature of one letter put on another: changed', async () => {
    const other = Buffer.from(await createTypesetter({ clock: () => NOW }).compile(LETTER_TEMPLATE, letterData(2), [DECISION]));
    const target = Buffer.from(await seal.seal(other, { reason: 'Bescheid', at: NOW }));
    const { gapStart: start, gapEnd: end } = cutOut(target);
    target.fill('0', start + 1, end - 1, 'latin1').write(cms.toString('hex'), start + 1, 'latin1');
    assert.equal(await verdict(target), 'changed');
  });
  it('the seal cut off again: unsealed', async () => {
    assert.equal(await verdict(sealed.subarray(0, plain.length)), 'unsealed');
  });
});

describe('who sealed', () => {
  it("a stranger's own certificate: unknown", needs('openssl', 'openssl'), async () => {
    const now = Temporal.Now.instant().add({ hours: 1 });
    const { p12 } = opensslP12(folder, { name: 'Kontor Demo-Behörde' });
    const stranger = await createP12Seal({ p12, password: 'geheim', now });
    const found = await checkSeal(await stranger.seal(plain, { reason: 'x', at: now }), seal.trustAnchors, now);
    assert.deepEqual(found, { verdict: 'unknown-sealer', reason: 'Das Siegel stammt von einer Stelle, die hier nicht bekannt ist.' });
  });
  it('another demo authority of the same name: unknown', async () => {
    const other = await loadSeal({}, join(folder, 'other'), 'demo', () => NOW);
    assert.equal((await checkSeal(sealed, other.trustAnchors, NOW)).verdict, 'unknown-sealer');
    assert.equal((await checkSeal(sealed, [], NOW)).verdict, 'unknown-sealer');
  });
  it('an anchor for time stamps seals nothing', async () => {
    const anchors = seal.trustAnchors.map((anchor) => ({ ...anchor, use: 'timestamp' as const }));
    assert.equal((await checkSeal(sealed, anchors, NOW)).verdict, 'unknown-sealer');
  });
  it('a certificate that was expired when it sealed: unknown', needs('openssl', 'openssl'), async () => {
    const now = Temporal.Now.instant().add({ hours: 1 });
    const { p12 } = opensslP12(folder, { name: 'kurz', days: '1' });
    const short = await createP12Seal({ p12, password: 'geheim', now });
    const honest = Buffer.from(await short.seal(plain, { reason: 'x', at: now }));
    assert.equal((await checkSeal(honest, short.trustAnchors, now)).verdict, 'genuine');
    const late = await sealedLater(p12, now.add({ hours: 48 }));
    assert.deepEqual(await checkSeal(late, short.trustAnchors, now.add({ hours: 49 })), {
      verdict: 'unknown-sealer',
      reason: 'Das Zertifikat des Siegels war zum Zeitpunkt des Siegelns abgelaufen.',
    });
  });
  it('a seal from the future: unknown', async () => {
    assert.equal(await verdict(sealed, NOW.subtract({ minutes: 4 })), 'genuine');
    assert.equal(await verdict(sealed, NOW.subtract({ minutes: 6 })), 'unknown-sealer');
  });
});

/** Seals with a key whose certificate has ended, as a thief would: our own seal refuses to. */
async function sealedLater(p12: Buffer, at: Temporal.Instant): Promise<Buffer> {
  const slot = addSignatureSlot(plain, { name: 'x', reason: 'x', at, reserve: 4096 });
  return fillSlot(slot, await signCms(signedParts(slot), await readP12(p12, 'geheim')));
}

describe('other files', () => {
  it('a letter without seal: unsealed', async () => assert.equal(await verdict(plain), 'unsealed'));
  it('a PDF with cross-reference and object streams is read: unsealed', needs('qpdf', 'qpdf'), async () => {
    const [path, packed] = [join(folder, 'plain.pdf'), join(folder, 'packed.pdf')];
    writeFileSync(path, plain);
    run('qpdf', '--object-streams=generate', path, packed);
    assert.deepEqual(await check(readFileSync(packed)), { verdict: 'unsealed', reason: 'Die Datei trägt kein Siegel.' });
  });
  it('no PDF, nothing, too large: not-a-pdf', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('GIF89a'), Buffer.from(' %PDF-1.7'), Buffer.from('PK\u0003\u0004')])
      assert.equal(await verdict(bytes), 'not-a-pdf');
    const large = Buffer.alloc(MAX_CHECKED_BYTES + 1);
    large.write('%PDF-1.7');
    assert.equal(await verdict(large), 'not-a-pdf');
  });
  it('hostile bytes never throw and never take long', async () => {
    const tail = (xref: string, body = ''): string => `%PDF-1.7\n${body}\n${xref}`;
    const hostile = [
      tail('xref\n0 1\n0000000000 65535 f \ntrailer\n<</Prev 9 /Root 1 0 R>>\nstartxref\n10\n%%EOF'),
      tail('startxref\n9\n%%EOF', '['.repeat(1_000_000)),
      tail('startxref\n9\n%%EOF', '<<'.repeat(500_000)),
      tail('startxref\n9\n%%EOF', '('.repeat(1_000_000)),
      tail('startxref\n9\n%%EOF', `xref\n0 99999999\n${'0000000000 00000 n \n'.repeat(1000)}`),
      tail('startxref\n9\n%%EOF', `xref\n0 1\ntrailer\n<</Root 1 0 R /Root 2 0 R>>`),
      tail('startxref\n-5\n%%EOF'),
      tail('startxref\n99999999999999999999\n%%EOF'),
      tail('/ByteRange [0 1 2 3] /Contents <00>\nstartxref\n9\n%%EOF'),
      '%PDF-',
      `%PDF-1.7${' '.repeat(5_000_000)}startxref`,
      `%PDF-1.7${'startxref'.repeat(300_000)}`,
    ];
    for (const text of hostile) {
      const started = performance.now();
      assert.notEqual(await verdict(Buffer.from(text, 'latin1')), 'genuine');
      assert.ok(performance.now() - started < 1000, `took ${performance.now() - started} ms: ${text.slice(0, 40)}`);
    }
  });
  it('any change of several bytes, cut or shuffle is never genuine and never throws', async () => {
    const edit = fc.record({ at: fc.nat(sealed.length - 1), cut: fc.nat(200), put: fc.uint8Array({ maxLength: 100 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let bytes = sealed;
        for (const { at, cut, put } of edits) bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(Math.min(at + cut, bytes.length))]);
        return bytes.equals(sealed) || (await verdict(bytes)) !== 'genuine';
      }),
      { numRuns: 200 },
    );
  });
});
