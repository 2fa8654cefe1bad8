import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadFonts } from './fonts.ts';
import { printable, REPLACEMENT } from './printable.ts';
import { TemplateError } from './template-error.ts';
import { DECISION, letterData, LETTER_TEMPLATE, needs, NOW, run, temporaryFolder } from './testing.ts';
import { answersTemplate, checkTemplate, createTypesetter, type AnswersData } from './typesetter.ts';

const folder = temporaryFolder();
const typesetter = createTypesetter({ clock: () => NOW });
const { covered } = loadFonts();

const answers = (value: string): AnswersData => ({
  title: 'Ihre Angaben',
  fileNumber: 'BF-2026-000001-K',
  submittedAt: '23.11.2026, 10:00 Uhr',
  authority: 'Bezirksamt Altona',
  sections: [
    {
      heading: 'Baum 1',
      rows: [
        { label: 'Bemerkung', value },
        { label: 'Leer', value: '' },
      ],
    },
  ],
});

/** The text of a PDF, in reading order, with runs of white space as one space. */
function textOf(pdf: Uint8Array, ...options: string[]): string {
  const path = join(folder, 'text.pdf');
  writeFileSync(path, pdf);
  return run('pdftotext', ...options, path, '-').replaceAll(/\s+/g, ' ');
}

