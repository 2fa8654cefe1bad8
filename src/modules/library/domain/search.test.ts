import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Passage } from '../../../kernel/passage.ts';
import { Best } from './best.ts';
import { chunksOf } from './chunk.ts';
import { folded } from './fold.ts';
import { GramIndex, searchIndexes } from './gram-index.ts';
import { PassageIndex } from './passage-index.ts';
import { passagesOf } from './passages.ts';
import { referencesIn } from './references.ts';
import { sentencesOf } from '../../../kernel/sentences.ts';
import { tokensOf } from './tokens.ts';

describe('sentences', () => {
  for (const [text, ...expected] of [
    ['Das gilt z. B. für Hunde. Katzen sind frei.', 'Das gilt z. B. für Hunde.', 'Katzen sind frei.'],
    [
      'Nach § 24 Abs. 2 Satz 1 VwVfG gilt das. Es gilt bis zum 12. Mai 2026. Danach nicht.',
      'Nach § 24 Abs. 2 Satz 1 VwVfG gilt das.',
      'Es gilt bis zum 12. Mai 2026.',
      'Danach nicht.',
    ],
    ['Siehe §§ 1 bis 3. Die Behörde prüft das.', 'Siehe §§ 1 bis 3.', 'Die Behörde prüft das.'],
    ['Sie zahlen 1.234,50 Euro i. V. m. Nr. 7 der Anlage.', 'Sie zahlen 1.234,50 Euro i. V. m. Nr. 7 der Anlage.'],
    ['Herr Dr. Prof. h. c. Meier kam um 12.30 Uhr. Er ging.', 'Herr Dr. Prof. h. c. Meier kam um 12.30 Uhr.', 'Er ging.'],
    ['„Kommen Sie?“ Ja! Gut …  Bis dann.', '„Kommen Sie?“', 'Ja!', 'Gut …', 'Bis dann.'],
    ['Seit 2026. Das ist neu. Am 3. Tag, d. h. bald.', 'Seit 2026.', 'Das ist neu.', 'Am 3. Tag, d. h. bald.'],
    ['Überschrift\nDer erste Satz läuft über\nzwei Zeilen. Der zweite nicht.', 'Überschrift', 'Der erste Satz läuft über\nzwei Zeilen.', 'Der zweite nicht.'],
    ['Nötig sind:\n- ein Ausweis\n- ein Foto\n1. Antrag\n2. Plan', 'Nötig sind:', '- ein Ausweis', '- ein Foto', '1. Antrag', '2. Plan'],
    ['Hunde, Katzen usw. Die Liste ist lang. Ab 18 Uhr usw. gilt das.', 'Hunde, Katzen usw.', 'Die Liste ist lang.', 'Ab 18 Uhr usw. gilt das.'],
    ['Ort\tGebühr\nMitte\t5 Euro', 'Ort\tGebühr', 'Mitte\t5 Euro'],
    ['', ...[]],
  ] as const)
    it(JSON.stringify(text), () =>
      assert.deepEqual(
        sentencesOf(text).map(({ start, end }) => text.slice(start, end)),
        expected,
      ),
    );

  it('leave nothing but white space between them', () => {
    fc.assert(
      fc.property(germanText, (text) => {
        let at = 0;
        for (const { start, end } of sentencesOf(text)) {
          assert.match(text.slice(at, start), /^\s*$/);
          assert.ok(end > start);
          at = end;
        }
        assert.match(text.slice(at), /^\s*$/);
      }),
    );
  });
});

const WORDS = [
  'Der',
  'Antrag',
  'z. B.',
  '§ 24 Abs. 2',
  'VwVfG.',
  'ist',
  'Bauordnungsamt',
  '12. Mai',
  'zulässig.',
  'Nr.',
  '\n',
  '\n\n',
  '🦊',
  '\t',
  'Überprüfung!',
  '- ',
  '(siehe',
  'oben).',
  '2026.',
  '\u{D800}',
];
const germanText = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 600 })
  .map((words) => words.join(' '));

