import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KnownParty } from '../../../kernel/language-model.ts';
import { expectOk } from '../../../kernel/result.ts';
import { LONGEST_TEXTS, mask, MOST_LEARNED } from './mask.ts';
import { StreamUnmasker, unmask } from './placeholders.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

const PARTIES: readonly KnownParty[] = [
  {
    role: 'Antragstellerin',
    givenNames: 'Katharina Maria',
    familyName: 'Petersen',
    street: 'Beispielstraße 12',
    postalCode: '22765',
    town: 'Hamburg',
    birthDate: '1984-05-17',
    email: 'k.petersen@example.org',
    phone: '+49 40 1234567',
    identifiers: ['HH-KP 84'],
  },
  { role: 'Nachbar', givenNames: 'Ali', familyName: 'Yıldız-Öztürk' },
  { role: 'Zeugin', givenNames: 'An', familyName: 'Ng' },
  { role: 'Zeuge', givenNames: 'Hans', familyName: 'Klein' },
  { role: 'Bauherrin', organisation: 'Müller & Söhne Bau GmbH' },
];

const masked = (text: string): string => expectOk(mask([text], PARTIES)).texts[0]!;
const withoutTag = (text: string): string => text.replaceAll(/ [A-Z]{2}(\d+(?:\.\d+)?)\]/g, ' $1]');

describe('Known parties', () => {
  for (const text of [
    'Petersen',
    'PETERSEN',
    'petersen',
    'Petersens',
    'Peter-\nsen',
    'Peter\u00adsen',
    'Petcrsen',
    'Pctersen',
    'Peterscn',
    'Pettersen',
    'Petersn',
    'P e t e r s e n',
    'Pet ersen',
    'Peterson',
    'Katharina Petersen',
    'Petersen, Katharina',
    'K. Petersen',
    'K Petersen',
    'kpetersen',
    'Dr. Katharina Petersen',
    'Katharina',
    'Katharlna',
    'Petersen-Akte',
    'Yıldız-Öztürk',
    'Yildiz-Oeztuerk',
    'YILDIZ-ÖZTÜRK',
    'Yıldız-\nÖztürk',
    'Öztürks',
    "Öztürk's",
    'Ozturk',
    'Öztiirk',
    'Yi1diz',
    'Ali',
    'ALI',
    'An Ng',
    'Ng, An',
    'Ng',
    'Frau An',
    'Hans Klein',
    'Klein',
    'Kleins',
    'Herrn Klein',
    'Müller & Söhne Bau GmbH',
    'Müller und Söhne Bau',
    'Mueller & Soehne Bau GmbH',
    'Beispielstraße 12',
    'Beispielstr. 12',
    'BEISPIELSTRASSE 12',
    'Beispielstraße',
    'Beispielstraβe 12',
    'BeispielstraBe 12',
    '22765 Hamburg',
    '17.05.1984',
    '17.5.84',
    '17. Mai 1984',
    '17 Mai 84',
    '1984-05-17',
    '17/05/1984',
    '17051984',
    'May 17, 1984',
    'siebzehnter Mai 1984',
    'l7.O5.1984',
    '17, Mai 1984',
    'k.petersen@example.org',
    'K.PETERSEN@EXAMPLE.ORG',
    'k.petersen (at) example.org',
    '040 1234567',
    '+49 40 123 45 67',
    '0049 40 1234567',
    '040/1234567',
    '+49 (0)40 1234567',
    '1234567',
    'HH-KP 84',
    'HH KP 84',
    'HHKP84',
  ]) {
    it(`«${JSON.stringify(text)}» does not leave`, () => {
      const all = masked(`Am Montag kam ${text} zum Termin.`);
      assert.match(withoutTag(all), /^Am Montag kam (?:Frau |Herrn )?\[[^\]]+\](?:'?s|-Akte)? zum Termin\.$/);
    });
  }
  for (const text of [
    'An der Straße steht ein Baum.',
    'Das ist klein und alt.',
    'Die Hansestadt Hamburg hat eine Beispielsammlung.',
    'Peters Amt',
    'Der Antrag vom 3. Mai 2026 ist da.',
    '1.234.568 Euro',
  ]) {
    it(`«${text}» stays`, () => assert.equal(masked(text), text));
  }
  it('gives one person one number, and its forms variants of it', () => {
    assert.equal(
      withoutTag(masked('Frau Petersen und Herr Klein. Petersens Hund, PETERSEN.')),
      'Frau [Antragstellerin 1] und Herr [Zeuge 2]. [Antragstellerin 1]s Hund, [Antragstellerin 1.2].',
    );
  });
});

describe('Numbers and rules', () => {
  for (const text of [
    'DE89 3704 0044 0532 0130 00',
    'DE89370400440532013000',
    'DE89 37O4 0044 0532 0l30 00',
    'GB29 NWBK 6016 1331 9268 19',
    'BF-2026-000042-K',
    '15 070649 C 103',
    'A123456780',
    '4111 1111 1111 1111',
    'T220001293',
    'ein@beispiel.de',
    '040 428 28-0',
    '+90 532 123 45 67',
    'HH-AB 1234',
    '53.55110, 9.99370',
    '32U 565000 5934000',
  ]) {
    it(`«${text}» does not leave`, () => {
      const all = masked(`Angabe ${text} im Text.`);
      assert.match(all, /^Angabe \[[^\]]+\] im Text\.$/);
    });
  }
  it('finds a name by its salutation, and then everywhere', () => {
    assert.equal(
      withoutTag(masked('Herr Dr. Schulze kommt. Schulzes Akte liegt bei Schulze.')),
      'Herr [Person 1] kommt. [Person 1.2]s Akte liegt bei [Person 1.2].',
    );
  });
});

