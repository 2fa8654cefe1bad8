import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sentencesOf, tokensOf } from '../../library/public.ts';
import type { AssistedCase, CaseFact } from './assisted-case.ts';
import { contradictionsIn, labelWords } from './contradictions.ts';
import { explanationOf, reasonsDraft, requestDraft } from './drafts.ts';
import { keptTexts, settledBy } from './proposal.ts';
import { similarTo } from './similar.ts';
import { synopsisOf } from './synopsis.ts';
import { daysIn, marksIn, numbersIn } from './values.ts';

const fact = (id: string, label: string, type: string, raw: unknown, shown: string, unit?: string): CaseFact => ({
  ...{ id, label, type, raw, shown },
  ...(unit === undefined ? {} : { unit }),
});
const chip = fact('chip', 'Chipnummer', 'text', '276098106234567', '276098106234567');
const birth = fact('dogBirth', 'Geburtstag des Hundes', 'date', '2024-05-03', '03.05.2024');
const height = fact('shoulderCm', 'Schulterhöhe', 'number', 45, '45 cm', 'cm');
const paper = (text: string) => ({ id: 'd1', title: 'police.pdf', sha256: 'ab'.repeat(32), pages: [{ number: 1, text }] });
const found = (facts: readonly CaseFact[], text: string) => contradictionsIn({ facts, documents: [paper(text)], unread: [] }).items;

describe('values in a text', () => {
  it('reads days as Germans write them, and none that the calendar does not have', () => {
    assert.deepEqual(
      daysIn('am 3. Mai 2024, am 03.05.2024, am 2024-05-03, am 31.02.2024').map(({ value }) => value),
      ['2024-05-03', '2024-05-03', '2024-05-03'],
    );
  });
  it('reads numbers with their unit, and leaves days and paragraphs alone', () => {
    assert.deepEqual(
      numbersIn('45 cm hoch, 1.234,5 cm, § 12, am 03.05.2024', 'cm').map(({ value }) => value),
      ['45', '1234.5'],
    );
  });
  it('reads marks however they are parted', () => {
    assert.deepEqual(
      marksIn('Chip 276 098 106 234 567').map(({ value }) => value),
      ['276098106234567'],
    );
    assert.deepEqual(
      marksIn('Vertrag HP-12.345/6 vom').map(({ value }) => value),
      ['HP123456'],
    );
  });
});

describe('contradictions between form and documents', () => {
  it('tells another value at the same name, with both places', () => {
    const [item] = found([chip], 'Versicherungsschein\nChip-Nr.: 276098106234999\nDeckung: 1 Mio. EUR');
    assert.match(item!.text, /Chipnummer: Im Antrag steht „276098106234567“, in „police.pdf“ \(Seite 1\) steht „276098106234999“/);
    const source = item!.sources[1]!;
    assert.ok(source.kind === 'document');
    assert.equal('Versicherungsschein\nChip-Nr.: 276098106234999\nDeckung: 1 Mio. EUR'.slice(source.start, source.end), source.quote);
  });
  it('the same value in other signs is no contradiction', () => {
    assert.deepEqual(found([chip, birth, height], 'Chip-Nummer 276 098 106 234 567\nGeburtstag des Hundes: 3. Mai 2024\nSchulterhöhe 45 cm'), []);
  });
  it('a day and a measure can contradict, too', () => {
    assert.equal(found([birth], 'Geburtstag des Hundes 04.05.2024').length, 1);
    assert.equal(found([height], 'Schulterhöhe: 60 cm').length, 1);
  });
  it('silence, other names and a right value beside others are none', () => {
    assert.deepEqual(found([chip], 'Versicherungsnummer 99887766554433'), []);
    assert.deepEqual(found([chip], 'Die Chipnummer steht im Ausweis.'), []);
    assert.deepEqual(found([chip], 'Chipnummer alt 276098106234999, Chipnummer neu 276098106234567'), []);
  });
  it('a label without words of its own speaks of nothing', () => assert.deepEqual(labelWords('Wie ist das (ungefähr)?'), []));
});

