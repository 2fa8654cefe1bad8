import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FoundPassage, Passage } from '../../../kernel/passage.ts';
import { aiLabel, checkFacts, composeWriting, extractiveAnswer, extractiveSummary, keepQuoted, readability } from '../public.ts';
import { partiesOf } from './addressee.ts';
import { factsOf } from './facts.ts';
import { salutationOf, sentenceOf, type WritingWish } from './letter.ts';
import { plainOutput } from './plain-output.ts';
import { filledPrompt, variablesOf } from './prompt-text.ts';
import type { SourcePage } from './source.ts';
import { FIRST_BLOCKS } from './text-block.ts';

const TREES = `Baumfällungen in Hamburg brauchen in der Regel eine Genehmigung. Das Wetter war im Mai 2026 schön und warm.
Die Genehmigung für Baumfällungen erteilt das Bezirksamt nach § 4 der Baumschutzverordnung. Der Antrag auf Genehmigung der Fällung kostet 45,50 €.
Vom 1. März bis zum 30. September ist das Fällen von Bäumen verboten. Die Kantine bietet am Dienstag Suppe an.`;
const MARKET = `Der Wochenmarkt am Rathaus öffnet freitags um 8:00 Uhr. Die Stände auf dem Wochenmarkt vergibt das Marktamt jedes Jahr neu.`;

const pageOf = (text: string, title: string, page = 1): SourcePage => ({ documentId: `d-${title}`, title, sha256: title.repeat(4), page, text });

describe('an extract', () => {
  it('is verbatim, linked to its page, in reading order, the same each time', () => {
    const pages = [pageOf(TREES, 'baum'), pageOf(MARKET, 'markt')];
    const made = extractiveSummary(pages, { length: 'short' });
    assert.equal(made.sentences.length, 3);
    assert.equal(made.of, 8);
    for (const { title, page, start, end, quote } of made.sentences) {
      const source = pages.find((one) => one.title === title)!;
      assert.equal(source.page, page);
      assert.equal(source.text.slice(start, end), quote);
    }
    assert.deepEqual(new Set(made.sentences.map(({ title }) => title)), new Set(['baum', 'markt']), 'each document has its sentence');
    const said = made.sentences.map(({ quote }) => quote).join(' ');
    assert.match(said, /Genehmigung/);
    assert.doesNotMatch(said, /Kantine|Wetter/);
    assert.deepEqual(extractiveSummary(pages, { length: 'short' }), made);
  });
  it('has nothing of nothing, and bounded work for a very long text', () => {
    assert.deepEqual(extractiveSummary([], { length: 'long' }).sentences, []);
    const long = Array.from({ length: 20_000 }, (_, index) => `Der Satz mit der Nummer ${index} sagt etwas über das Amt ${index % 97}.`).join(' ');
    const begun = performance.now();
    assert.equal(extractiveSummary([pageOf(long, 'lang')], { length: 'long' }).sentences.length, 15);
    assert.ok(performance.now() - begun < 8000);
  });
});

