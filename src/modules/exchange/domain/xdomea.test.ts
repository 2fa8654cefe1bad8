import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { document, HEAD, id, RECORD, XDOMEA_SCHEMA } from '../application/xdomea-testing.ts';
import { schemaMistakes, withoutSchema } from '../application/xmllint-testing.ts';
import type { CaseRecord } from './case-file.ts';
import { abgabe, aussonderung, dateiname, endOfRetention } from './xdomea.ts';
import { element, toXml } from './xml-write.ts';

const skip = withoutSchema(XDOMEA_SCHEMA);
const mistakes = (xml: string): string => schemaMistakes(xml, XDOMEA_SCHEMA);
const xmllint = spawnSync('xmllint', ['--version']).error === undefined ? false : 'xmllint fehlt: apt-get install libxml2-utils';

describe('xdomea 3.0.0, valid under the real schema', { skip }, () => {
  const many = Array.from({ length: 200 }, (_, index) => document(index + 10));
  const running = ({ closedOn: _closedOn, ...record }: CaseRecord): CaseRecord => record;
  const cases: readonly [string, CaseRecord][] = [
    ['a closed case with letters, a sealed decision and a picture', RECORD],
    ['a format that the code list does not know', { ...RECORD, documents: [document(6, { direction: 'in', mediaType: 'application/x-dwg' })] }],
    ['without documents', { ...RECORD, documents: [], course: [] }],
    ['with 200 documents', { ...RECORD, documents: many }],
    ['a case that still runs', running(RECORD)],
    [
      'umlauts, long names, markup and characters that XML forbids',
      {
        ...RECORD,
        applicant: `Ö <b>&"'ß\u0000\u000B ${'lang'.repeat(200)}`,
        documents: [document(5, { title: ']]> <!--', fileName: '../../etc/passwd\u0000.pdf' })],
      },
    ],
  ];
  for (const [name, record] of cases) {
    it(`0503 Aussonderung: ${name}`, () => assert.equal(mistakes(aussonderung(HEAD, record).xml), ''));
    it(`0401 Abgabe: ${name}`, () => assert.equal(mistakes(abgabe(HEAD, record).xml), ''));
  }
  it('the check can fail: a message without its process id is invalid', () => {
    assert.match(mistakes(aussonderung(HEAD, RECORD).xml.replace(/\s*<xdomea:ProzessID>[^<]*<\/xdomea:ProzessID>/, '')), /ProzessID/);
  });
});

it('names the message by process and type, and every file by its document', () => {
  const { messageName, files, xml } = aussonderung(HEAD, RECORD);
  assert.equal(messageName, `${HEAD.processId}_Aussonderung.Aussonderung.0503.xml`);
  for (const { name } of files) assert.ok(xml.includes(`<xdomea:Dateiname>${name}</xdomea:Dateiname>`), name);
});

it('says the format of each file by the code list, with a name where the list has none', () => {
  const documents = [document(2), document(3, { direction: 'in' }), document(4, { direction: 'in', mediaType: 'application/x-dwg' })];
  const { xml } = aussonderung(HEAD, { ...RECORD, documents });
  const formats = [
    ...xml.matchAll(
      /dateiformat" listVersionID="1\.0">\s*<code>(\d+)<\/code>\s*<\/xdomea:Name>\s*(?:<xdomea:SonstigerName>([^<]*)<\/xdomea:SonstigerName>\s*)?<xdomea:Version>([^<]*)</g,
    ),
  ];
  assert.deepEqual(
    formats.map(([, code, other, version]) => [code, other, version]),
    [
      ['044', undefined, '3a'],
      ['018', undefined, 'unbekannt'],
      ['100', 'application/x-dwg', 'unbekannt'],
    ],
  );
});

it('a file name never leaves its folder, whatever somebody called it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (fileName) => assert.match(dateiname({ id: id(1), fileName }), /^[0-9a-f-]{36}_[A-Za-z0-9ÄÖÜäöüß._-]*$/)),
  );
});

it('retention is counted from the end of the year', () => assert.equal(endOfRetention('2027-01-05', 10), '2037-12-31'));

it('whatever the text, the XML is well-formed and says it again', { skip: xmllint }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (text, wild) => {
      const { status } = spawnSync('xmllint', ['--noout', '-'], { input: toXml(element('a', { b: wild }, element('c', {}, text), element('d', {}, wild))) });
      assert.equal(status, 0);
    }),
    { numRuns: 40 },
  );
});