describe('hostile documents', () => {
  const timed = (act: () => void): number => {
    const start = process.cpuUsage().user;
    act();
    return (process.cpuUsage().user - start) / 1000;
  };
  it('a line of 100,000 signs is not looked at, and said', () => {
    const made = contradictionsIn({ facts: [chip, height], documents: [paper(`Chipnummer ${'A '.repeat(50_000)}`)], unread: [] });
    assert.deepEqual(made.items, []);
    assert.match(made.notes[0]!, /1 sehr lange Zeilen nicht verglichen/);
  });
  it('many lines that speak of an answer take no more than a moment', () => {
    const lines = Array.from({ length: 20_000 }, () => `Chipnummer ${'A '.repeat(200)}`).join('\n');
    assert.ok(timed(() => found([chip], lines)) < 5000);
  });
  it('2,000 statements of one author’s words are told apart in bounded time', () => {
    const statements = Array.from({ length: 2000 }, (_, n) => ({
      number: String(n),
      from: 'jemand',
      text: `Ich bin gegen die Nummer ${n} des Plans, weil sie ${n * 7} Bäume kostet und Lärm macht.`,
    }));
    assert.ok(timed(() => synopsisOf({ statements }, { sentencesOf, tokensOf })) < 5000);
  });
});

describe('similar closed cases', () => {
  const own = [
    fact('breed', 'Rasse', 'choice', 'labrador', 'Labrador'),
    fact('incident', 'Bissvorfall', 'yes-no', false, 'Nein'),
    fact('n', 'Schulterhöhe', 'number', 45, '45 cm'),
  ];
  const other = (id: string, closedOn: string, ...shown: string[]) => ({
    ...{ id, fileNumber: `HD-${id}`, closedOn },
    facts: own.map((one, index) => ({ ...one, shown: shown[index]! })),
  });
  it('says what is the same and what is not, the likest first', () => {
    const { items } = similarTo({ facts: own }, [
      other('1', '2026-01-02', 'Labrador', 'Nein', '60 cm'),
      other('2', '2026-01-01', 'Labrador', 'Nein', '45 cm'),
      other('3', '2026-01-03', 'Dackel', 'Ja', '20 cm'),
    ]);
    assert.deepEqual(
      items.map(({ text }) => text.slice(0, 4)),
      ['HD-2', 'HD-1'],
    );
    assert.match(items[1]!.text, /Gleich: Rasse \(Labrador\), Bissvorfall \(Nein\)\. Anders: Schulterhöhe \(dort 60 cm, hier 45 cm\)/);
  });
  it('names no outcome and nobody who applied (Annex III no. 5(a) AI Act)', () => {
    const name = fact('familyName', 'Familienname', 'text', 'Muster', 'Muster');
    const { items } = similarTo({ facts: [...own, name] }, [{ ...other('1', '2026-01-01', 'Labrador', 'Nein', '45 cm'), facts: [...own, name] }]);
    assert.doesNotMatch(JSON.stringify(items), /Muster|bewilligt|abgelehnt/);
  });
});

describe('synopsis of statements', () => {
  const say = (number: string, text: string) => ({ number, from: `Stelle ${number}`, text });
  it('puts together what several say of one thing, in their own words', () => {
    const statements = [
      say('1', 'Die Zufahrt für die Feuerwehr ist zu schmal und muss verbreitert werden. Sonst ist alles gut geplant worden.'),
      say('2', 'Wir bitten um Bäume am Rand des Platzes, damit es im Sommer kühl bleibt.'),
      say('3', 'Die Zufahrt der Feuerwehr ist zu schmal, sie muss breiter werden.'),
    ];
    const { items } = synopsisOf({ statements }, { sentencesOf, tokensOf });
    assert.deepEqual(
      items[0]!.sources.map((source) => source.kind === 'statement' && source.number),
      ['1', '3'],
    );
    assert.match(items[0]!.text, /Zufahrt/);
    for (const { sources } of items) for (const { quote } of sources) assert.ok(statements.some(({ text }) => text.includes(quote)));
    assert.equal(items.flatMap(({ sources }) => sources).length, 4, 'no sentence is lost');
  });
});

