import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { glossaryRows, namesStatute, STEMS, stemsIn, wordsOf } from './glossary.ts';
import { pathsOf, textOf } from './source-files.ts';

const rows = glossaryRows(textOf('docs/glossary.md'));
const words = new Set(
  pathsOf('src/**/*.ts')
    .filter((path) => !path.endsWith('.d.ts'))
    .flatMap((path) => [...wordsOf(path, textOf(path))]),
);
const used = stemsIn(words);

describe('docs/glossary.md', () => {
  it('has a row for each German word of law in an identifier', () => {
    assert.ok(used.size >= 12, `only ${used.size} words were found; the search is broken`);
    const known = new Set(rows.map(({ stem }) => stem));
    assert.deepEqual(
      [...used].filter((stem) => !known.has(stem)),
      [],
    );
  });
  it('has no row whose word stands nowhere, and no word twice', () => {
    assert.deepEqual(
      rows.filter(({ stem }) => !used.has(stem)),
      [],
    );
    assert.equal(new Set(rows.map(({ stem }) => stem)).size, rows.length);
  });
  it('names a statute and an English meaning in every row, in order', () => {
    for (const { term, source, english } of rows) {
      assert.ok(namesStatute(source), `${term}: ${source}`);
      assert.ok(english.length > 10, term);
    }
    const terms = rows.map(({ term }) => term);
    assert.deepEqual(terms, terms.toSorted(new Intl.Collator('de').compare));
  });
  it('lets no line of the table slip through unread', () => {
    const lines = textOf('docs/glossary.md')
      .split('\n')
      .filter((line) => line.startsWith('| ') && line.includes('`'));
    assert.equal(lines.length, rows.length);
  });
});

describe('The glossary check finds', () => {
  it('a word in a name, a key, a kind, a file name', () => {
    const of = (text: string, path = 'src/x.ts'): string[] => [...stemsIn(wordsOf(path, text))];
    assert.deepEqual(of('const endOfAnhoerung = 1;'), ['anhoerung']);
    assert.deepEqual(of('const a = { widerspruchBis: 1 };'), ['widerspruch']);
    assert.deepEqual(of("type Kind = 'nachforderung' | 'other';"), ['nachforderung']);
    assert.deepEqual(of('', 'src/feiertage.ts'), ['feiertag']);
  });
  it('nothing in prose', () => assert.deepEqual([...stemsIn(wordsOf('src/x.ts', "// Antrag\nconst text = 'Ihr Antrag ist da.';"))], []));
  it('a source that names no statute', () => {
    for (const wrong of ['', 'VwVfG', 'siehe oben', '§ VwVfG']) assert.equal(namesStatute(wrong), false, wrong);
  });
  it('every stem in lower case ASCII, none inside another', () => {
    for (const stem of STEMS) {
      assert.match(stem, /^[a-z]+$/);
      assert.deepEqual(
        STEMS.filter((other) => other !== stem && other.includes(stem)),
        [],
      );
    }
  });
});