describe('passages of a page', () => {
  it('are verbatim spans in order that leave no word out', () => {
    fc.assert(
      fc.property(germanText, fc.array(fc.nat(2000), { maxLength: 5 }), (text, places) => {
        const headings = places.filter((start) => start + 5 < text.length).map((start) => ({ start, end: start + 5, level: 1 }));
        const page = { number: 3, text, headings, ocr: false };
        const passages = passagesOf({ documentId: 'd', title: 't', sha256: 'f'.repeat(64) }, [page]);
        let at = 0;
        for (const passage of passages) {
          assert.equal(text.slice(passage.start, passage.end), passage.text);
          assert.ok(passage.text.length > 0 && passage.text.length <= 2400, String(passage.text.length));
          assert.match(text.slice(at, passage.start), /^\s*$/);
          assert.ok(passage.end > at, 'every passage brings something new');
          at = Math.max(at, passage.end);
        }
        assert.match(text.slice(at), /^\s*$/);
      }),
    );
  });
  it('hold 60 to 180 words of running text, repeat a sentence, and keep the heading', () => {
    const sentence = 'Die Behörde prüft den Antrag innerhalb von vier Wochen und teilt das Ergebnis schriftlich mit. ';
    const text = `Fristen\n${sentence.repeat(60)}`;
    const chunks = chunksOf({ text, headings: [{ start: 0, end: 7, level: 2 }] });
    assert.ok(chunks.length >= 5);
    for (const [index, { start, end, heading }] of chunks.entries()) {
      const words = text.slice(start, end).split(/\s+/).length;
      assert.ok(words <= 180 && (words >= 60 || index === chunks.length - 1), String(words));
      assert.equal(heading, 'Fristen');
      if (index > 0) assert.ok(start < chunks[index - 1]!.end, 'the last sentence comes again');
    }
  });
  it('a new heading opens a new passage', () => {
    const long = 'Ein Satz mit genau sieben kurzen Wörtern. '.repeat(12);
    const text = `Eins\n${long}\nZwei\n${long}`;
    const second = text.indexOf('Zwei');
    const chunks = chunksOf({
      text,
      headings: [
        { start: 0, end: 4, level: 1 },
        { start: second, end: second + 4, level: 1 },
      ],
    });
    assert.deepEqual(
      chunks.map(({ start, heading }) => [start, heading]),
      [
        [0, 'Eins'],
        [second, 'Zwei'],
      ],
    );
  });
});

describe('what is found whole', () => {
  for (const [text, ...expected] of [
    ['nach § 24 Abs. 2 VwVfG', '§24', '§24 abs2', '§24 vwvfg', '§24 abs2 vwvfg'],
    ['nach § 24 Absatz 2 Satz 1 Nr. 3 des VwVfG', '§24', '§24 abs2', '§24 vwvfg', '§24 abs2 vwvfg'],
    ['§§ 1 bis 3 SGB II', '§1', '§1 sgb ii', '§2', '§2 sgb ii', '§3', '§3 sgb ii'],
    ['Artikel 6 DSGVO', '§6', '§6 dsgvo'],
    ['§ 35a VwVfG', '§35a', '§35a vwvfg'],
    ['gemäß § 3 des Meldegesetzes', '§3', '§3 meldegesetz'],
    ['Aktenzeichen BF-2026-000042-K.', 'az bf-2026-000042-k'],
    ['Az. 12 K 345/26', 'az 345-26', 'az 12-k-345-26'],
    ['M/BA-23.10/4711', 'az m-ba-23-10-4711'],
    ['die Nord-Süd-Achse, Haus 3/4'],
  ] as const)
    it(text, () => assert.deepEqual(referencesIn(text), expected));
});

describe('a folded text', () => {
  it('is one for all spellings', () => {
    for (const spelt of ['Müller-Straße', 'MÜLLER STRASSE', 'Mueller  Strasse', 'Mu\u{308}ller Stra\u{AD}ße']) assert.equal(folded(spelt), 'mueller strasse');
  });
  it('gives the same tokens for them', () => assert.deepEqual(tokensOf('Größe'), tokensOf('GROESSE')));
  it('of one or two letters is one token, of none none', () => {
    assert.equal(tokensOf('in').length, 1);
    assert.equal(tokensOf('5').length, 1);
    assert.equal(tokensOf(' … ').length, 0);
    assert.equal(tokensOf('hund').length, 3);
  });
});

const passage = (documentId: string, text: string, heading?: string): Passage => ({
  ...{ id: `${documentId}-0`, documentId, title: documentId, documentSha256: '0'.repeat(64), page: 1, start: 0, end: text.length, text },
  ...(heading === undefined ? {} : { heading }),
});

