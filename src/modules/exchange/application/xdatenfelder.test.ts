import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import { XDF } from '../domain/xdatenfelder-standard.ts';
import { draftFromXdatenfelder } from './xdatenfelder.ts';
import { field, group, SCHEMA } from './xdatenfelder-testing.ts';

const draft = (xml: string) => expectOk(draftFromXdatenfelder(Buffer.from(xml)));
const refusal = (xml: string): readonly string[] => {
  const done = draftFromXdatenfelder(Buffer.from(xml));
  return done.ok ? [] : (done.problem.fields?.map(({ message }) => message) ?? [done.problem.detail]);
};
type AnyPage = { readonly id: string; readonly title: { de: string }; readonly repeat?: object; readonly fields: readonly Record<string, unknown>[] };
const pages = (xml: string): readonly AnyPage[] => draft(xml).pages as readonly AnyPage[];

describe('fields of others by their type', () => {
  const cases: readonly [name: string, xml: string, expected: Record<string, unknown>, finding?: RegExp][] = [
    [
      'text with bounds',
      field('F2', 'text_latin', '<x:praezisierung minLength="1" maxLength="40" pattern="[a-z]+"/>'),
      { type: 'text', maxLength: 40, pattern: '[a-z]+' },
    ],
    [
      'a least length becomes part of the pattern',
      field('F2', 'text', '<x:praezisierung minLength="3"/>'),
      { type: 'text', pattern: '(?=[\\s\\S]{3})[\\s\\S]*' },
    ],
    ['long text', field('F2', 'text', '<x:praezisierung maxLength="9000"/>'), { type: 'textarea', maxLength: 5000 }, /fasst 9000 Zeichen/],
    ['a pattern that cannot be read', field('F2', 'text', '<x:praezisierung pattern="(["/>'), { type: 'text' }, /Muster .* nicht lesbar/],
    ['whole number', field('F2', 'num_int', '<x:praezisierung minValue="1" maxValue="9"/>'), { type: 'number', min: 1, max: 9 }],
    [
      'money',
      field('F2', 'num_currency', '<x:praezisierung minValue="0"/>'),
      { type: 'number', unit: 'Euro', min: 0, max: null, integer: false },
      /keine größte Zahl/,
    ],
    ['date', field('F2', 'date', '<x:praezisierung minValue="2020-01-01"/>'), { type: 'date', min: '2020-01-01' }],
    ['yes or no', field('F2', 'bool'), { type: 'yes-no' }],
    ['time', field('F2', 'time'), { type: 'text', pattern: '([01][0-9]|2[0-3]):[0-5][0-9]' }, /Uhrzeit/],
    ['optional', field('F2', 'date', '', { anzahl: '0:1' }), { type: 'date', required: false }],
    ['file', field('F2', 'file', '<x:maxSize>3000000</x:maxSize><x:mediaType>application/pdf</x:mediaType>'), { type: 'file', document: 'f2Name' }],
    [
      'choice',
      field(
        'F2',
        'text',
        '<x:werte><x:wert><x:code>1</x:code><x:name>Eins</x:name></x:wert><x:wert><x:code>2</x:code><x:name>Zwei</x:name></x:wert></x:werte>',
        { feldart: 'select' },
      ),
      { type: 'choice', options: [option('1', 'Eins'), option('2', 'Zwei')] },
    ],
    [
      'several choices',
      field(
        'F2',
        'text',
        '<x:werte><x:wert><x:code>1</x:code><x:name>Eins</x:name></x:wert><x:wert><x:code>2</x:code><x:name>Zwei</x:name></x:wert></x:werte>',
        { feldart: 'select', anzahl: '0:n' },
      ),
      { type: 'choices', required: false, options: [option('1', 'Eins'), option('2', 'Zwei')] },
    ],
  ];
  for (const [name, xml, expected, finding] of cases) {
    it(name, () => {
      const found = draft(SCHEMA({ more: xml }));
      const { id, label, fim, ...rest } = (found.pages as readonly AnyPage[])[0]!.fields[1]!;
      assert.deepEqual([id, label, fim], ['f2Name', { de: 'F2 Frage', en: null, leicht: null }, 'F2V1.0.0']);
      assert.deepEqual(rest, expected);
      if (finding === undefined) assert.deepEqual(found.findings, []);
      else
        assert.ok(
          found.findings.some((one) => finding.test(one)),
          found.findings.join('\n'),
        );
    });
  }
  for (const [name, xml, finding] of [
    ['hidden', field('F2', 'text', '<x:inhalt>geheim</x:inhalt>', { feldart: 'hidden' }), /ist verborgen.*Inhalt: «geheim»/],
    ['label', field('F2', 'text', '<x:inhalt>Bitte lesen</x:inhalt>', { feldart: 'label' }), /Hinweistext.*«Bitte lesen»/],
    ['locked', field('F2', 'text', '', { feldart: 'locked' }), /gesperrt/],
    ['object', field('F2', 'obj'), /Objekt ohne Felder/],
  ] as const) {
    it(`${name}: left out, and said`, () => {
      const found = draft(SCHEMA({ more: xml }));
      assert.equal((found.pages as readonly AnyPage[])[0]!.fields.length, 1);
      assert.ok(
        found.findings.some((one) => finding.test(one)),
        found.findings.join('\n'),
      );
    });
  }
});
function option(value: string, de: string): object {
  return { value, label: { de, en: null, leicht: null } };
}

