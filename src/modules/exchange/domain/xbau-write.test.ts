import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSchematron, schematronMistakes, unreadableTests } from '../application/schematron-testing.ts';
import { ABOUT, ANSWERS, DATA, MAPPING, pdf, XBAU_HEAD, XBAU_RULES, XBAU_SCHEMAS } from '../../../../test/support/xbau-messages.ts';
import { id } from '../application/xdomea-testing.ts';
import { schemaMistakes, withoutSchema } from '../application/xmllint-testing.ts';
import { antrag, antragGeaendert, bescheid, eingangsbestaetigung, formellePruefung, rueckweisung, type FormData, type XbauPackage } from './xbau-write.ts';

const skip = withoutSchema(XBAU_SCHEMAS.hochbau);
const HOSTILE = `Ö <b>&"'ß „Zitat“ – Ω Б 😀\u0000\u000B\uFFFF]]> <!-- ${'lang'.repeat(200)}`;
const MINIMAL_HEAD = { ...XBAU_HEAD, author: undefined, reader: undefined, product: { name: 'Kontor', maker: 'Kontor' } };

/** Every answer in letters that XML or the standard forbids. */
const hostileAnswers = Object.fromEntries(
  Object.entries(ANSWERS).map(([field, value]) => [field, typeof value === 'string' && !/^[a-z0-9]+$/.test(value) ? HOSTILE : value]),
);
const HOSTILE_DATA: FormData = {
  answers: {
    ...hostileAnswers,
    site: { street: HOSTILE, houseNumber: ' ', postcode: '', place: '\t' },
    deviation: true,
    deviationReason: `${HOSTILE}\n\n \n\n${HOSTILE}`,
    dwellings: 0,
    volumeCbm: 12.345,
  },
  said: [{ field: 'treesAffected', label: HOSTILE, text: HOSTILE }],
  files: [
    pdf(90, { fileName: '../../etc/passwd\u0000', title: HOSTILE }),
    pdf(91, { fileName: 'Plan.PDF' }),
    pdf(92, { fileName: 'plan.pdf' }),
    pdf(93, { fileName: '', bytes: new Uint8Array() }),
  ],
};
const EMPTY: FormData = { answers: {}, said: [], files: [] };
const FINDINGS = { complete: false, findings: ['Der Lageplan fehlt.', HOSTILE, ' '], dueOn: '2026-12-22', letter: `Guten Tag\n\n${HOSTILE}`, documents: [] };
const NOTHING_FOUND = { complete: false, findings: [], documents: [] };
const COMPLETE = { complete: true, findings: [], documents: ['Lageplan', HOSTILE, ''], decisionBy: '2027-02-24' };
const DECISION = {
  granted: true,
  operative: ['Die Genehmigung wird erteilt.', HOSTILE],
  nebenbestimmungen: [
    { kind: 'Auflage', text: HOSTILE },
    { kind: 'Befristung', text: 'Bis 2030.' },
  ],
  reasons: ['Weil es zulässig ist.', HOSTILE],
};
const REFUSED = { granted: false, operative: [], nebenbestimmungen: [], reasons: [] };

