import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blockProblems, mayVary, type Block, type BlockSurroundings } from './blocks.ts';
import { changeDraft, freshBlockId, pageProblems, slugProblem } from './landing.ts';
import { leichtProblem } from './leicht.ts';

const AROUND: BlockSurroundings = {
  hasService: (key) => key === 'hund',
  hasPicture: (sha) => sha === 'a'.repeat(64),
  today: Temporal.PlainDate.from('2026-11-24'),
};
const all = (text: string) => ({ de: text, en: text, leicht: text });
const LEAD: Block = { id: 'b1', kind: 'lead', words: { heading: all('Hund anmelden'), text: all('Das geht online.') } };
const BUTTON: Block = { id: 'b2', kind: 'service', words: { label: all('Hund jetzt anmelden') }, service: 'hund' };
const fields = (block: Block): readonly string[] => blockProblems(block, AROUND).map(({ field }) => field);

describe('a block of a landing page', () => {
  it('is taken when it is right', () => {
    for (const block of [LEAD, BUTTON]) assert.deepEqual(fields(block), []);
  });
  for (const [what, block, wrong] of [
    ['a language is missing', { ...LEAD, words: { ...LEAD.words, heading: { de: 'Hund', en: '', leicht: 'Hund' } } }, ['heading.en']],
    ['too long', { ...LEAD, words: { ...LEAD.words, heading: all('x'.repeat(101)) } }, ['heading.de', 'heading.en', 'heading.leicht']],
    [
      'a button that says "click here"',
      { ...BUTTON, words: { label: { de: 'Hier klicken', en: 'Click here', leicht: 'Hund anmelden' } } },
      ['label.de', 'label.en'],
    ],
    ['a button of one word', { ...BUTTON, words: { label: { de: 'Anmeldung', en: 'Register a dog', leicht: 'Hund anmelden' } } }, ['label.de']],
    ['a service that is not there', { ...BUTTON, service: 'katze' }, ['service']],
    [
      'a fee told by a campaign',
      { ...LEAD, words: { ...LEAD.words, text: { de: 'Die Gebühr ist klein.', en: 'The fee is small.', leicht: 'Das geht.' } } },
      ['text.de', 'text.en'],
    ],
    ['a remedy told by a campaign', { ...LEAD, words: { ...LEAD.words, text: { ...all('Das geht.'), de: 'Ein Widerspruch ist möglich.' } } }, ['text.de']],
    ['an amount of money', { ...LEAD, words: { ...LEAD.words, text: { ...all('Das geht.'), de: 'Nur 5 € im Jahr.' } } }, ['text.de']],
    [
      'a sentence too long for Leichte Sprache',
      { ...LEAD, words: { ...LEAD.words, text: { ...all('Das geht.'), leicht: `${'sehr '.repeat(16)}lang.` } } },
      ['text.leicht'],
    ],
    ['a fact without source and day', { id: 'b3', kind: 'fact', words: { text: all('Viele nutzen es.') }, source: '', date: 'gestern' }, ['source', 'date']],
    [
      'a fact with a quotation',
      { id: 'b3', kind: 'fact', words: { text: all('Sie sagte „gut“.') }, source: 'x', date: '2025-01-01' },
      ['text.de', 'text.en', 'text.leicht'],
    ],
    ['a fact of tomorrow', { id: 'b3', kind: 'fact', words: { text: all('So ist es.') }, source: 'x', date: '2026-11-25' }, ['date']],
    ['a picture without what it shows', { id: 'b4', kind: 'image', words: { alt: all('') }, picture: 'phone' }, ['alt.de', 'alt.en', 'alt.leicht']],
    [
      'a picture told by its file name',
      { id: 'b4', kind: 'image', words: { alt: { de: 'IMG_1234.jpg', en: 'A picture of a dog', leicht: 'Ein Hund' } }, picture: 'phone' },
      ['alt.de'],
    ],
    ['a picture that nobody uploaded', { id: 'b4', kind: 'image', words: { alt: all('Ein Hund am Hafen') }, picture: 'b'.repeat(64) }, ['picture']],
    [
      'fewer steps in one language',
      { id: 'b5', kind: 'steps', words: { heading: all('So geht es'), lines: { de: 'Eins\nZwei\nDrei', en: 'One\nTwo', leicht: 'Eins\nZwei\nDrei' } } },
      ['lines.en'],
    ],
    ['a single step', { id: 'b5', kind: 'steps', words: { heading: all('So geht es'), lines: all('Eins') } }, ['lines.de', 'lines.en', 'lines.leicht']],
  ] as const satisfies readonly (readonly [string, Block, readonly string[]])[])
    it(`${what}: refused at its field`, () => assert.deepEqual(fields(block), wrong));

  it('what is said of money, periods and remedies stands in no words, however it is written', () => {
    const lead = (text: string): Block => ({ id: 'b1', kind: 'lead', words: { heading: all('Hund anmelden'), text: all(text) } });
    for (const text of [
      'Die Hundegebühr entfällt.',
      'Das ist kostenlos.',
      'Das kostet nichts.',
      'Die Ge-bühr ist klein.',
      'Der Wider·spruch ist leicht.',
      'Der Wider\u00adspruch ist leicht.',
      'Die Anmeldefrist endet bald.',
      'Eine Frist gibt es nicht.',
      'Sie können klagen.',
      'Es ist gratis.',
      'It is free of charge.',
      'There is no deadline.',
      'Nur 5 Euro.',
      'Only $5.',
    ])
      assert.deepEqual(fields(lead(text)), ['text.de', 'text.en', 'text.leicht'], text);
    for (const text of [
      'Das geht ganz einfach.',
      'Frisch vom Hafen.',
      'Der Centrum-Platz ist offen.',
      'Probieren Sie Kostproben.',
      'Wir sind europaweit dabei.',
    ])
      assert.deepEqual(fields(lead(text)), [], text);
  });
  it('facts, places, pictures and what is said of the law are never compared in variants', () => {
    const kinds = ['lead', 'text', 'steps', 'service', 'question', 'places', 'fact', 'legal', 'image'] as const;
    assert.deepEqual(
      kinds.filter((kind) => mayVary({ id: 'b1', kind, words: {} })),
      ['lead', 'text', 'steps', 'service', 'question'],
    );
  });
  it('Leichte Sprache has short sentences and short words', () => {
    assert.equal(leichtProblem(['Sie haben einen Hund? Dann melden Sie ihn an. Das geht im Internet.']), undefined);
    assert.match(leichtProblem([`${'ein Wort '.repeat(8)}.`])!, /höchstens 15 Wörter/);
    assert.match(
      leichtProblem([Array.from({ length: 4 }, () => 'Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf.').join(' ')])!,
      /im Mittel höchstens 10/,
    );
    assert.match(
      leichtProblem([Array.from({ length: 6 }, () => 'Verwaltungsverfahren erfordern vollständige Unterlagen unverzüglich.').join(' ')])!,
      /lange Wörter/,
    );
  });
});