describe('typesetter', () => {
  it('sets a letter with title, author, keywords and the date of the clock', needs('pdfinfo', 'poppler-utils'), async () => {
    const path = join(folder, 'letter.pdf');
    writeFileSync(path, await typesetter.compile(LETTER_TEMPLATE, letterData(), [DECISION]));
    const info = run('pdfinfo', '-isodates', path);
    assert.match(info, /Title: +Genehmigung zur Baumfällung\n/);
    assert.match(info, /Author: +Bezirksamt Hamburg-Mitte\n/);
    assert.match(info, /Keywords: +Baumfällung, BF-2026-000001-K\n/);
    assert.match(info, /CreationDate: +2026-11-23T10:00:00Z?/);
    assert.match(info, /Pages: +2\n/);
    assert.match(info, /Page size: +595\.276 x 841\.89 pts \(A4\)/);
    assert.match(run('pdfinfo', '-meta', path), /<rdf:li>de-DE<\/rdf:li>/);
  });

  it('tags headings, lists and tables', needs('pdfinfo', 'poppler-utils'), async () => {
    const path = join(folder, 'letter.pdf');
    writeFileSync(path, await typesetter.compile(LETTER_TEMPLATE, letterData()));
    const structure = run('pdfinfo', '-struct', path);
    for (const tag of ['H1', 'H2', 'L (block)', 'LBody', 'Table', 'THead', 'TH', 'TD']) assert.ok(structure.includes(tag), `${tag} is missing`);
  });

  it('embeds the attachment unchanged as associated file', needs('pdfdetach', 'poppler-utils'), async () => {
    const path = join(folder, 'attached.pdf');
    const binary = {
      name: 'bild.bin',
      mediaType: 'application/octet-stream',
      description: 'Bytes',
      bytes: Uint8Array.from({ length: 256 }, (_, index) => index),
    };
    const pdf = await typesetter.compile(LETTER_TEMPLATE, letterData(), [DECISION, binary]);
    writeFileSync(path, pdf);
    assert.match(run('pdfdetach', '-list', path), /2 embedded files/);
    const out = join(folder, 'out.json');
    run('pdfdetach', '-savefile', DECISION.name, '-o', out, path);
    assert.equal(run('cat', out), Buffer.from(DECISION.bytes).toString());
    assert.match(Buffer.from(pdf).toString('latin1'), /\/AFRelationship \/Data/);
  });

  it('prints what a person typed and runs none of it', needs('pdftotext', 'poppler-utils'), async () => {
    const hostile = [
      '#read("/etc/passwd")',
      '*fett* _schräg_ $x^2$',
      '#panic()',
      '= Kopf',
      '@quelle <marke>',
      '```#eval```',
      '\\u{41} \\ ~ --- "',
      '#import "@preview/x:1"',
      '// weg /* auch */',
      ']#[',
      '<script>alert(1)</script>',
    ];
    for (const value of hostile) {
      const text = textOf(await typesetter.compile(answersTemplate, answers(value)));
      assert.ok(text.includes(value), `${value} in ${text}`);
      assert.ok(!text.includes('root:'));
    }
  });

  it('keeps long words, links and line breaks inside the sheet', needs('pdftotext', 'poppler-utils'), async () => {
    const value = `${'W'.repeat(200)} ${'x'.repeat(300)} https://example.org/${'aB1'.repeat(80)}\n${'Donaudampfschifffahrtsgesellschaft'.repeat(6)}`;
    const path = join(folder, 'long.pdf');
    writeFileSync(path, await typesetter.compile(answersTemplate, answers(value)));
    const page = run('pdftotext', '-bbox', path, '-');
    const edges = [...page.matchAll(/<word [^>]*xMax="([\d.]+)"/g)].map((match) => Number(match[1]));
    assert.ok(edges.length > 20);
    assert.ok(Math.max(...edges) <= 595.28 - 56.6, `text ends at ${Math.max(...edges)} of 538.6 pt`);
  });

  it('leaves no line of a long address out', needs('pdftotext', 'poppler-utils'), async () => {
    const data = letterData();
    const addressee = [
      'Gemeinschaft der Wohnungseigentümerinnen und Wohnungseigentümer',
      'vertreten durch die Hausverwaltung Nord GmbH & Co. KG',
      'z. Hd. Frau Dr. Erika Musterfrau-Mustermann',
      'Abteilung Außenanlagen',
      'Aufgang 3, 4. Obergeschoss',
      'Heidestraße 17',
      '20457 Hamburg',
      'DEUTSCHLAND',
    ];
    const path = join(folder, 'address.pdf');
    writeFileSync(path, await typesetter.compile(LETTER_TEMPLATE, { ...data, head: { ...data.head, addressee } }));
    // The window of the envelope: 20 to 105 mm from the left, 45 to 90 mm from above (DIN 5008, form B); 1 px is 1 pt.
    const text = run('pdftotext', '-r', '72', '-x', '57', '-y', '128', '-W', '241', '-H', '127', '-f', '1', '-l', '1', path, '-').replaceAll(/\s+/g, ' ');
    for (const line of addressee) assert.ok(text.includes(line), `${line} is missing in ${text}`);
  });

  it('shows Arabic, Hebrew, emoji and the letters of DIN 91379', needs('pdftotext', 'poppler-utils'), async () => {
    const latin = 'ÄÖÜẞ ăâąåāảạ ćĉċčçĆ đďḍ ęěėēẽếệ ğĝġģǧ ħĥḥ ıİīįíî ĵ ķǩ łľļḷ ńňñņŋ őôōøǫơ ŕřŗ śşșŝšṣ ťţțṭþ ůűŭūųụư ŵẁẅ ýŷÿỹ źżžẓ əƏ Ʒʒ ĸ';
    const sequences = 'A̋ C̀ C̄ C̆ C̈ C̕ C̣ C̦ D̂ F̀ F̄ G̀ H̄ H̱ J́ K̀ K̂ K̄ L̂ L̥ M̀ M̂ M̆ M̐ N̂ N̆ P̀ P̄ R̥ S̀ S̄ T̄ T̕ U̇ Z̀ Z̄ Z̆ a̋ c̆ k̲ l̥̄ s̱̄ û̄';
    const text = textOf(await typesetter.compile(answersTemplate, answers(`${latin} ${sequences} مرحبا שלום 😀 Ελληνικά Русский €§№†`)));
    assert.ok(!text.includes(REPLACEMENT), text);
    for (const part of ['ẞ', 'ǫ', 'Ελληνικά', 'Русский', '😀', '€§№†']) assert.ok(text.includes(part), part);
  });

  it('shows a replacement for what no font has, and still makes PDF/A', needs('pdftotext', 'poppler-utils'), async () => {
    const text = textOf(await typesetter.compile(answersTemplate, answers('a 漢字 \u{e000} \u{1f9ff}\ud800 b')));
    assert.match(text, new RegExp(`a ${REPLACEMENT}${REPLACEMENT} ${REPLACEMENT}`));
  });

  it('sets any text whatever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (value) => {
        const pdf = await typesetter.compile(answersTemplate, answers(value));
        return pdf.length > 1000;
      }),
      { numRuns: 60 },
    );
  });

  it('takes very much text in time, and refuses more than that', async () => {
    const started = performance.now();
    await typesetter.compile(answersTemplate, answers('Wort '.repeat(40_000)));
    assert.ok(performance.now() - started < 10_000);
    await assert.rejects(typesetter.compile(answersTemplate, answers('x'.repeat(3 * 1024 * 1024))), /larger than/);
  });

  it('stops loops and recursion without end', async () => {
    for (const source of ['#while 1 < 2 { let x = 1 }', '#let f(x) = f(x + 1)\n#f(1)']) await assert.rejects(typesetter.compile(source, {}), TemplateError);
  });
});

