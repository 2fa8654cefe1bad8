import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import {
  antrag,
  antragGeaendert,
  bescheid,
  eingangsbestaetigung,
  formellePruefung,
  rueckweisung,
  type FormData,
  type XbauPackage,
} from '../domain/xbau-write.ts';
import { readXbauFile, refusedMessage, type ReadXbau } from './read-xbau.ts';
import { ABOUT, ANSWERS, DATA, MAPPING, OFFICE, OTHERS, pdf, PORTAL, XBAU_HEAD } from '../../../../test/support/xbau-messages.ts';
import { id } from './xdomea-testing.ts';
import { zip } from '../../../platform/files/zip.ts';

const packed = ({ xml, files }: XbauPackage): Uint8Array => zip([{ name: 'baugenehmigung.antrag.0200.xml', bytes: Buffer.from(xml) }, ...files]);
const single = (bytes: Uint8Array) => [{ name: 'file', bytes }];
const read = (one: XbauPackage): ReadXbau => expectOk(readXbauFile(single(packed(one)), MAPPING));
const readText = (xml: string) => readXbauFile(single(Buffer.from(xml)), MAPPING);
const SENT = antrag(XBAU_HEAD, MAPPING, DATA, id(71));
/** The line on which a word stands last. */
const lineOf = (xml: string, word: string): number => xml.slice(0, xml.lastIndexOf(word)).split('\n').length;

function refused(done: ReturnType<typeof readXbauFile>) {
  assert.equal(done.ok, false);
  return done.ok ? undefined! : done.problem;
}

describe('an application of our own comes back whole', () => {
  it('the example of the package: every answer, every file in its place', () => {
    const { head, reference, answers, rest, delivered, absent, unnamed } = read(SENT);
    assert.deepEqual(answers, ANSWERS);
    assert.deepEqual([head.messageId, head.type, head.author, head.reader, reference], [id(70), '0200', PORTAL, OFFICE, id(71)]);
    assert.deepEqual(
      delivered.map(({ slot, originalName, bytes }) => ({ slot, originalName, bytes: Buffer.from(bytes).toString() })),
      DATA.files.map(({ slot, fileName, bytes }) => ({ slot, originalName: fileName, bytes: Buffer.from(bytes).toString() })),
    );
    assert.deepEqual([rest, absent, unnamed], [[], [], []]);
  });

  it('says in words what no element can say, for people', () => assert.match(SENT.xml, /<xbau:weitereAngaben>Sind geschützte Bäume betroffen\?: ja</));

  it('most of it stands in elements of the standard, not in the extension', () => {
    const own = [...SENT.xml.matchAll(/kontor:antwort feld="(\w+)"/g)].map(([, field]) => field!).toSorted();
    assert.deepEqual(own, ['monument', 'owner', 'position', 'specialBuilding', 'treesAffected', 'truthful', 'use']);
  });

  it('whatever was typed', () => {
    const words = fc.string({ unit: 'binary', maxLength: 60 });
    const answers = fc.record(
      {
        familyName: words,
        givenName: words,
        description: words,
        deviationReason: words,
        designerName: words,
        phone: words,
        gemarkung: words,
        flurstueck: words,
        project: fc.constantFrom('neubau', 'anbau', 'umbau', 'nutzung'),
        buildingClass: fc.constantFrom('1', '5'),
        deviation: fc.boolean(),
        monument: fc.boolean(),
        volumeCbm: fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.float({ min: 0, max: 1000, noNaN: true })),
        dwellings: fc.integer({ min: 0, max: 2000 }),
        position: fc.record({ lon: fc.constant(9.9352), lat: fc.constant(53.5577) }),
        site: fc.record({ street: words, houseNumber: words, postcode: words, place: words }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(answers, words, (given, fileName) => {
        const data: FormData = { answers: given, said: [], files: [pdf(80, { fileName })] };
        const back = read(antrag(XBAU_HEAD, MAPPING, data, id(71)));
        // JSON knows no minus zero
        const expected = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
        assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, back.answers[key]])), expected);
        assert.equal(back.delivered[0]?.originalName, JSON.parse(JSON.stringify(fileName)));
        assert.equal(back.delivered[0]?.slot, 'lageplan');
      }),
      { numRuns: 150 },
    );
  });

  it('0202: project and documents, without the applicant', () => {
    const { answers, refersTo, delivered, rest } = read(antragGeaendert(XBAU_HEAD, MAPPING, DATA, ABOUT));
    const { familyName: _f, givenName: _g, address: _a, ...project } = ANSWERS;
    assert.deepEqual(answers, project);
    assert.deepEqual([refersTo, delivered.length, rest], [ABOUT, 6, []]);
  });
});