describe('groups of others', () => {
  it('several times: a list, with as many items as a form takes', () => {
    const found = draft(SCHEMA({ anzahl: '2:*' }));
    const [page] = found.pages as readonly AnyPage[];
    assert.deepEqual(page!.repeat, {
      id: 'g1NameListe',
      min: 2,
      max: 50,
      itemLabel: { de: 'Person', en: null, leicht: null },
      addLabel: { de: 'Person hinzufügen', en: null, leicht: null },
    });
    assert.ok(found.findings.some((one) => /höchstens 50/.test(one)));
  });
  it('a group in a group is a page of its own; in a list it is fields of it; a list in a list stands for itself', () => {
    assert.deepEqual(
      pages(SCHEMA({ more: group('G2', field('F3', 'text')) })).map(({ title, fields }) => [title.de, fields.length]),
      [
        ['Person', 1],
        ['Person: G2 Gruppe', 1],
      ],
    );
    const flat = draft(SCHEMA({ anzahl: '1:5', more: group('G2', field('F3', 'text')) }));
    assert.deepEqual(
      (flat.pages as readonly AnyPage[]).map(({ fields }) => fields.length),
      [2],
    );
    assert.ok(flat.findings.some((one) => /Überschrift entfällt/.test(one)));
    const nested = draft(SCHEMA({ anzahl: '1:5', more: group('G2', field('F3', 'text'), '1:3') }));
    assert.equal(nested.pages!.length, 2);
    assert.ok(nested.findings.some((one) => /das selbst mehrfach kommt/.test(one)));
  });
  it('a field that comes several times is a list of one field; one name is given once', () => {
    const [first, list] = pages(SCHEMA({ more: field('F2', 'text', '', { anzahl: '1:3' }).replace('F2 Name', 'F1 Name') }));
    assert.deepEqual([first!.fields[0]!['id'], list!.fields[0]!['id'], list!.fields.length], ['f1Name', 'f1Name2', 1]);
  });
  it('one of several: all of them free to leave, and said', () => {
    const found = draft(SCHEMA({ inGroup: '<x:art><code>X</code></x:art>' }));
    assert.equal((found.pages as readonly AnyPage[])[0]!.fields[0]!['required'], false);
    assert.ok(found.findings.some((one) => /nur eines auszufüllen/.test(one)));
  });
  it('a block may stand in two groups, when it is the same', () => {
    assert.equal(pages(SCHEMA({ more: group('G2', field('F1', 'text')) })).length, 2);
  });
});