describe('a landing page', () => {
  it('begins with its one heading and leads somewhere', () => {
    assert.deepEqual(pageProblems({ blocks: [LEAD, BUTTON] }, AROUND), []);
    assert.match(pageProblems({ blocks: [BUTTON, LEAD] }, AROUND)[0]!, /Am Anfang/);
    assert.match(pageProblems({ blocks: [LEAD, { ...LEAD, id: 'b9' }, BUTTON] }, AROUND)[0]!, /nur eine Überschrift/);
    assert.match(pageProblems({ blocks: [LEAD] }, AROUND)[0]!, /führt nirgends hin/);
    assert.match(pageProblems({ blocks: [LEAD, BUTTON] }, { ...AROUND, hasService: () => false })[0]!, /stimmt nicht mehr/);
  });
  it('blocks move, stay at the ends, and go', () => {
    const ids = (change: Parameters<typeof changeDraft>[1]): string => {
      const done = changeDraft({ blocks: [LEAD, BUTTON] }, change, AROUND);
      assert.ok(done.ok);
      return done.value.blocks.map(({ id }) => id).join(' ');
    };
    assert.equal(ids({ kind: 'up', id: 'b2' }), 'b2 b1');
    assert.equal(ids({ kind: 'down', id: 'b2' }), 'b1 b2');
    assert.equal(ids({ kind: 'remove', id: 'b1' }), 'b2');
    assert.equal(ids({ kind: 'remove', id: 'b7' }), 'b1 b2');
    assert.equal(freshBlockId({ blocks: [LEAD, { ...BUTTON, id: 'b17' }] }), 'b18');
  });
  it('all blocks at once are refused with the place of each mistake', () => {
    const done = changeDraft({ blocks: [] }, { kind: 'all', blocks: [LEAD, { ...BUTTON, id: 'b1', service: 'katze' }] }, AROUND);
    assert.ok(!done.ok);
    assert.deepEqual(
      done.problem.fields?.map(({ field }) => field),
      ['blocks.1.service', 'blocks'],
    );
  });
  it('a slug is small letters, digits and hyphens', () => {
    for (const good of ['hund', 'hund-2026']) assert.equal(slugProblem(good), undefined);
    for (const bad of ['', 'Hund', 'hund--digital', '-hund', 'hund/digital', 'ä', 'x'.repeat(65)])
      assert.equal(slugProblem(bad)?.fields?.[0]?.field, 'slug', bad);
  });
});