describe('figures of a summary', () => {
  const source = `Am 3. Mai 2026 um 10:30 Uhr fielen 1.234,50 Euro an, das sind 12,5 Prozent. Nach § 24 Abs. 2 Satz 1 VwVfG und Art. 6 Abs. 1 DSGVO.
    Aktenzeichen BF-2026-000042-K. Es gab drei Einwände, 500 Meter Zaun und 2 Mio. Euro Förderung. Die Frist endet am 30.06.`;
  it('are known in every spelling', () => {
    for (const same of [
      '03.05.2026',
      '2026-05-03',
      'am 3.5.26',
      'am 3. Mai',
      'im Mai 2026',
      '1234,5 €',
      'EUR 1.234,50',
      '12,5 %',
      '§ 24 VwVfG',
      '§ 24 Abs. 2 VwVfG',
      '§ 24 Absatz 2',
      'Artikel 6 DSGVO',
      'BF-2026-000042-K',
      '3 Einwände',
      'drei Einwände',
      '500 m',
      '2.000.000 Euro',
      '10.30 Uhr',
      'am 30. Juni',
      'im Jahr 2026',
      'fünfhundert Meter',
      'zwei Millionen Euro',
    ]) {
      const { checked, missing } = checkFacts(same, source);
      assert.ok(checked > 0, `${same}: nothing was checked`);
      assert.deepEqual(missing, [], same);
    }
  });
  it('that the source does not have are named where they stand', () => {
    for (const [wrong, kind] of [
      ['04.05.2026', 'date'],
      ['3. Mai 2025', 'date'],
      ['1.234,60 €', 'amount'],
      ['500 Euro', 'amount'],
      ['12,6 %', 'percentage'],
      ['§ 25 VwVfG', 'paragraph'],
      ['§ 24 Abs. 3 VwVfG', 'paragraph'],
      ['§ 24 BauGB', 'paragraph'],
      ['BF-2026-000043-K', 'reference'],
      ['vier Einwände', 'number'],
      ['501 Meter', 'number'],
      ['11:30 Uhr', 'time'],
      ['30. Juni 2026', 'date'],
      ['drei Monate', 'duration'],
      ['24 Tage', 'duration'],
    ] as const) {
      const text = `Es heißt: ${wrong} und so weiter`;
      const { missing } = checkFacts(text, source);
      assert.equal(missing.length, 1, wrong);
      assert.equal(missing[0]!.kind, kind, wrong);
      assert.equal(text.slice(missing[0]!.start, missing[0]!.end), missing[0]!.text);
      assert.ok(wrong.includes(missing[0]!.text));
    }
  });
  it('of any text are in that text', () => {
    const pieces = fc.constantFrom(
      '3. Mai 2026',
      '1.234,50 €',
      '§ 3 Abs. 1 VwVfG',
      '17 %',
      ' und ',
      'zwei',
      '10:15 Uhr',
      'A-12/7',
      '. ',
      '4711',
      '12.',
      '€',
      '§',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join(' ');
        assert.deepEqual(checkFacts(text, text).missing, []);
        for (const fact of factsOf(text)) assert.equal(text.slice(fact.start, fact.end), fact.text);
      }),
    );
  });
});

const passage = (id: string, text: string, start = 100): Passage => ({
  id,
  documentId: 'd',
  title: 'Merkblatt',
  documentSha256: 'ab',
  page: 2,
  start,
  end: start + text.length,
  text,
});

describe('figures that sound alike', () => {
  it('are not taken for each other, and the source is at least as exact', () => {
    for (const [claim, source, missing] of [
      ['drei Monate', '3 Wochen', ['drei Monate']],
      ['24 Tage', '§ 24 VwVfG', ['24 Tage']],
      ['24 Bäume', 'am 24.12. um 24 Uhr', ['24']],
      ['zwanzig Tage und fünfzig Euro', 'Nichts.', ['zwanzig Tage', 'fünfzig Euro']],
      ['fünfhundert Euro', '50 Euro', ['fünfhundert Euro']],
      ['3. Mai 2027', '3.5.', ['3. Mai 2027']],
      ['1. Mai 2026', 'Mai 2026', ['1. Mai 2026']],
      ['innerhalb eines Monats', 'innerhalb von zwei Monaten', ['eines Monats']],
      ['Konto 12345678901234567890', 'Konto 12345678901234567891', ['12345678901234567890']],
      ['neunhundertneunundneunzig Euro, einundzwanzig Tage, tausend Bäume, eine Million Euro', '999 €, 21 Tage, 1.000 Bäume, 1 Mio. Euro', []],
      ['dreitausendfünfhundertzwölf Blätter und dreißig Prozent', '3512 Blätter und 30 %', []],
      ['zwei Wochen', 'zwei Wochen', []],
      ['14 Werktage', '14 Tage', ['14 Werktage']],
    ] as const)
      assert.deepEqual(
        checkFacts(claim, source).missing.map(({ text }) => text),
        missing,
        `${claim} <> ${source}`,
      );
  });
  it('take no longer to find in hostile texts', () => {
    for (const text of [
      '1'.repeat(60_000),
      'a-'.repeat(30_000),
      '1.2. '.repeat(12_000),
      `§ 1${' '.repeat(60_000)}`,
      '§ 1 '.repeat(15_000),
      '123 '.repeat(15_000),
      '123.'.repeat(15_000),
      Array.from({ length: 9000 }, (_, index) => `§1Abs${index % 999}`).join(' '),
      'hundert'.repeat(8000),
      'einund'.repeat(10_000),
      Array.from({ length: 6000 }, (_, index) => `1.1.${1000 + index}`).join(' '),
    ]) {
      const begun = performance.now();
      checkFacts(text, text);
      const took = performance.now() - begun;
      assert.ok(took < 700, `${text.slice(0, 12)}: ${Math.round(took)} ms`);
    }
  });
});

