import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { abgabe, aussonderung, type TransferPackage } from '../domain/xdomea.ts';
import { documentsOf } from '../domain/xdomea-received.ts';
import { readMessage, type MessageProblem } from './read-message.ts';
import { document, HEAD, id, RECORD, XDOMEA_SCHEMA } from './xdomea-testing.ts';
import { schemaMistakes, withoutSchema } from './xmllint-testing.ts';
import { zip } from '../../../platform/files/zip.ts';

const packed = ({ messageName, xml, files }: TransferPackage): Uint8Array => zip([{ name: messageName, bytes: Buffer.from(xml) }, ...files]);
const SENT = aussonderung(HEAD, RECORD);
const bare = (xml: string) => readMessage(Buffer.from(xml));
function refused(done: ReturnType<typeof readMessage>): MessageProblem {
  assert.equal(done.ok, false);
  return done.ok ? undefined! : done.problem;
}
/** The line on which a word stands last. */
const lineOf = (xml: string, word: string): number => xml.slice(0, xml.lastIndexOf(word)).split('\n').length;

/** An offer of another authority, with everything that may be nested. */
const OFFER = `<?xml version="1.0" encoding="UTF-8"?>
<x:Aussonderung.Anbieteverzeichnis.0501 xmlns:x="urn:xoev-de:xdomea:schema:3.0.0">
  <x:Kopf>
    <x:ProzessID>${id(50)}</x:ProzessID>
    <x:Nachrichtentyp listURI="urn:xoev-de:xdomea:codeliste:nachrichtentyp" listVersionID="2.0"><code>0501</code></x:Nachrichtentyp>
    <x:Erstellungszeitpunkt>2026-11-24T10:00:00Z</x:Erstellungszeitpunkt>
    <x:Absender><x:Organisationseinheit><x:Name>Fachamt Grün</x:Name></x:Organisationseinheit></x:Absender>
    <x:Empfaenger><x:Institution><x:Name>Staatsarchiv</x:Name></x:Institution></x:Empfaenger>
    <x:SendendesSystem><x:Produktname>Andere Akte</x:Produktname><x:Version>7</x:Version></x:SendendesSystem>
    <x:Empfangsbestaetigung>true</x:Empfangsbestaetigung>
  </x:Kopf>
  <x:Schriftgutobjekt>
    <x:Akte>
      <x:Identifikation><x:ID>${id(51)}</x:ID></x:Identifikation>
      <x:AllgemeineMetadaten><x:Betreff>Bäume</x:Betreff><x:Kennzeichen>670.10</x:Kennzeichen></x:AllgemeineMetadaten>
      <x:ArchivspezifischeMetadaten><x:Aufbewahrungsdauer><x:Unbefristet>1</x:Unbefristet></x:Aufbewahrungsdauer></x:ArchivspezifischeMetadaten>
      <x:Laufzeit><x:Beginn>1999-01-01</x:Beginn><x:Ende>2012-12-31</x:Ende></x:Laufzeit>
      <x:Akteninhalt>
        <x:Dokument><x:Identifikation><x:ID>${id(52)}</x:ID></x:Identifikation></x:Dokument>
        <x:Vorgang>
          <x:Identifikation><x:ID>${id(53)}</x:ID></x:Identifikation>
          <x:Dokument>
            <x:Identifikation><x:ID>${id(54)}</x:ID></x:Identifikation>
            <x:DatumDesSchreibens>2001-02-03</x:DatumDesSchreibens>
            <x:Anlage>
              <x:Identifikation><x:ID>${id(55)}</x:ID></x:Identifikation>
              <x:Version><x:Nummer>1</x:Nummer><x:Format><x:Name listVersionID="1.0"><code>018</code></x:Name><x:Version>1</x:Version><x:Primaerdokument><x:Dateiname>${id(55)}_plan.pdf</x:Dateiname></x:Primaerdokument></x:Format></x:Version>
            </x:Anlage>
          </x:Dokument>
          <x:Teilvorgang><x:Identifikation><x:ID>${id(56)}</x:ID></x:Identifikation></x:Teilvorgang>
        </x:Vorgang>
        <x:Teilakte><x:Identifikation><x:ID>${id(57)}</x:ID></x:Identifikation></x:Teilakte>
      </x:Akteninhalt>
    </x:Akte>
  </x:Schriftgutobjekt>
  <x:Schriftgutobjekt><x:Dokument><x:Identifikation><x:ID>${id(58)}</x:ID></x:Identifikation></x:Dokument></x:Schriftgutobjekt>
</x:Aussonderung.Anbieteverzeichnis.0501>
`;