describe('the index', () => {
  const index = new PassageIndex([
    passage('hund', 'Wer einen Hund hält, meldet ihn zur Hundesteuer an. Die Steuer beträgt 90 Euro im Jahr.'),
    passage('bau', 'Die Baugenehmigung gilt drei Jahre. Sie kann nach § 73 Abs. 2 HBauO verlängert werden.'),
    passage('park', 'Der Bewohnerparkausweis gilt für ein Jahr. Siehe § 73 Abs. 3 StVO.', 'Parken'),
    passage('wohnung', 'Die Meldebestätigung erhalten Sie nach dem Umzug im Amt.'),
  ]);
  for (const [query, first] of [
    ['Steuer für meinen Hund', 'hund'],
    ['Genehmigungen zum Bauen', 'bau'],
    ['Parkausweis für Bewohner', 'park'],
    ['§ 73 Abs. 2 HBauO', 'bau'],
    ['§ 73 Absatz 3 StVO', 'park'],
    ['ummelden nach Umzuegen', 'wohnung'],
  ] as const)
    it(`«${query}» finds ${first}`, () => assert.equal(index.search(query, 3)[0]?.documentId, first));
  it('gives nothing for nothing, and nothing that is not there', () => {
    assert.deepEqual(index.search('', 5), []);
    assert.deepEqual(index.search('Xylophon', 5), []);
    assert.deepEqual(index.search('Hund', 0), []);
    assert.deepEqual(new PassageIndex().search('Hund', 5), []);
  });
  it('keeps to the documents that are named', () => {
    assert.deepEqual(
      index.search('Hund', 5, ['bau', 'fremd']).filter(({ documentId }) => documentId !== 'bau'),
      [],
    );
  });
  it('holds what came last, however documents came, were replaced and went', () => {
    const texts = Array.from({ length: 300 }, (_, n) => `Wort${n % 7} Haus${n % 11} ${'lang '.repeat(n % 5)}Ende`);
    fc.assert(
      fc.property(fc.array(fc.record({ document: fc.nat(60), gone: fc.boolean(), text: fc.nat(texts.length - 1) }), { maxLength: 150 }), (steps) => {
        const grown = new GramIndex();
        const truth = new Map<string, string[]>();
        for (const { document, gone, text } of steps) {
          if (gone) {
            grown.remove(`d${document}`);
            truth.delete(`d${document}`);
          } else {
            const own = [texts[text]!, texts[(text * 7) % texts.length]!];
            grown.add(`d${document}`, own);
            truth.set(`d${document}`, own);
          }
        }
        assert.deepEqual([...grown.documents()].toSorted(), [...truth.keys()].toSorted());
        const found = searchIndexes([{ index: grown }], 'Wort3 Haus5', 10_000);
        for (const { document } of found) assert.ok(truth.has(document));
        const expected = [...truth].flatMap(([document, own]) => own.flatMap((text, place) => (/Wort|Haus/.test(text) ? [`${document}/${place}`] : [])));
        assert.deepEqual(new Set(found.map(({ document, place }) => `${document}/${place}`)).size, found.length);
        assert.ok(found.length <= expected.length);
      }),
      { numRuns: 40 },
    );
  });
  it('scores as BM25 does when it is written down plainly', () => {
    const texts = Array.from({ length: 120 }, (_, n) => `Haus${n % 7} ${'Frist '.repeat(n % 4)}${'lang '.repeat(n % 6)}Ende${n}`);
    const plain = new GramIndex();
    for (const [n, text] of texts.entries()) plain.add(`d${n}`, [text]);
    const tokens = texts.map(tokensOf);
    const average = tokens.reduce((sum, own) => sum + own.length, 0) / texts.length;
    const score = (own: readonly number[]): number =>
      tokensOf('Haus3 Ende77').reduce((sum, token) => {
        const frequency = tokens.filter((one) => one.includes(token)).length;
        if (frequency === 0 || frequency > texts.length / 2) return sum;
        const times = own.filter((one) => one === token).length;
        const rarity = Math.log(1 + (texts.length - frequency + 0.5) / (frequency + 0.5));
        return sum + (rarity * times * 2.2) / (times + 1.2 * (0.25 + (0.75 * own.length) / average));
      }, 0);
    const found = searchIndexes([{ index: plain }], 'Haus3 Ende77', 200);
    assert.equal(found[0]?.document, 'd77');
    assert.equal(found.length, tokens.filter((own) => score(own) > 0).length);
    for (const one of found) assert.ok(Math.abs(one.score - score(tokens[Number(one.document.slice(1))]!)) < 1e-4);
  });
  it('gives one ranking for one set, in one index or in several', () => {
    const texts = Array.from({ length: 400 }, (_, n) => `Amt${n % 13} Frist${n % 17} Gebühr${n % 5} ${'und '.repeat(n % 9)}`);
    const whole = new GramIndex();
    const halves = [new GramIndex(), new GramIndex()];
    for (const [n, text] of texts.entries()) {
      whole.add(`d${n}`, [text]);
      halves[n % 2]!.add(`d${n}`, [text]);
    }
    const byScore = (found: ReturnType<typeof searchIndexes>) => found.map(({ document, score }) => `${score.toFixed(4)} ${document}`).toSorted();
    const one = searchIndexes([{ index: whole }], 'Frist3 Gebühr2 Amt7', 400);
    const two = searchIndexes(
      halves.map((index) => ({ index })),
      'Frist3 Gebühr2 Amt7',
      400,
    );
    assert.ok(one.length > 50);
    assert.deepEqual(byScore(two), byScore(one));
  });
  it('counts rarity over what is searched only', () => {
    const mine = new GramIndex();
    mine.add('a', ['Hund und Katze']);
    mine.add('b', ['Katze und Maus']);
    const alone = searchIndexes([{ index: mine }], 'Hund Maus', 5);
    const other = new GramIndex();
    for (let n = 0; n < 50; n++) other.add(`x${n}`, ['Hund']);
    assert.deepEqual(searchIndexes([{ index: mine }], 'Hund Maus', 5), alone);
  });
});

describe('the best of many', () => {
  it('are those a sort would give', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 1, max: 12 }), (scores, most) => {
        const best = new Best<number>(most);
        for (const [turn, score] of scores.entries()) best.offer(score, turn);
        const sorted = scores.map((score, item) => ({ score, item })).toSorted((a, b) => b.score - a.score || a.item - b.item);
        assert.deepEqual(best.take(), sorted.slice(0, most));
      }),
    );
  });
});