describe('claims of a model', () => {
  const page = `${'x'.repeat(100)}Wer einen Baum fällen will, braucht eine Geneh-\nmigung des Bezirks-\namts. Sie „kostet“  45,50 €.`;
  const one = passage('p', page.slice(100));
  const keep = (quote: string, source = 'P1') => keepQuoted([{ text: 'Aussage.', quote, source }], new Map([['P1', one]]));
  it('are kept with the exact words of the passage', () => {
    for (const quote of ['braucht eine Genehmigung des Bezirksamts.', 'Sie "kostet" 45,50 €.', '„Wer einen Baum fällen will,“']) {
      const { kept, dropped } = keep(quote);
      assert.equal(dropped, 0, quote);
      const { citation } = kept[0]!;
      assert.equal(page.slice(citation.start, citation.end), citation.quote);
    }
  });
  it('are dropped and counted when their words stand nowhere, elsewhere, or are too few', () => {
    for (const [quote, source] of [
      ['braucht keine Genehmigung des Bezirksamts', 'P1'],
      ['braucht eine Genehmigung', 'P2'],
      ['braucht', 'P1'],
      ['', 'P1'],
      ['Wer einen Baum fällen will, braucht eine Genehmigung des Senats', 'P1'],
    ] as const)
      assert.deepEqual(keep(quote, source), { kept: [], dropped: 1 }, quote);
  });
});

describe('an answer from passages', () => {
  const found = (text: string): FoundPassage => ({ ...passage(text.slice(0, 5), text), score: 1 });
  const passages = [found(TREES), found(MARKET)];
  it('is the sentences that say most of the question, verbatim', () => {
    const { citations } = extractiveAnswer('Wer erteilt die Genehmigung für Baumfällungen?', passages);
    assert.match(citations[0]!.quote, /erteilt das Bezirksamt/);
    for (const { passage: from, start, end, quote } of citations) assert.equal(from.text.slice(start - from.start, end - from.start), quote);
  });
  it('is none when the sources do not say it', () => {
    for (const question of ['Wie hoch ist die Hundesteuer für Kampfhunde?', 'und oder wann', 'Wo beantrage ich einen Reisepass?'])
      assert.deepEqual(extractiveAnswer(question, passages).citations, [], question);
    assert.deepEqual(extractiveAnswer('Baumfällung', []).citations, []);
  });
});

const WISH: WritingWish = {
  ...{ kind: 'letter', subject: 'Ihre Anfrage', addressee: 'Kim Petersen\nBeispielstraße 1', salutation: 'name', name: 'Kim Petersen' },
  ...{
    points: '- wir haben Ihre Anfrage geprüft\n2) die Unterlagen sind vollständig.',
    tone: 'formal',
    blocks: ['unterlagen-formal'],
    signature: '',
    fileNumber: 'BF-1',
  },
};

describe('a text from templates', () => {
  it('greets politely, whoever it is for', () => {
    for (const [salutation, name, tone, said] of [
      ['everybody', '', 'formal', 'Sehr geehrte Damen und Herren,'],
      ['frau', 'Dr. Yıldız', 'formal', 'Sehr geehrte Frau Dr. Yıldız,'],
      ['herr', 'Ng', 'formal', 'Sehr geehrter Herr Ng,'],
      ['herr', 'Ng', 'plain', 'Guten Tag Herr Ng,'],
      ['name', 'Kim Petersen', 'formal', 'Guten Tag Kim Petersen,'],
      ['frau', ' ', 'formal', 'Guten Tag,'],
      ['neutral', 'Kim', 'leicht', 'Guten Tag,'],
      ['none', 'Kim', 'formal', ''],
    ] as const)
      assert.equal(salutationOf({ salutation, name, tone }), said);
  });
  it('has the points as sentences, blocks with their slots filled, and says what is open', () => {
    assert.equal(sentenceOf('• es fehlt ein Plan'), 'Es fehlt ein Plan.');
    const { text, open } = composeWriting(WISH, FIRST_BLOCKS, '29.11.2026');
    assert.match(text, /Guten Tag Kim Petersen,\n\nWir haben Ihre Anfrage geprüft\. Die Unterlagen sind vollständig\.\n\nBitte reichen Sie/);
    assert.match(text, /Aktenzeichen: BF-1/);
    assert.deepEqual(open, ['Frist', 'Unterlagen', 'Name und Stelle']);
    const note = composeWriting({ ...WISH, kind: 'note', tone: 'leicht', blocks: [], signature: 'Amt' }, FIRST_BLOCKS, '29.11.2026');
    assert.match(note.text, /^Vermerk\n/);
    assert.match(note.text, /1\. Wir haben Ihre Anfrage geprüft\.\nDie Unterlagen sind vollständig\./);
    assert.deepEqual(note.open, []);
  });
});