describe('Several texts of one order', () => {
  it('share their placeholders, and names that one of them tells', () => {
    const { texts, places, byClass } = expectOk(mask(['Schulze rief an.', 'Herr Schulze kennt Petersen.', 'Petersen kennt ihn.'], PARTIES));
    assert.deepEqual(texts.map(withoutTag), ['[Person 1] rief an.', 'Herr [Person 1] kennt [Antragstellerin 2].', '[Antragstellerin 2] kennt ihn.']);
    assert.deepEqual([places, byClass], [4, { person: 4 }]);
  });
  it('hold no placeholder that one of them had before', () => {
    const before = expectOk(mask(['Petersen'], PARTIES)).texts[0]!;
    const { texts, key } = expectOk(mask([before, 'Petersen'], PARTIES));
    assert.equal(texts[0], before);
    assert.equal(unmask(texts[0], key), before);
  });
});

describe('The way back', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      'Petersen',
      'Hans',
      'Hanss',
      's',
      "'",
      ' ',
      '[',
      ']',
      '\\',
      '\n',
      'Person ',
      '[Person QX1]',
      'QX1',
      'Klein',
      'Dr. ',
      'Herr ',
      'DE89370400440532013000',
      'ß',
      '\u0308',
      '17.5.84',
      '-',
      '1',
      '.2',
      'Zeuge ',
    ),
  );
  const texts = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
  it('is lossless for every text, whole and in parts', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 3 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), (all, cuts) => {
        const { texts: out, key } = expectOk(mask(all, PARTIES));
        for (const [n, text] of out.entries()) {
          assert.equal(unmask(text, key), all[n]);
          assert.equal(streamed(text, cuts, new StreamUnmasker(key)), all[n]);
        }
      }),
      { numRuns: 400 },
    );
  });
  it('is the same in parts as at once, whatever a model makes of the placeholders', () => {
    const { key } = expectOk(mask(['Petersen, Hans Klein, 17.5.84, Petersen'], PARTIES));
    const { tag } = key;
    const made = fc.array(
      fc.constantFrom(
        `[Zeuge ${tag}2]`,
        `[Zeuge ${tag}`,
        `Zeuge ${tag}2`,
        `${tag}1`,
        '[',
        '\\[',
        '\\]',
        ']',
        's',
        ' ',
        '.2',
        '2',
        `Antragstellerin ${tag}1`,
        'Zeuge',
        `[${tag.toLowerCase()} 2]`,
        'e',
        '\n',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(made, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 }), (pieces, cuts) => {
        const text = pieces.join('');
        assert.equal(streamed(text, cuts, new StreamUnmasker(key)), unmask(text, key));
      }),
      { numRuns: 1500 },
    );
  });
  it('reads what a model makes of a placeholder', () => {
    const {
      texts: [text],
      key,
    } = expectOk(mask(['Hans Klein und Petersen'], [{ role: 'Zeuge', givenNames: 'Hans' }, PARTIES[0]!]));
    const [hans, petersen] = [...text!.matchAll(/\[[^\]]+\]/g)].map(([one]) => one);
    assert.equal(
      unmask(`${hans}s Hut, ${petersen}s Hut, \\${petersen!.replace(']', '\\]')}, ${petersen!.slice(1, -1)}, ${petersen!.toUpperCase()}`, key),
      "Hans' Hut, Petersens Hut, Petersen, Petersen, Petersen",
    );
  });
  it('leaves alone what nobody gave out', () => {
    const { key } = expectOk(mask(['Petersen'], PARTIES));
    assert.equal(unmask(`[Person ${key.tag}99]`, key), `[Person ${key.tag}99]`);
  });
  it('holds back no more than a placeholder', () => {
    const stream = new StreamUnmasker(expectOk(mask(['Petersen'], PARTIES)).key);
    const text = `[${'x'.repeat(5000)}`;
    assert.ok(text.length - stream.push(text).length <= 100);
    assert.equal(stream.push('Das ist ein Satz ohne Platzhalter.').endsWith('Platzhalter.'), true);
  });
});

