import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { answersTemplate, createTypesetter } from '../../../platform/documents/typesetter.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { documentChecks } from '../../catalogue/public.ts';
import { findingsOf } from '../domain/findings.ts';
import { dinName, orientation } from '../domain/inspection.ts';
import { inspectDocument } from './inspect-document.ts';
import { makePdf } from './testing.ts';

const PDF = 'application/pdf';
const pdfOf = async (bytes: Uint8Array) => {
  const found = await inspectDocument(bytes, PDF);
  if (found.kind !== 'pdf') throw new assert.AssertionError({ message: JSON.stringify(found) });
  return found.pdf;
};
const rulesOf = async (bytes: Uint8Array, checks: object, mediaType = PDF): Promise<string[]> =>
  findingsOf(await inspectDocument(bytes, mediaType), documentChecks.parse(checks), bytes.length).map(({ rule, level }) => `${rule} ${level}`);

describe('The technical check of a PDF', () => {
  it('DIN 476: measures, name and orientation of every page', async () => {
    const bytes = makePdf([{ mm: [210, 297] }, { mm: [1189, 841] }, { mm: [300, 300] }]);
    const { pages, pageCount, version } = await pdfOf(bytes);
    assert.deepEqual(
      [pageCount, version, pages.map(dinName), pages.map(orientation)],
      [3, '1.4', ['A4', 'A0', undefined], ['portrait', 'landscape', 'portrait']],
    );
    assert.deepEqual(await rulesOf(bytes, { pageSizes: ['A4', 'A0'] }), ['pageSizes blocks', 'fonts hint']);
    assert.deepEqual(await rulesOf(bytes, { maxPages: 2 }), ['maxPages blocks', 'fonts hint']);
    assert.deepEqual(await rulesOf(bytes, { maxMegabytes: 0.0001 }), ['maxMegabytes blocks', 'fonts hint']);
  });

  it('ISO 19005: what our typesetter makes claims PDF/A-3a; what claims nothing is refused or advised', async () => {
    const typesetter = createTypesetter({ clock: () => Temporal.Instant.from('2026-11-24T09:00:00Z') });
    const data = { title: 'Antrag', fileNumber: 'X', submittedAt: 'heute', authority: 'Amt', sections: [] };
    const archive = await typesetter.compile(answersTemplate, data);
    const { pdfAClaim, fontsMissing, damaged } = await pdfOf(archive);
    assert.deepEqual([pdfAClaim, fontsMissing, damaged], ['3A', [], false]);
    assert.deepEqual(await rulesOf(archive, { pdfA: true }), []);
    const plain = makePdf([{ mm: [210, 297] }]);
    assert.deepEqual(await rulesOf(plain, { pdfA: true }), ['pdfA blocks', 'fonts hint']);
    assert.deepEqual(await rulesOf(plain, { pdfA: 'recommended' }), ['pdfA hint', 'fonts hint']);
  });

  it('encryption by qpdf is seen, with and without a password to open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
    try {
      writeFileSync(join(folder, 'plain.pdf'), makePdf([{ mm: [210, 297] }]));
      for (const user of ['', 'geheim']) {
        execFileSync('qpdf', ['--encrypt', user, 'owner', '256', '--', join(folder, 'plain.pdf'), join(folder, 'locked.pdf')]);
        assert.deepEqual(await rulesOf(readFileSync(join(folder, 'locked.pdf')), {}), ['noEncryption blocks']);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const [name, catalog, rule] of [
    ['JavaScript', '/OpenAction <</S /JavaScript /JS (app.alert(1))>>', 'noScript blocks'],
    ['a program to start', '/OpenAction <</S /Launch /F (calc.exe)>>', 'noScript blocks'],
    ['files inside', '/Names <</EmbeddedFiles <</Names []>>>>', 'attachments hint'],
  ] as const) {
    it(`${name} is found`, async () => {
      assert.ok((await rulesOf(makePdf([{ mm: [210, 297] }], catalog), {})).includes(rule));
    });
  }

  it('a truncated file is refused with the remedy, 500 pages are counted', async () => {
    const many = makePdf(Array.from({ length: 500 }, () => ({ mm: [210, 297] as const })));
    assert.equal((await pdfOf(many)).pageCount, 500);
    assert.ok((await rulesOf(many.subarray(0, many.length / 2), {})).some((rule) => /^(damaged|readable) blocks$/.test(rule)));
    assert.deepEqual(await rulesOf(Buffer.from('%PDF-1.7\nnothing'), {}), ['readable blocks']);
  });

  it('a stream that inflates a thousandfold does not trouble the check', async () => {
    const bomb = makePdf([{ mm: [210, 297], packed: deflateSync(Buffer.alloc(200_000_000)) }]);
    assert.equal((await pdfOf(bomb)).pageCount, 1);
  });
});

describe('The technical check of a picture', () => {
  it('reads pixels, and says what the file does not say', async () => {
    const picture = samplePicture();
    const found = await inspectDocument(picture, 'image/png');
    assert.ok(found.kind === 'image' && found.image.widthPx > 0 && found.image.heightPx > 0);
    assert.deepEqual(await rulesOf(picture, { minDpi: 300 }, 'image/png'), ['minDpi hint']);
    assert.deepEqual(await rulesOf(picture.subarray(0, 20), {}, 'image/png'), ['readable blocks']);
  });
});