const SHAPES: readonly [string, keyof typeof XBAU_SCHEMAS, XbauPackage][] = [
  ['0200, the whole example', 'hochbau', antrag(XBAU_HEAD, MAPPING, DATA, id(71))],
  ['0200, without any answer, file, author or reader', 'hochbau', antrag(MINIMAL_HEAD, MAPPING, EMPTY, id(71))],
  ['0200, hostile text everywhere', 'hochbau', antrag({ ...XBAU_HEAD, author: { ...XBAU_HEAD.author!, name: HOSTILE } }, MAPPING, HOSTILE_DATA, id(71))],
  [
    '0200, with a deviation and 200 parcels',
    'hochbau',
    antrag(
      XBAU_HEAD,
      MAPPING,
      {
        ...DATA,
        answers: {
          ...ANSWERS,
          deviation: true,
          deviationReason: 'Abstand',
          flurstueck: Array.from({ length: 200 }, (_, index) => `${index + 1}/2`).join(', '),
        },
      },
      id(71),
    ),
  ],
  ['0201, documents are missing', 'hochbau', formellePruefung(XBAU_HEAD, FINDINGS, ABOUT, [pdf(95)])],
  ['0201, nothing said', 'hochbau', formellePruefung(MINIMAL_HEAD, NOTHING_FOUND, {}, [])],
  ['0201, complete', 'hochbau', formellePruefung(XBAU_HEAD, COMPLETE, ABOUT, [])],
  ['0202, the whole example', 'hochbau', antragGeaendert(XBAU_HEAD, MAPPING, DATA, ABOUT)],
  ['0202, hostile text everywhere', 'hochbau', antragGeaendert(XBAU_HEAD, MAPPING, HOSTILE_DATA, ABOUT)],
  ['0202, documents only, without anything to refer to', 'hochbau', antragGeaendert(MINIMAL_HEAD, MAPPING, { ...EMPTY, files: [pdf(96)] }, {})],
  ['0205, granted with conditions', 'hochbau', bescheid(XBAU_HEAD, DECISION, ABOUT, [pdf(97)])],
  ['0205, refused without words', 'hochbau', bescheid(MINIMAL_HEAD, REFUSED, { fileNumber: HOSTILE }, [])],
  ['1120', 'kern', eingangsbestaetigung(XBAU_HEAD, ABOUT, `Ihr Antrag ist da.\n\n${HOSTILE}`)],
  ['1120, without words', 'kern', eingangsbestaetigung(MINIMAL_HEAD, {}, '')],
  ['1100', 'kern', rueckweisung(XBAU_HEAD, ['Zeile 3: Der Kopf fehlt.', HOSTILE, ''], ABOUT.message, Buffer.from('<a/>'))],
  ['1100, of something that is no message', 'kern', rueckweisung(MINIMAL_HEAD, ['Kein XML.'], undefined, new Uint8Array())],
];

describe('XBau 2.6, valid under the real schemas', { skip }, () => {
  for (const [name, schema, { xml }] of SHAPES) it(name, () => assert.equal(schemaMistakes(xml, XBAU_SCHEMAS[schema]), ''));

  it('the check can fail: elements in another order are invalid', () => {
    const { xml } = antrag(XBAU_HEAD, MAPPING, DATA, id(71));
    const swapped = xml.replace(/(\s*<xbau:antragsteller>[\s\S]*<\/xbau:antragsteller>)(\s*<xbau:bauvorhaben>[\s\S]*<\/xbau:bauvorhaben>)/, '$2$1');
    assert.notEqual(swapped, xml);
    assert.match(schemaMistakes(swapped, XBAU_SCHEMAS.hochbau), /antragsteller/);
  });
  it('the check can fail: a letter that DIN 91379 does not know is invalid', () => {
    const { xml } = antrag(XBAU_HEAD, MAPPING, DATA, id(71));
    assert.match(schemaMistakes(xml.replace('>Petersen<', '>Петерсен<'), XBAU_SCHEMAS.hochbau), /pattern/);
  });
});

describe('XBau 2.6, under the Schematron rules of the standard', { skip: skip || withoutSchema(XBAU_RULES[0]) }, () => {
  const rules = skip === false ? XBAU_RULES.map(readSchematron) : [];
  const mistakes = (xml: string) => rules.flatMap((one) => schematronMistakes(xml, one));

  it('every rule is read, and every test in it can be evaluated', () => {
    assert.deepEqual(rules.flatMap(unreadableTests), []);
    const ids = rules.map((one) => new Set(one.rules.flatMap(({ assertions }) => assertions.map(({ id: name }) => name))).size);
    assert.deepEqual(ids, [18, 1], 'assertions in the two files');
    assert.deepEqual(
      rules.map((one) => one.rules.length),
      [154, 1],
      'rules with a context',
    );
  });
  for (const [name, , { xml }] of SHAPES) it(name, () => assert.deepEqual(mistakes(xml), []));

  const planted = antrag(XBAU_HEAD, MAPPING, DATA, id(71)).xml;
  const cases: readonly [string, string, string, string][] = [
    ['sch-xbau-001', 'a reader whose id has no prefix', '>bab:020000004<', '>020000004<'],
    ['sch-xbau-002', 'an author whose id has capitals', '>bap:020000001<', '>BAP:020000001<'],
    ['sch-xbau-gen-001', 'an element that says nothing', '>Petersen<', '>  <'],
  ];
  for (const [rule, name, find, by] of cases) {
    it(`the check can fail: ${name}`, () => {
      assert.ok(planted.includes(find));
      assert.deepEqual(
        mistakes(planted.replace(find, by)).map((one) => one.id),
        [rule],
      );
    });
  }
});