describe('what the authority sends is read again', () => {
  it('0201: what is missing and until when', () => {
    const sent = formellePruefung(
      XBAU_HEAD,
      { complete: false, findings: ['Der Lageplan fehlt.'], dueOn: '2026-12-22', letter: 'Guten Tag', documents: [] },
      ABOUT,
      [pdf(95)],
    );
    const { tells, refersTo, delivered } = read(sent);
    assert.deepEqual(tells, ['Der Antrag ist nicht vollständig.', 'Es fehlt: Der Lageplan fehlt.', 'Frist: 2026-12-22', 'Guten Tag']);
    assert.deepEqual([refersTo, delivered.length], [ABOUT, 1]);
  });
  it('0201: complete', () => {
    const sent = formellePruefung(XBAU_HEAD, { complete: true, findings: [], documents: ['Lageplan'], decisionBy: '2027-02-24' }, ABOUT, []);
    assert.deepEqual(read(sent).tells, ['Der Antrag ist vollständig.', 'Liegt vor: Lageplan', 'Entscheidung spätestens: 2027-02-24']);
  });
  it('0205', () => {
    const sent = bescheid(
      XBAU_HEAD,
      { granted: true, operative: ['Erteilt.'], nebenbestimmungen: [{ kind: 'Auflage', text: 'A < B & C' }], reasons: ['Darum.'] },
      ABOUT,
      [pdf(97)],
    );
    assert.deepEqual(read(sent).tells, ['Der Antrag ist genehmigt.', 'Erteilt.', 'Nebenbestimmung: A < B & C']);
  });
  it('1120 and 1100', () => {
    assert.deepEqual(read(eingangsbestaetigung(XBAU_HEAD, ABOUT, 'Ist da.')).tells, ['Ist da.']);
    const { tells, refersTo } = read(rueckweisung(XBAU_HEAD, ['Zeile 2: falsch'], ABOUT.message, Buffer.from('<a/>')));
    assert.deepEqual([tells, refersTo], [['Zeile 2: falsch'], { message: ABOUT.message }]);
  });
});

it('the message and its attachments as files one by one are the same', () => {
  const files = [...SENT.files, { name: 'baugenehmigung.antrag.0200.xml', bytes: Buffer.from(SENT.xml) }];
  assert.equal(expectOk(readXbauFile(files, MAPPING)).delivered.length, 6);
  assert.match(refused(readXbauFile([...files, { name: 'x_baugenehmigung.antrag.0200.xml', bytes: Buffer.from(SENT.xml) }], MAPPING)).detail, /Es sind 2/);
  assert.match(refused(readXbauFile([], MAPPING)).detail, /keine Datei/);
});

describe('an application of another program', () => {
  const { answers, rest, reference, head, delivered, absent, unnamed } = expectOk(
    readXbauFile(
      single(
        zip([
          { name: 'message.xml', bytes: Buffer.from(OTHERS) },
          { name: 'A1.pdf', bytes: Buffer.from('%PDF') },
          { name: 'fremd.txt', bytes: Buffer.from('x') },
        ]),
      ),
      MAPPING,
    ),
  );

  it('fills the fields that it can fill, and no other', () => {
    assert.deepEqual(answers, {
      familyName: 'Wulff',
      givenName: 'Bo',
      address: { street: 'Große Straße', houseNumber: '7 b', postcode: '22765', place: 'Hamburg' },
      project: 'nutzung',
      use: 'anderes',
      flurstueck: '12/5, 13',
      gemarkung: 'Ottensen',
      position: { lon: 9.9352, lat: 53.5577 },
      deviation: true,
      deviationReason: '§ 6 HBauO\n\nEs ist eng.',
    });
    assert.deepEqual([head.messageId, reference], [id(60), id(60)]);
  });
  it('shows everything that no field asks for, with path and line', () => {
    assert.deepEqual(
      rest.map(({ path, text }) => `${path.split('/').at(-1)!}=${text}`),
      ['name=Wohnbau GmbH', 'code=9', 'istFreistehend=true', 'flur=3', 'bezeichnung=Altona'],
    );
    assert.equal(rest[0]!.line, lineOf(OTHERS, 'Wohnbau'));
  });
  it('knows documents by their words, and tells what did not come, lies elsewhere or follows', () => {
    assert.deepEqual(
      delivered.map(({ slot, file }) => [slot, file?.name]),
      [['lageplan', 'A1.pdf']],
    );
    assert.deepEqual(
      absent.map(({ title, link, later }) => [title, link, later]),
      [
        ['Statik', 'https://portal.example/statik', false],
        ['Baubeschreibung', undefined, true],
      ],
    );
    assert.deepEqual(unnamed, ['fremd.txt']);
  });
});