describe('broken files are refused with each mistake and its line', () => {
  const cases: readonly [name: string, xml: string, words: RegExp][] = [
    ['another standard', SCHEMA().replaceAll(XDF, 'urn:x'), /Zeile 2: .*keine Nachricht des Standards XDatenfelder/],
    ['version 2', SCHEMA().replaceAll(XDF, 'urn:xoev-de:fim:standard:xdatenfelder_2'), /Zeile 2: .*XDatenfelder 2 geschrieben.*Version 3\.0\.0/],
    ['another message', SCHEMA().replaceAll('xdatenfelder.stammdatenschema.0102', 'xdatenfelder.regel.0105'), /vom Typ «xdatenfelder\.regel\.0105»/],
    ['a name that JavaScript knows', SCHEMA().replaceAll('xdatenfelder.stammdatenschema.0102', 'constructor'), /vom Typ «constructor»/],
    ['an element named constructor', SCHEMA({ inGroup: '<x:constructor>1</x:constructor>' }), /Zeile 7: .*«constructor»/],
    ['no name', SCHEMA().replace('<x:name>F1 Name</x:name>', ''), /Zeile 8: In «datenfeld» fehlt «name»/],
    ['an empty name', SCHEMA().replace('F1 Name', ' '), /Zeile 8: «name» ist leer/],
    ['twice the same', SCHEMA({ inField: '<x:maxSize>1</x:maxSize><x:maxSize>2</x:maxSize>' }), /«maxSize» zweimal/],
    ['a foreign element', SCHEMA({ inGroup: '<evil xmlns="urn:e"/>' }), /Zeile 7: .*«evil» \(fremder Namensraum\)/],
    ['text with an element in it', SCHEMA().replace('Angelschein', '<x:b>x</x:b>'), /wo nur Text sein darf/],
    ['an unknown code', SCHEMA().replace('<code>text</code>', '<code>blob</code>'), /Zeile 8: Den Code «blob» kennt die Liste von «datentyp» nicht/],
    ['an id of another kind', SCHEMA().replace('<x:id>F1<', '<x:id>G7<'), /Zeile 8: Die ID «G7» .*beginnt mit F/],
    ['a wrong number', SCHEMA({ anzahl: '3:2' }), /Zeile 6: Die Anzahl «3:2»/],
    ['no number at all', SCHEMA({ anzahl: 'viele' }), /Zeile 6: Die Anzahl «viele»/],
    ['a day that does not exist', SCHEMA({ inGroup: '<x:gueltigAb>2026-02-30</x:gueltigAb>' }), /Zeile 7: «gueltigAb» ist kein Tag/],
    [
      'valid until before it begins',
      SCHEMA({ inGroup: '<x:gueltigAb>2026-02-03</x:gueltigAb><x:gueltigBis>2026-02-01</x:gueltigBis>' }),
      /«gueltigBis» liegt vor/,
    ],
    [
      'a moment that is none',
      SCHEMA().replace('<x:erstellungszeitpunkt>2026-01-01T10', '<x:erstellungszeitpunkt>2026-13-01T10'),
      /Zeile 3: «erstellungszeitpunkt»/,
    ],
    ['bounds crossed', SCHEMA({ inField: '<x:praezisierung minLength="9" maxLength="2"/>' }), /«minLength» liegt über «maxLength»/],
    ['a bound that is no number', SCHEMA({ inField: '<x:praezisierung maxLength="viele"/>' }), /«maxLength» ist keine ganze Zahl/],
    ['a group in itself', SCHEMA({ more: group('G2', group('G1', field('F3', 'text'))) }), /Zeile 9: Die Gruppe «G1» enthält sich selbst/],
    ['one id, two contents', SCHEMA({ more: group('G2', field('F1', 'date')) }), /Zeile 9: «F1» steht schon in Zeile 8, dort mit anderem Inhalt/],
    ['one id twice in a group', SCHEMA({ more: field('F1', 'text') }), /Zeile 9: «F1» steht zweimal in derselben Gruppe/],
    [
      'two fields in one structure',
      SCHEMA().replace(
        '</x:datenfeld></x:enthaelt>',
        `</x:datenfeld>${field('F5', 'text')
          .replace(/^.*?<x:enthaelt>/, '')
          .replace('</x:enthaelt></x:struktur>', '')}</x:enthaelt>`,
      ),
      /genau ein Datenfeld/,
    ],
    ['nothing in it', SCHEMA().replace(/<x:struktur>[\s\S]*<\/x:struktur>/, ''), /fehlt «struktur»/],
    ['a document type', SCHEMA().replace('?>', '?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), /Dokumenttyp-Definition/],
    ['another encoding', SCHEMA().replace('UTF-8', 'ISO-8859-1'), /nicht in UTF-8/],
  ];
  for (const [name, xml, words] of cases) {
    it(name, () => {
      const said = refusal(xml);
      assert.ok(
        said.some((one) => words.test(one)),
        `${said.join('\n')} is not ${words}`,
      );
    });
  }
  it('all mistakes at once, so that one round is enough', () => {
    assert.ok(refusal(SCHEMA({ anzahl: 'x' }).replace('<code>text</code>', '<code>y</code>').replace('<x:id>S1<', '<x:id>1<')).length >= 3);
  });
});