it('whom a text is for is known before it leaves for a model', () => {
  assert.deepEqual(partiesOf({ name: 'Dr. Ayşe Yıldız-Öztürk', addressee: 'Frau\nBeispielstraße 12 a\n20095 Hamburg', fileNumber: 'BF-1' }), [
    {
      ...{ role: 'Adressat', familyName: 'Yıldız-Öztürk', givenNames: 'Ayşe', street: 'Beispielstraße 12 a' },
      ...{ postalCode: '20095', town: 'Hamburg', identifiers: ['BF-1'] },
    },
  ]);
  assert.deepEqual(partiesOf({ name: '', addressee: 'Herrn Kim Ng', fileNumber: '' }), [{ role: 'Adressat', familyName: 'Ng', givenNames: 'Kim' }]);
  assert.deepEqual(partiesOf({ name: '', addressee: 'Hafenbau GmbH & Co. KG', fileNumber: '' }), [
    { role: 'Adressat', organisation: 'Hafenbau GmbH & Co. KG' },
  ]);
  assert.deepEqual(partiesOf({ name: '', addressee: '', fileNumber: '' }), []);
});

it('figures of readability rise with the sentences, and say nothing of a few words', () => {
  const easy = readability('Der Hund bellt laut. Die Katze schläft fest. Das Kind lacht froh. Wir gehen heim.')!;
  const hard = readability(
    'Die Genehmigungsbehörde entscheidet unter Berücksichtigung sämtlicher entscheidungserheblicher Gesichtspunkte nach pflichtgemäßem Ermessen über die Befreiungsvoraussetzungen.',
  )!;
  assert.ok(easy.lix < 30 && hard.lix > 60);
  assert.ok(easy.wiener < hard.wiener);
  assert.equal(readability('Nur vier Wörter hier.'), undefined);
});

it('a label says how a text came to be, for people and for programs', () => {
  const origin = { model: 'm1', modelLabel: 'Modell Eins', promptId: 'schreiben', promptVersion: '1', inputSha256: 'ff', masked: 2 };
  const ai = aiLabel({ made: 'model', origin, brokenOff: true, edited: true, confirmedBy: 'Sina Sach', sources: [{ title: 't', sha256: 'aa' }] });
  assert.match(ai.lines.join(' '), /KI-erzeugt, bitte prüfen.*Modell Eins.*Fassung 1.*Abgebrochen.*bearbeitet.*Geprüft von Sina Sach/);
  assert.equal(ai.mark, 'm1 schreiben@1');
  assert.deepEqual([ai.properties['AI-Generated'], ai.properties['AI-Model'], ai.properties['Sources-SHA256']], ['true', 'm1', 'aa']);
  const extract = aiLabel({ made: 'extract', brokenOff: false, edited: false, sources: [] });
  assert.deepEqual([extract.lines, extract.mark, extract.properties['AI-Generated']], [['Ohne KI: Auszug aus dem Dokument.'], undefined, undefined]);
});

it('what a model wrote leads nowhere and loads nothing', () => {
  const out = plainOutput(
    'Hallo <img src=x onerror=y> ![x](http://evil/p.png) [hier](https://evil.example/?q=1) javascript:alert(1) <script>a</script> mailto:x@y <b>',
  );
  assert.doesNotMatch(out, /<|https?:\/|javascript:(?!\])|mailto:(?!\])|\]\(/i);
  assert.match(out, /evil\.example/);
});

it('variables of a prompt are filled; one without a value stays to be seen', () => {
  const text = 'Schreibe an {{ Name }} über {{Thema}} und {{Name}}.';
  assert.deepEqual(variablesOf(text), ['Name', 'Thema']);
  assert.equal(filledPrompt(text, new Map([['Name', 'Kim']])), 'Schreibe an Kim über {{Thema}} und Kim.');
});