describe('Names and numbers that no party told', () => {
  for (const [text, secrets] of [
    ['Max Mustermann, geboren 1980, klagt über seine Nachbarin Erika Beispiel. Später kam Beispiel wieder.', ['Mustermann', 'Erika', 'Beispiel']],
    ['Antragsteller: Max Mustermann, Musterweg 5.', ['Max', 'Mustermann', 'Musterweg 5']],
    ['Chip 276098106123456 und Police 4711-0815 HV', ['276098106123456', '4711', '0815', 'HV']],
    ['Der Zeuge Karl von der Heide sah es.', ['Karl', 'Heide']],
  ] as const)
    it(text, () => {
      const { texts, key } = expectOk(mask([text], []));
      for (const secret of secrets) assert.ok(!texts[0]!.includes(secret), texts[0]!);
      assert.equal(unmask(texts[0]!, key), text);
    });
  it('stay where a role says nothing of a person', () => {
    const text = 'Der Antragsteller hat drei Rechnungen über 120,50 Euro. Die Nachbarn dulden das. Kind und Eltern zahlen nichts.';
    assert.equal(expectOk(mask([text], [])).texts[0], text);
  });
});

describe('What cannot be masked whole', () => {
  it('is told in time that grows with the text, whatever it says', () => {
    const start = reckonedMs();
    for (const hostile of [
      'A',
      'Aa-',
      '1 ',
      '1  ',
      'a@',
      'Herr A ',
      'Tel ',
      'DE12 ',
      'Peterse ',
      'l1I',
      '53° ',
      'Am Astraße ',
      'Konto Konto',
      'Az. a-a-',
      '\u0300',
    ]) {
      mask([hostile.repeat(Math.ceil(10_000 / hostile.length))], PARTIES);
    }
    assert.ok(reckonedMs() - start < 20_000);
  });
  it('is refused where looking for it would hold up everybody', () => {
    const letters = (n: number): string => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const names = Array.from({ length: MOST_LEARNED + 1 }, (_, at) => `Herr Xq${letters(at * 7919 + 1000)} kommt.`);
    const learned = mask([names.join(' ')], []);
    assert.ok(!learned.ok && learned.problem.detail.includes('mehr als 100 Personen'));
    assert.ok(mask([names.slice(1).join(' ')], []).ok);
    const parties = Array.from({ length: 100 }, () => PARTIES[0]!);
    const refused = mask(['x'.repeat(10_001)], parties);
    assert.equal(!refused.ok && refused.problem.kind, 'too-large');
  });
  it('costs little when titles follow titles', () => {
    const before = process.cpuUsage();
    mask(['Dr.'.repeat(20_000)], []);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 4_000_000, `${user + system} µs`);
  });
  it('is refused when it is too long', () => {
    const refused = mask(['x'.repeat(LONGEST_TEXTS + 1)], PARTIES);
    assert.equal(!refused.ok && refused.problem.kind, 'too-large');
  });
  it('is refused when every tag is taken', () => {
    const letters = [...'BCDFGHJKLMNPQRTVWXZ'];
    const refused = mask([letters.flatMap((a) => letters.map((b) => `${a}${b}1`)).join(' ')], []);
    assert.equal(!refused.ok && refused.problem.kind, 'not-allowed');
  });
});

function streamed(text: string, cuts: readonly number[], stream: StreamUnmasker): string {
  let [result, at] = ['', 0];
  for (let n = 0; at < text.length; n++) {
    const length = cuts[n % cuts.length]!;
    result += stream.push(text.slice(at, at + length));
    at += length;
  }
  return result + stream.end();
}