describe('checkTemplate', () => {
  const cases: readonly (readonly [string, string, number, number, RegExp])[] = [
    ['an unknown name', '= Gut\n\n#datta.x', 3, 2, /unknown variable: datta/],
    ['a bracket left open', 'a\n#foo(', 2, 5, /unclosed delimiter/],
    ['a field the data lacks', '#import "/letter.typ": data\n#data.nothing', 2, 7, /nothing/],
    ['a package of the network', 'a #import "@preview/x:0.1.0": *', 1, 11, /keine Pakete/],
    ['data run as code', '\n#eval(data.x)', 2, 2, /eval/],
    ['a file of the machine', '#read("/etc/passwd")', 1, 7, /not found/],
    ['a file above the root', '#read("../../etc/passwd")', 1, 7, /access denied/],
  ];
  for (const [what, source, line, column, message] of cases) {
    it(`names line and column of ${what}`, () => {
      const [mistake] = checkTemplate(source, { x: 1 });
      assert.deepEqual({ file: mistake?.file, line: mistake?.line, column: mistake?.column }, { file: 'template', line, column });
      assert.match(mistake!.message, message);
    });
  }
  it('finds nothing in the house templates', () => {
    assert.deepEqual(checkTemplate(LETTER_TEMPLATE, letterData(), [DECISION]), []);
    assert.deepEqual(checkTemplate(answersTemplate, answers('x')), []);
  });
  it('names the house file when a head is incomplete', () => {
    const [mistake] = checkTemplate(LETTER_TEMPLATE, { ...letterData(), head: { subject: 'x', authority: { name: 'y' }, fileNumber: 'z' } });
    assert.equal(mistake?.file, '/letter.typ');
    assert.match(mistake.message, /addressee/);
  });
});

describe('printable', () => {
  it('drops marks that turn the reading direction, and controls', () => {
    assert.equal(printable('a\u202eb\u2066c\u0000d\ufeffe\u200df', covered), 'abcdef');
  });
  it('leaves nothing that the fonts lack', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        [...printable(text, covered)].every((sign) => covered.has(sign.codePointAt(0)!) || ['\n', '\u00ad', '\u200b'].includes(sign)),
      ),
    );
  });
  it('breaks an overlong word with a hyphen, a link without', () => {
    const word = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze';
    assert.equal(printable(`(${word}).`, covered).replaceAll('\u00ad', ''), `(${word}).`);
    assert.match(printable(`${word}.`, covered), /\u00ad/);
    assert.doesNotMatch(printable(`https://example.org/${word}`, covered), /\u00ad/);
  });
  it('leaves usual text as it is', () => {
    const text = 'Grundstücksverkehrsgenehmigung für Frau Müller-Lüdenscheidt: „65,00 €“';
    assert.equal(printable(text, covered), text);
  });
});
