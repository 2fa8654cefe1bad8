import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CaseRecord, FileDocument } from './case-file.ts';
import { abgabe, aussonderung, dateiname, endOfRetention, type MessageHead } from './xdomea.ts';
import { element, toXml } from './xml-write.ts';

const SCHEMA = join(import.meta.dirname, '../../../../../shared/data/xdomea-3.0.0/xdomea.xsd');
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const skip = !existsSync(SCHEMA) ? 'die Schemata von xdomea 3.0.0 liegen nicht bei' : has('xmllint') ? false : 'xmllint fehlt: apt-get install libxml2-utils';

const id = (number: number): string => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const document = (number: number, change: Partial<FileDocument> = {}): FileDocument => ({
  id: id(number),
  title: 'Eingangsbestätigung',
  fileName: 'Eingangsbestaetigung-BF-2026-000001-K.pdf',
  mediaType: 'application/pdf',
  writtenOn: '2026-11-24',
  direction: 'out',
  sealed: false,
  bytes: Buffer.from(`%PDF ${number}`),
  ...change,
});
const RECORD: CaseRecord = {
  id: id(1),
  fileNumber: 'BF-2026-000001-K',
  service: { key: 'baumfaellung', name: 'Baum fällen', leistungsschluessel: '99012008001000' },
  authority: { name: 'Bezirksamt Altona', street: 'Musterplatz 2', place: '22765 Hamburg' },
  applicant: 'Katharina Petersen',
  openedOn: '2026-11-24',
  closedOn: '2027-01-05',
  retentionYears: 10,
  documents: [
    document(2),
    document(3, { title: 'Bescheid', sealed: true }),
    document(4, { direction: 'in', mediaType: 'image/png', fileName: 'kastanie.png' }),
  ],
  course: [{ at: '2026-11-24T09:00:00+01:00', action: 'Antrag eingereicht', actor: 'Antragstellende Person' }],
};
const HEAD: MessageHead = {
  processId: id(9),
  createdAt: '2027-01-06T08:00:00+01:00',
  sender: RECORD.authority,
  recipient: { name: 'Staatsarchiv Hamburg' },
  product: '0.1.0',
};

/** What xmllint says against the real schema; nothing when it is valid. */
function mistakes(xml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-xml-'));
  try {
    const path = join(folder, 'message.xml');
    writeFileSync(path, xml);
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', SCHEMA, path], { encoding: 'utf8' });
    return status === 0 ? '' : stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('xdomea 3.0.0, valid under the real schema', { skip }, () => {
  const many = Array.from({ length: 200 }, (_, index) => document(index + 10));
  const running = ({ closedOn: _closedOn, ...record }: CaseRecord): CaseRecord => record;
  const cases: readonly [string, CaseRecord][] = [
    ['a closed case with letters, a sealed decision and a picture', RECORD],
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

it('a file name never leaves its folder, whatever somebody called it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (fileName) => assert.match(dateiname({ id: id(1), fileName }), /^[0-9a-f-]{36}_[A-Za-z0-9ÄÖÜäöüß._-]*$/)),
  );
});

it('retention is counted from the end of the year', () => assert.equal(endOfRetention('2027-01-05', 10), '2037-12-31'));

it('whatever the text, the XML is well-formed and says it again', { skip: has('xmllint') ? false : 'xmllint fehlt' }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (text, wild) => {
      const { status } = spawnSync('xmllint', ['--noout', '-'], { input: toXml(element('a', { b: wild }, element('c', {}, text), element('d', {}, wild))) });
      assert.equal(status, 0);
    }),
    { numRuns: 40 },
  );
});