describe('reads what is valid', () => {
  for (const [type, sent] of [
    ['0503', SENT],
    ['0401', abgabe(HEAD, RECORD)],
  ] as const) {
    it(`${type}: what was handed on comes out again`, () => {
      const read = expectOk(readMessage(packed(sent)));
      assert.deepEqual(
        [read.type, read.processId, read.sender, read.recipient, read.product],
        [type, id(9), 'Bezirksamt Altona', 'Staatsarchiv Hamburg', 'Kontor 0.1.0'],
      );
      const [record] = read.records;
      assert.deepEqual(
        [record!.kind, record!.id, record!.fileNumber, record!.begunOn, record!.endedOn, record!.retention],
        ['Vorgang', id(1), 'BF-2026-000001-K', '2026-11-24', '2027-01-05', { years: 10 }],
      );
      assert.deepEqual(
        record!.documents.map(({ subject }) => subject),
        RECORD.documents.map(({ title }) => title),
      );
      assert.deepEqual(
        read.files.map(({ documentId, sha256 }) => [documentId, sha256]),
        RECORD.documents.map(({ id: documentId, bytes }) => [documentId, createHash('sha256').update(bytes).digest('hex')]),
      );
      assert.deepEqual([read.missing, read.unnamed], [[], []]);
    });
  }
  it('200 documents', () => {
    const many = Array.from({ length: 200 }, (_, index) => document(index + 100));
    assert.equal(expectOk(readMessage(packed(aussonderung(HEAD, { ...RECORD, documents: many })))).files.length, 200);
  });
  it('the offer below is valid by the real schema', { skip: withoutSchema(XDOMEA_SCHEMA) }, () => assert.equal(schemaMistakes(OFFER, XDOMEA_SCHEMA), ''));
  it('an offer (0501) with Akte, Vorgang, Anlage and a Dokument by itself; its files stay where they are', () => {
    const read = expectOk(bare(OFFER));
    assert.deepEqual([read.sender, read.product], ['Fachamt Grün', 'Andere Akte 7']);
    assert.deepEqual(
      documentsOf(read.records).map((one) => one.id),
      [52, 54, 55, 58].map(id),
    );
    const [akte] = read.records;
    assert.deepEqual([akte!.retention, akte!.parts.map(({ id: part }) => part)], ['unlimited', [id(53), id(57)]]);
    assert.equal(akte!.parts[0]!.documents[0]!.writtenOn, '2001-02-03');
    assert.deepEqual(read.missing, [`${id(55)}_plan.pdf`]);
  });
  it('a bare message says which files did not come', () => {
    assert.equal(expectOk(bare(SENT.xml)).missing.length, 3);
  });
  it('files that no document names are said', () => {
    const archive = zip([{ name: SENT.messageName, bytes: Buffer.from(SENT.xml) }, ...SENT.files, { name: 'thumbs.db', bytes: Buffer.from('x') }]);
    assert.deepEqual(expectOk(readMessage(archive)).unnamed, ['thumbs.db']);
  });
});

