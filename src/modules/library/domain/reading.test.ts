import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleaned, decodedText } from './clean-text.ts';
import { csvText, separatorOf } from './csv-text.ts';
import { docxText, htmlText, odtText, plainText } from './flow-formats.ts';
import { binaryFormat, textFormat } from './format.ts';
import { joinedLines, paragraphsOf } from './joined-lines.ts';
import { laidOut, type PlacedText } from './layout.ts';
import { markupOf, unescaped } from './markup.ts';
import { repaired } from './ocr-repair.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

describe('lines of a paragraph', () => {
  for (const [one, two, whole] of [
    ['die Bau-', 'genehmigung gilt', 'die Baugenehmigung gilt'],
    ['das Bau-', 'und Wohnungsamt', 'das Bau- und Wohnungsamt'],
    ['die Nord-', 'Süd-Achse', 'die Nord-Süd-Achse'],
    ['von 2025-', '2026', 'von 2025-2026'],
    ['wir –', 'alle', 'wir – alle'],
    ['die Bau\u{AD}', 'akte', 'die Bauakte'],
    ['eine Zeile ', ' und noch eine', 'eine Zeile und noch eine'],
  ] as const)
    it(whole, () => assert.equal(joinedLines(one, two), whole));
  it('of a page are joined, those of an address are not', () => {
    const long = 'Dies ist eine Zeile, die bis an den rechten Rand der Seite reicht und weiter-';
    assert.equal(
      paragraphsOf(`Frau\nErika Muster\n\n${long}\ngeht bis hier. Ende.\n- ein Punkt\n\nGruß`),
      `Frau\nErika Muster\n\n${long.slice(0, -1)}geht bis hier. Ende.\n- ein Punkt\n\nGruß`,
    );
  });
});

describe('what character recognition got wrong', () => {
  for (const [read, right] of [
    ['nach 5 24 Abs. 2 VwVfG', 'nach § 24 Abs. 2 VwVfG'],
    ['(5 35 VwVfG)', '(§ 35 VwVfG)'],
    ['die 55 1 bis 3 SGB II', 'die §§ 1 bis 3 SGB II'],
    ['$ 4 Satz 1', '§ 4 Satz 1'],
    ['gemäß 573 Abs. 2 HBauO', 'gemäß § 73 Abs. 2 HBauO'],
    ['§24 VwVfG', '§ 24 VwVfG'],
    ['am 12, Mai 2026', 'am 12. Mai 2026'],
    ['am 12,05.2026', 'am 12.05.2026'],
    ['5 Euro, 5 Bäume und 5 24 Stunden', '5 Euro, 5 Bäume und 5 24 Stunden'],
    ['Haus 5 12 Mai', 'Haus 5 12 Mai'],
    ['1.5 24 Abs. 2', '1.5 24 Abs. 2'],
    ['Pegel 99,13.2026', 'Pegel 99,13.2026'],
    ['am 3, 4 und 5 Mai', 'am 3, 4 und 5 Mai'],
  ] as const)
    it(`«${read}» is «${right}»`, () => assert.equal(repaired(read), right));
});

const line = (text: string, x: number, y: number, width = text.length * 5, size = 10): PlacedText => ({ text, x, y, width, size });