describe('draft sentences', () => {
  const view: AssistedCase = {
    ...{ id: 'c', fileNumber: 'HD-2026-000001-K', service: 'hund', serviceName: 'Hund anmelden', authority: 'hunderegister' },
    ...{ facts: [chip], documents: [paper('Chipnummer 276098106234999')], unread: [], statements: [] },
    lacks: [{ field: 'police', message: 'Laden Sie den Nachweis der Versicherung hoch.', rule: 'Hund anmelden 1.0.0, Seite „Versicherung“' }],
    rules: [{ decision: 'erlaubnis', row: 2, sentence: 'Die Rasse ist nicht erlaubnispflichtig (§ 2 HundeG).' }],
  };
  it('§ 25 VwVfG: a request names what lacks and what is unclear, each with its source; frame sentences have none', () => {
    const { items } = requestDraft(view);
    assert.equal(items.length, 4);
    assert.deepEqual(
      items.map(({ sources }) => sources.length),
      [0, 1, 2, 0],
    );
  });
  it('nothing is asked for where nothing lacks', () => {
    const made = requestDraft({ ...view, lacks: [], documents: [] });
    assert.deepEqual(made.items, []);
    assert.match(made.notes[0]!, /fehlt .* nichts/);
  });
  it('§ 39 VwVfG: reasons are the sentences of the rules that fired', () => {
    assert.deepEqual(reasonsDraft(view).items, [
      { text: view.rules[0]!.sentence, sources: [{ kind: 'rule', decision: 'erlaubnis', row: 2, quote: view.rules[0]!.sentence }] },
    ]);
    assert.equal(reasonsDraft({ rules: [] }).items.length, 0);
  });
  it('an explanation says outcome, duties, reasons of a refusal, fee and remedy, and that the Bescheid alone counts', () => {
    const { items, notes } = explanationOf({
      ...{
        id: 'd',
        kind: 'bescheid',
        outcome: 'refuse',
        decidedOn: '2026-11-01',
        operative: ['Die Eintragung wird abgelehnt.'],
        feeCents: 1400,
        remedyUntil: '2026-12-04',
      },
      conditions: [{ kind: 'Auflage', text: 'Melden Sie Änderungen.' }],
      reasons: ['Die Versicherung fehlt.'],
    });
    assert.deepEqual(
      items.map(({ text }) => text),
      [
        'Wir haben Ihren Antrag abgelehnt.',
        'Das müssen Sie tun: Melden Sie Änderungen.',
        'Der Grund: Die Versicherung fehlt.',
        'Die Gebühr beträgt 14,00 €.',
        'Sind Sie nicht einverstanden? Dann können Sie bis zum 04.12.2026 widersprechen. Wie das geht, steht am Ende des Bescheids.',
      ],
    );
    assert.match(notes[0]!, /ersetzt den Bescheid nicht/);
  });
  it('§ 73 VwGO, §§ 42a, 48, 49 VwVfG: of other decisions it tells their own words, no outcome and no Widerspruch', () => {
    for (const kind of ['widerspruchsbescheid', 'ruecknahme', 'widerruf', 'fiktion']) {
      const { items } = explanationOf({
        ...{
          id: 'd',
          kind,
          outcome: 'grant',
          decidedOn: '2026-11-01',
          operative: ['Der Bescheid vom 1. Mai wird zurückgenommen.'],
          feeCents: 0,
          remedyUntil: '2026-12-04',
        },
        ...{ conditions: [], reasons: [] },
      });
      assert.deepEqual(
        items.map(({ text }) => text),
        ['Der Bescheid vom 1. Mai wird zurückgenommen.', 'Sind Sie nicht einverstanden? Was Sie tun können und bis wann, steht am Ende des Bescheids.'],
      );
    }
  });
});

describe('what a person makes of an item', () => {
  const item = { text: 'Ein Satz.', sources: [] };
  it('the same words are taken, others changed, none or no tick refused', () => {
    assert.deepEqual(settledBy(item, { keep: true, text: ' Ein Satz.\r\n' }), { outcome: 'accepted' });
    assert.deepEqual(settledBy(item, { keep: true, text: 'Ein anderer.' }), { outcome: 'changed', text: 'Ein anderer.' });
    assert.deepEqual(settledBy(item, { keep: true, text: ' ' }), { outcome: 'refused' });
    assert.deepEqual(settledBy(item, { keep: false, text: 'Ein Satz.' }), { outcome: 'refused' });
  });
  it('what was kept comes in order', () => {
    const items = [item, { text: 'Zwei.', sources: [] }, { text: 'Drei.', sources: [] }];
    assert.deepEqual(keptTexts({ items, settled: [{ outcome: 'accepted' }, { outcome: 'refused' }, { outcome: 'changed', text: '3.' }] }), ['Ein Satz.', '3.']);
    assert.deepEqual(keptTexts({ items }), []);
  });
});