describe('refuses what is broken, with line and remedy', () => {
  const broken: readonly [string, string, string, RegExp][] = [
    ['another version', SENT.xml.replace('schema:3.0.0', 'schema:2.4.0'), '<xdomea:Aussonderung.', /xdomea 2\.4\.0.*Bitten Sie um diese Version/],
    ['another standard', SENT.xml.replace('urn:xoev-de:xdomea:schema:3.0.0', 'urn:other'), '<xdomea:Aussonderung.', /keine Nachricht des Standards xdomea/],
    ['another message', SENT.xml.replaceAll('Aussonderung.Aussonderung.0503', 'Aussonderung.Bewertungsverzeichnis.0502'), '<xdomea:Aussonderung.', /vom Typ/],
    ['a type in the head that is not the message', SENT.xml.replace('<code>0503</code>', '<code>0401</code>'), '<xdomea:Nachrichtentyp', /«0401».*aber 0503/],
    ['no process id', SENT.xml.replace(/<xdomea:ProzessID>.*<\/xdomea:ProzessID>/, ''), '<xdomea:Kopf', /fehlt «ProzessID»/],
    ['a process id that is none', SENT.xml.replace(id(9), 'abc'), '<xdomea:ProzessID', /keine UUID/],
    ['a moment that is none', SENT.xml.replace(HEAD.createdAt, 'gestern'), '<xdomea:Erstellungszeitpunkt', /kein Zeitpunkt/],
    ['no sender', SENT.xml.replace(/<xdomea:Absender>[\s\S]*<\/xdomea:Absender>/, ''), '<xdomea:Kopf', /fehlt «Absender»/],
    ['a day that is none', SENT.xml.replace('<xdomea:Beginn>2026-11-24', '<xdomea:Beginn>2026-02-30'), '<xdomea:Beginn', /kein Tag/],
    ['an end before the beginning', SENT.xml.replace('<xdomea:Ende>2027-01-05', '<xdomea:Ende>2020-01-05'), '<xdomea:Laufzeit', /endet, bevor/],
    ['years that are none', SENT.xml.replace('>10</xdomea:AnzahlJahre>', '>zehn</xdomea:AnzahlJahre>'), '<xdomea:Aufbewahrungsdauer', /keine Zahl/],
    ['a file in another folder', SENT.xml.replace(`${id(4)}_kastanie`, `${id(4)}_../../kastanie`), `${id(4)}_`, /anderen Ordner/],
    ['a file name without UUID', SENT.xml.replace(`${id(4)}_kastanie`, 'kastanie'), '<xdomea:Dateiname>kastanie', /UUID/],
    ['an id twice', SENT.xml.replace(`<xdomea:ID>${id(4)}`, `<xdomea:ID>${id(3)}`), `<xdomea:ID>${id(3)}`, /steht schon in Zeile \d+/],
    [
      'nothing to hand over',
      SENT.xml.replace(/<xdomea:Schriftgutobjekt>[\s\S]*<\/xdomea:Schriftgutobjekt>/, ''),
      '<xdomea:Aussonderung.',
      /kein Schriftgutobjekt/,
    ],
  ];
  for (const [name, xml, near, words] of broken) {
    it(name, () => {
      const problem = refused(bare(xml));
      assert.match(problem.detail, words);
      assert.equal(problem.reason, 'not-by-the-standard');
      assert.equal(problem.line, lineOf(xml, near));
    });
  }
  it('all mistakes at once', () => {
    const xml = SENT.xml.replace(id(9), 'abc').replace('<code>0503</code>', '<code>9</code>').replace('<xdomea:Ende>2027', '<xdomea:Ende>1027');
    assert.equal(refused(bare(xml)).fields!.length, 3);
  });
  it('an entity bomb inside the package', () => {
    const archive = zip([{ name: SENT.messageName, bytes: Buffer.from(`<!DOCTYPE a [<!ENTITY b "c">]>${SENT.xml.replace(/^.*\n/, '')}`) }]);
    assert.equal(refused(readMessage(archive)).reason, 'doctype');
  });
  const message = { name: SENT.messageName, bytes: Buffer.from(SENT.xml) };
  const packages: readonly [string, Uint8Array, RegExp][] = [
    ['a file that is named but not there', zip([message, ...SENT.files.slice(1)]), /genannt, liegt aber nicht bei/],
    [
      'a file that was changed on the way',
      zip([message, ...SENT.files.map((file, index) => (index === 1 ? { ...file, bytes: Buffer.from('%PDF other') } : file))]),
      /Prüfsumme ist eine andere/,
    ],
    ['no message', zip([...SENT.files]), /genau eine Nachricht.*Es sind 0/],
    ['two messages', zip([message, { ...message, name: `${id(8)}_Abgabe.Abgabe.0401.xml` }]), /Es sind 2/],
    ['a message in a folder', zip([{ ...message, name: `a/${message.name}` }]), /Es sind 0/],
    ['a name with another process', zip([{ ...message, name: message.name.replace(id(9), id(8)) }, ...SENT.files]), /andere ProzessID/],
    ['a name with another type', zip([{ ...message, name: `${id(9)}_Abgabe.Abgabe.0401.xml` }, ...SENT.files]), /anderen Typ/],
    ['a ZIP that is none', Buffer.from('PK nothing'), /keine ZIP-Datei/],
  ];
  for (const [name, archive, words] of packages) it(name, () => assert.match(refused(readMessage(archive)).detail, words));
});

it('whatever is cut, doubled or changed: an answer, never an exception', () => {
  const archive = packed(SENT);
  const change = fc.record({ at: fc.nat(SENT.xml.length), length: fc.nat(400), put: fc.constantFrom('', '<', '>', '&', '"', '</xdomea:Kopf>', '\u0000', 'ä') });
  fc.assert(
    fc.property(change, fc.boolean(), ({ at, length, put }, inZip) => {
      const text = inZip ? Buffer.from(archive).toString('latin1') : SENT.xml;
      const done = readMessage(Buffer.from(text.slice(0, at) + put + text.slice(at + length), inZip ? 'latin1' : 'utf8'));
      assert.equal(typeof done.ok, 'boolean');
    }),
    { numRuns: 500 },
  );
});