describe('the words of a page', () => {
  it('come column by column', () => {
    const rows = Array.from({ length: 8 }, (_, n) => [
      line(`links ${n} bis an den Rand der`, 50, 100 + n * 12, 200),
      line(`rechts ${n} bis an den Rand der`, 300, 100 + n * 12, 200),
    ]);
    const { text } = laidOut([line('Überschrift über beide Spalten hinweg ganz breit', 50, 60, 450, 16), ...rows.flat()]);
    assert.ok(text.indexOf('links 7') < text.indexOf('rechts 0'), text);
    assert.ok(text.startsWith('Überschrift'));
  });
  it('keep the rows of a table', () => {
    const rows = Array.from({ length: 8 }, (_, n) => [line(`Baum ${n}`, 50, 100 + n * 14), line(`${n * 10} cm`, 300, 100 + n * 14)]);
    const { text, tables } = laidOut(rows.flat());
    assert.match(text, /^Baum 0\t0 cm\nBaum 1\t10 cm/);
    assert.equal(tables[0]?.length, 8);
  });
  it('are joined to paragraphs; headings stand out', () => {
    const { text, headings } = laidOut([
      line('Zuständigkeit', 50, 50, 100, 14),
      line('Die Behörde prüft den Antrag und die Bau-', 50, 80, 400),
      line('genehmigung nach dem Gesetz.', 50, 92, 200),
      line('Ein neuer Absatz.', 50, 120, 120),
    ]);
    assert.equal(text, 'Zuständigkeit\n\nDie Behörde prüft den Antrag und die Baugenehmigung nach dem Gesetz.\n\nEin neuer Absatz.');
    assert.deepEqual(
      headings.map(({ start, end }) => text.slice(start, end)),
      ['Zuständigkeit'],
    );
  });
  it('of an empty page are none', () => assert.deepEqual(laidOut([line(' ', 0, 0)]), { text: '', headings: [], tables: [] }));
});