describe('a broken message is refused with every mistake and its line', () => {
  const { xml } = SENT;
  const cases: readonly [string, string | RegExp, string, RegExp][] = [
    ['another standard', 'http://www.xleitstelle.de/xbau/2/6', 'urn:other', /keine Nachricht des Standards XBau/],
    ['another version', 'http://www.xleitstelle.de/xbau/2/6', 'http://www.xleitstelle.de/xbau/2/5', /in XBau 2\.5 geschrieben/],
    ['another message', /baugenehmigung\.antrag\.0200/g, 'vorbescheid.antrag.0210', /vom Typ «vorbescheid\.antrag\.0210»/],
    ['another type in the head', '<code>0200</code>', '<code>0201</code>', /Nachrichtentyp «0201»/],
    ['an id that is none', id(70), 'abc', /nachrichtenUUID/],
    ['a day that does not exist', '2026-11-24T09:30', '2026-02-30T09:30', /erstellungszeitpunkt/],
    ['a version attribute that lies', 'version="2.6"', 'version="2.5"', /«version» «2\.6»/],
    ['a directory id that breaks rule sch-xbau-001', 'bab:020000004', 'BAB-4', /sch-xbau-001/],
    ['an empty element (rule sch-xbau-gen-001)', '>Petersen<', '> <', /sch-xbau-gen-001/],
    ['a file name that leaves its folder', '<dateiname>lageplan.pdf', '<dateiname>../lageplan.pdf', /Zeichen, die XBau nicht erlaubt/],
    ['a file name that comes twice', '<dateiname>lageplan.pdf', '<dateiname>flurkarte.pdf', /kommt zweimal vor/],
    ['an extension that is no JSON', /(<kontor:antwort feld="owner">)true/, '$1{', /kontor:formular/],
  ];
  for (const [name, find, by, message] of cases) {
    it(name, () => {
      const broken = xml.replace(find, by);
      assert.notEqual(broken, xml, 'the test plants nothing');
      assert.match(refused(readText(broken)).detail, message);
    });
  }
  it('all at once', () => {
    const { fields, line } = refused(readText(xml.replace(id(70), 'abc').replace('bab:020000004', 'x').replace('>Petersen<', '> <')));
    assert.equal(fields?.length, 3);
    assert.equal(line, lineOf(xml, '<identifikation.nachricht>'));
  });
  it('a file with other bytes or another size', () => {
    const files = SENT.files.map((file) =>
      file.name === 'lageplan.pdf' ? { ...file, bytes: Buffer.from('%PDF-1.7 99') } : file.name === 'mass.pdf' ? { ...file, bytes: Buffer.from('%') } : file,
    );
    const { detail, fields } = refused(readXbauFile(single(packed({ ...SENT, files })), MAPPING));
    assert.match(detail, /lageplan\.pdf.*Hashwert/);
    assert.equal(fields?.length, 2);
  });
  it('hostile XML never reaches the parser', () => {
    assert.match(refused(readText('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')).detail, /Dokumenttyp-Definition/);
    assert.match(refused(readText(`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`)).detail, /geschachtelt/);
    assert.equal(refused(readText(`<a>${' '.repeat(21 * 1024 * 1024)}</a>`)).kind, 'too-large');
  });
  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readXbauFile(single(bytes), MAPPING)));
    const cut = packed(SENT);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: cut.length }),
        fc.integer({ min: 0, max: 255 }),
        (at, byte) => void readXbauFile(single(cut.map((old, index) => (index === at ? byte : old))), MAPPING),
      ),
      { numRuns: 30 },
    );
  });
});

describe('what is refused can be named in a rejection', () => {
  it('by its id, though the rest is broken', () => {
    assert.deepEqual(refusedMessage(single(Buffer.from(SENT.xml.replace('>Petersen<', '> <')))).about, {
      id: id(70),
      type: '0200',
      createdAt: XBAU_HEAD.createdAt,
    });
  });
  it('or not at all', () => assert.equal(refusedMessage(single(Buffer.from('nothing'))).about, undefined));
  it('a rejection is never rejected', () =>
    assert.equal(refusedMessage(single(Buffer.from(rueckweisung(XBAU_HEAD, [], undefined, new Uint8Array()).xml))).isRejection, true));
});
