import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import { expectOk } from '../../../kernel/result.ts';
import { ConfinedProcess } from '../../../platform/confined/confined-process.ts';
import { LETTER_TEMPLATE, letterData, needs, run, temporaryFolder } from '../../../platform/documents/testing.ts';
import { createTypesetter } from '../../../platform/documents/typesetter.ts';
import { zip } from '../../../platform/files/zip.ts';
import { STOPPED, UNREADABLE } from '../domain/problems.ts';
import { MAX_FILE_BYTES, readText, type HandedFile } from './read-text.ts';
import { READER_PROGRAM, systemTesseract } from './tesseract.ts';
import { testReading } from '../../../../test/support/reading.ts';

const ports = testReading();
after(() => ports.close());
const typesetter = createTypesetter({ clock: () => Temporal.Instant.from('2026-11-23T10:00:00Z') });
const folder = temporaryFolder();
const file = (bytes: Uint8Array | string, fileName = 'Datei.bin'): HandedFile => ({ fileName, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes });
const text = (content: string) => ({ bytes: Buffer.from(content) });

describe('a file is read by what is in it', () => {
  it('a letter of the city: pages, headings, rows', async () => {
    const read = expectOk(await readText(file(await typesetter.compile(LETTER_TEMPLATE, letterData()), 'brief.txt'), ports));
    assert.equal(read.format, 'pdf');
    assert.equal(read.title, 'Genehmigung zur Baumfällung');
    assert.equal(read.pages.length, 2);
    assert.match(read.pages[0]!.text, /Wir genehmigen die Fällung der Stieleiche mit einem Stammumfang von 182 cm unter der Auflage einer Ersatzpflanzung/);
    const headings = read.pages[1]!.headings.map(({ start, end }) => read.pages[1]!.text.slice(start, end));
    assert.deepEqual(headings, ['Nebenbestimmungen', 'Angaben', 'Rechtsbehelfsbelehrung']);
    assert.deepEqual(read.tables.at(-1)?.rows[1], ['Baum 1', 'Stieleiche, 182 cm']);
    assert.deepEqual(read.warnings, []);
  });
  it('DOCX and ODT', async () => {
    const docx = zip([
      { name: '[Content_Types].xml', ...text('<Types/>') },
      { name: 'word/document.xml', ...text('<w:document><w:p><w:r><w:t>Größe</w:t></w:r></w:p></w:document>') },
      { name: 'docProps/core.xml', ...text('<cp:coreProperties><dc:title>Ein Vermerk</dc:title></cp:coreProperties>') },
    ]);
    const word = expectOk(await readText(file(docx, 'a.pdf'), ports));
    assert.deepEqual([word.format, word.title, word.pages[0]?.text], ['docx', 'Ein Vermerk', 'Größe']);
    const odt = zip([
      { name: 'mimetype', ...text('application/vnd.oasis.opendocument.text') },
      { name: 'content.xml', ...text('<office:text><text:p>Hallo</text:p></office:text>') },
    ]);
    const open = expectOk(await readText(file(odt, 'Mein Text.odt'), ports));
    assert.deepEqual([open.format, open.title, open.pages[0]?.text], ['odt', 'Mein Text', 'Hallo']);
  });
  it('a mail with an attachment, which is named and not opened', async () => {
    const mail = [
      'From: Erika Muster <erika@example.org>',
      'To: amt@example.org',
      'Subject: =?utf-8?q?Antrag_f=C3=BCr_B=C3=A4ume?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Ich bitte um <b>Genehmigung</b>.</p><script>böse()</script>',
      '--x',
      'Content-Type: application/pdf; name="plan.pdf"',
      'Content-Disposition: attachment; filename="plan.pdf"',
      '',
      '%PDF-1.4 geheim',
      '--x--',
    ].join('\r\n');
    const read = expectOk(await readText(file(mail), ports));
    assert.deepEqual([read.format, read.title], ['mail', 'Antrag für Bäume']);
    assert.match(read.pages[0]!.text, /Von: Erika Muster <erika@example.org>[^]*Anhänge: plan.pdf[^]*Ich bitte um Genehmigung/);
    assert.doesNotMatch(read.pages[0]!.text, /geheim|böse/);
    assert.equal(read.warnings[0]?.kind, 'attachments');
  });
  it('CSV, and a text that does not say its character set', async () => {
    assert.deepEqual(expectOk(await readText(file('a;b\n1;2\n3;4', 'x.txt'), ports)).tables[0]?.rows, [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    const old = expectOk(await readText(file(Buffer.from('Sch\xf6ne Gr\xfc\xdfe', 'latin1'), 'alt.txt'), ports));
    assert.equal(old.pages[0]?.text, 'Schöne Grüße');
    assert.equal(old.warnings[0]?.kind, 'encoding');
  });
  it('NUL and halves of signs become the sign for what could not be read', async () => {
    const read = expectOk(await readText(file('vor\0nach', 'x.txt'), ports));
    assert.equal(read.pages[0]?.text, 'vor\u{FFFD}nach');
  });
});

/** A scan: the letter's first page as a picture, inside a PDF. */
let scanned: Promise<{ readonly png: Uint8Array; readonly pdf: Uint8Array }> | undefined;
const scan = () => (scanned ??= drawnScan());

async function drawnScan(): Promise<{ readonly png: Uint8Array; readonly pdf: Uint8Array }> {
  const bytes = await typesetter.compile(LETTER_TEMPLATE, letterData());
  await ports.reader.ask({ do: 'open', sha256: 'scan', fileName: 'scan', bytes });
  const drawn = expectOk(await ports.reader.ask<{ value: Uint8Array }>({ do: 'picture', sha256: 'scan', page: 1 }));
  const source = '#set page(margin: 0pt)\n#image("/attachments/0", width: 100%, alt: "Scan")';
  const pdf = await typesetter.compile(source, {}, [{ name: 'scan.png', mediaType: 'image/png', bytes: drawn.value, description: 'Scan', drawn: true }]);
  return { png: drawn.value, pdf };
}

describe('a scan', () => {
  for (const engine of ['bundled', 'system'] as const)
    it(`is read by the ${engine} recognition, said to be, and its words are right`, async (t) => {
      const recognition = engine === 'bundled' ? ports.recognition : await systemTesseract();
      if (recognition === undefined) return t.skip('tesseract mit Deutsch fehlt: apt-get install tesseract-ocr tesseract-ocr-deu');
      const { pdf } = await scan();
      const done: number[] = [];
      const read = expectOk(await readText(file(pdf, 'scan.pdf'), { ...ports, recognition }, { told: (page) => done.push(page) }));
      assert.match(read.pages[0]!.text, /Wir genehmigen die Fällung der Stieleiche mit einem Stammumfang von 182 cm unter der Auflage/);
      assert.equal(read.pages[0]?.ocr, true);
      assert.equal(read.warnings[0]?.kind, 'ocr');
      assert.deepEqual(done, [1]);
    });
  it('is stopped in the middle when nobody wants it any more', async () => {
    const { png } = await scan();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const started = performance.now();
    assert.deepEqual(await readText(file(png, 'scan.png'), ports, { signal: stop.signal }), { ok: false, problem: STOPPED });
    assert.ok(performance.now() - started < 5000);
  });
});

/** A ZIP of one deflated file. */
function deflated(name: string, bytes: Uint8Array): Uint8Array {
  const packed = deflateRawSync(bytes);
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt32LE(crc32(bytes), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(bytes.length, 18);
  facts.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, Buffer.from(name), packed]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0'), facts, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

describe('a hostile file', () => {
  const zipped = (xml: string) => zip([{ name: 'word/document.xml', ...text(xml) }]);
  for (const [what, bytes, problem] of [
    ['that is empty', () => Buffer.alloc(0), UNREADABLE.empty],
    ['of spaces', () => Buffer.from(' \n\t '), UNREADABLE.empty],
    ['of random bytes', () => Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251)), UNREADABLE.unknown],
    ['that is a cut PDF', () => Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog'), UNREADABLE.damaged],
    ['that is a cut picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), UNREADABLE.damaged],
    ['that is a cut ZIP', () => Buffer.from('PK\u0003\u0004abc'), UNREADABLE.damaged],
    ['that is some ZIP', () => zip([{ name: 'a.txt', ...text('a') }]), UNREADABLE.unknown],
    ['that defines entities', () => zipped('<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>'), UNREADABLE.entities],
    ['that is a zip bomb', () => deflated('word/document.xml', Buffer.alloc(151 * 1024 * 1024)), UNREADABLE.bomb],
    ['that is an old Word file', () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]), UNREADABLE.unknown],
    [
      'that is a Word file with a password',
      () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]),
      UNREADABLE.encrypted,
    ],
  ] as const)
    it(`${what} is refused in plain words`, async () => assert.deepEqual(await readText(file(bytes()), ports), { ok: false, problem }));

  it('with a password is refused', needs('qpdf', 'qpdf'), async () => {
    const [plain, locked] = [join(folder, 'plain.pdf'), join(folder, 'locked.pdf')];
    writeFileSync(plain, await typesetter.compile('Geheim', {}));
    run('qpdf', '--encrypt', 'auf', 'zu', '256', '--', plain, locked);
    assert.deepEqual(await readText(file(readFileSync(locked)), ports), { ok: false, problem: UNREADABLE.encrypted });
  });
  it('that is too large is refused before it is looked at', async () => {
    const read = await readText(file(new Uint8Array(MAX_FILE_BYTES + 1)), ports);
    assert.ok(!read.ok && read.problem.kind === 'too-large' && read.problem.detail.includes('25 MB'));
  });
  it('of 1,200 pages is read up to the limit, and says so', async () => {
    const pdf = await typesetter.compile('#for n in range(1, 1201) { page(width: 60mm, height: 40mm)[Blatt #n] }', {});
    const read = expectOk(await readText(file(pdf, 'akte.pdf'), ports));
    assert.equal(read.pages.length, 1000);
    assert.match(read.pages.at(-1)!.text, /Blatt 1000/);
    assert.match(read.warnings[0]!.detail, /hat 1\.200 Seiten. Gelesen werden die ersten 1\.000/);
  });
  it('that keeps the process busy is given up, and the next one is read', async () => {
    const hurried = new ConfinedProcess(READER_PROGRAM, { milliseconds: 1, memoryBytes: 1_500_000_000 });
    assert.deepEqual(await readText(file('Hallo'), { ...ports, reader: hurried }), { ok: false, problem: UNREADABLE.slow });
    hurried.close();
    const small = new ConfinedProcess(READER_PROGRAM, { milliseconds: 60_000, memoryBytes: 1 });
    assert.deepEqual(await readText(file('Hallo'), { ...ports, reader: small }), { ok: false, problem: UNREADABLE.bomb });
    small.close();
    assert.equal(expectOk(await readText(file('Hallo'), ports)).pages[0]?.text, 'Hallo');
  });
  it('reads nothing of the machine: the process may not', async () => {
    const html = '<html><body><p>eins</p><img src="file:///etc/passwd"><iframe src="http://127.0.0.1/"></iframe></body></html>';
    assert.equal(expectOk(await readText(file(html), ports)).pages[0]?.text, 'eins');
  });
});