describe('DOCX', () => {
  const body = (inner: string): string => `<?xml version="1.0"?><w:document><w:body>${inner}</w:body></w:document>`;
  const paragraph = (text: string, style = ''): string =>
    `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
  it('has paragraphs, headings, tables and pages', () => {
    const { pages, tables } = docxText(
      body(
        `${paragraph('Titel &amp; mehr', 'berschrift1')}${paragraph('Ein Satz.')}<w:tbl><w:tr><w:tc>${paragraph('A')}${paragraph('B')}</w:tc><w:tc>${paragraph('C')}</w:tc></w:tr><w:tr><w:tc>${paragraph('1')}</w:tc><w:tc>${paragraph('2')}</w:tc></w:tr></w:tbl><w:p><w:r><w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>Seite zwei</w:t><w:delText>weg</w:delText><w:instrText>FELD</w:instrText></w:r></w:p>`,
      ),
    );
    assert.deepEqual(
      pages.map(({ text }) => text),
      ['Titel & mehr\n\nEin Satz.\n\nA B\tC\n1\t2', 'Seite zwei'],
    );
    assert.deepEqual(pages[0]?.headings, [{ start: 0, end: 12, level: 1 }]);
    assert.deepEqual(tables, [
      {
        page: 1,
        rows: [
          ['A B', 'C'],
          ['1', '2'],
        ],
      },
    ]);
  });
  it('keeps a table inside a cell as words of the cell', () => {
    const inner = `<w:tbl><w:tr><w:tc>${paragraph('innen')}</w:tc></w:tr></w:tbl>`;
    assert.equal(
      docxText(body(`<w:tbl><w:tr><w:tc>${paragraph('a')}${inner}</w:tc><w:tc>${paragraph('b')}</w:tc></w:tr></w:tbl>`)).pages[0]?.text,
      'a innen\tb',
    );
  });
});

it('ODT has headings, spaces, page breaks and rows, and no notes', () => {
  const { pages } = odtText(
    '<office:text><text:tracked-changes><text:p>weg</text:p></text:tracked-changes><text:h text:outline-level="2">Kopf</text:h><text:p>Ein<text:s/>Satz<text:note><text:p>Fuß</text:p></text:note>.<text:line-break/>Zeile</text:p><text:soft-page-break/><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table></office:text>',
  );
  assert.deepEqual(
    pages.map(({ text }) => text),
    ['Kopf\n\nEin Satz.\nZeile', 'x\ty'],
  );
  assert.equal(pages[0]?.headings[0]?.level, 2);
});

describe('HTML', () => {
  it('is its words, and nothing that runs', () => {
    const { title, pages } = htmlText(
      '<!doctype html><html><head><title>Ein &Uuml;berblick</title><style>p{}</style><script>alert("<p>böse</p>")</script></head><body><h2>Kopf</h2><p>Hund &amp; Katze<br>neu</p><!-- <p>weg</p> --><ul><li>eins<li>zwei</ul><table><tr><td>a<td>b</td></tr></table><a href="javascript:x()">Link</a> < 5',
    );
    assert.equal(title, 'Ein Überblick');
    assert.match(pages[0]!.text, /^Kopf\n\nHund & Katze\nneu\n\n- eins\n\n- zwei\n\n/);
    assert.doesNotMatch(pages[0]!.text, /alert|böse|weg|javascript|p\{\}/);
    assert.match(pages[0]!.text, /Link < 5$/);
  });
  it('of tags that never end is read in the time it takes to read it', () => {
    const started = reckonedMs();
    const tokens = [...markupOf('<a "'.repeat(2000), true)];
    assert.ok(tokens.length > 0);
    assert.ok(reckonedMs() - started < 2000);
  });
  it('knows character references, and leaves what it does not know', () => {
    assert.equal(unescaped('&#167; 5 &#xe4; &nix; &#0; &#9999999; &lt;'), '§ 5 ä &nix; \u{FFFD} \u{FFFD} <');
  });
});

describe('CSV', () => {
  it('is rows, with quoted cells', () => {
    const text = 'Ort;Text;Euro\n"Mitte";"sagt ""ja""; oft";5\nNord;"zwei\nZeilen";6';
    assert.equal(separatorOf(text), ';');
    assert.equal(csvText(text, ';').pages[0]?.text, 'Ort\tText\tEuro\nMitte\tsagt "ja"; oft\t5\nNord\tzwei Zeilen\t6');
  });
  it('is not prose', () => {
    assert.equal(separatorOf('Sehr geehrte Frau Muster,\n\nwir danken Ihnen, dass Sie kamen.\nBis bald, Ihr Amt'), undefined);
    assert.equal(separatorOf('ein Wort'), undefined);
  });
  it('with a quote that never ends ends all the same', () => assert.equal(csvText('a;"b\nc;d', ';').pages[0]?.text, 'a\tb c;d'));
});

describe('a text', () => {
  it('is cut into pages at form feeds, and at paragraphs when it is long', () => {
    assert.deepEqual(
      plainText('eins\fzwei\n\n\n\nzwei b').pages.map(({ text }) => text),
      ['eins', 'zwei\n\nzwei b'],
    );
    const { pages } = plainText(Array.from({ length: 300 }, (_, n) => `Absatz ${n} ${'wort '.repeat(40)}`).join('\n\n'));
    assert.ok(pages.length > 2 && pages.every(({ text }) => text.length <= 20_000));
    const endless = plainText('🦊'.repeat(30_000)).pages;
    assert.ok(endless.length > 2 && endless.every(({ text }) => text.length <= 20_000 && text.isWellFormed()));
  });
  it('is cleaned of what no database keeps and no page shows', () => {
    assert.equal(cleaned('a\0b\u{D800}c\r\nd\u0007e\u{FEFF}'), 'a\u{FFFD}b\u{FFFD}c\nde');
  });
  it('is read in the character set it is in', () => {
    assert.deepEqual(decodedText(Buffer.from('Größe')), { text: 'Größe', guessed: false });
    assert.deepEqual(decodedText(Buffer.from('Gr\xf6\xdfe \x80', 'latin1')), { text: 'Größe €', guessed: true });
    assert.deepEqual(decodedText(Buffer.from('\ufeffGröße', 'utf16le')), { text: 'Größe', guessed: false });
  });
});

it('a format is told by what is in the file', () => {
  assert.equal(binaryFormat(Buffer.from('\n%PDF-1.7')), 'pdf');
  assert.equal(binaryFormat(Buffer.from([0x89, 0x50, 0x4e, 0x47])), 'image');
  assert.equal(binaryFormat(Buffer.from('PK\u0003\u0004')), 'zip');
  assert.equal(binaryFormat(Buffer.from('Hallo')), undefined);
  assert.equal(textFormat('From: a@b.example\r\nSubject: x\r\n\r\nHallo'), 'mail');
  assert.equal(textFormat('Subject: nur so\n\nkein Brief'), 'text');
  assert.equal(textFormat('  <!DOCTYPE html><p>'), 'html');
  assert.equal(textFormat('Von: mir\nAn: dich\n\nHallo'), 'text');
});
