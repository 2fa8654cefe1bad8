import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { LetterHead } from './typesetter.ts';
import type { Attachment } from './port.ts';

/** What the tests and the benchmark of this folder share. */
export const NOW = Temporal.Instant.from('2026-11-23T10:00:00Z');

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-documents-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Skips a test, with the reason in sight, where a Debian tool is not installed. */
export function needs(tool: string, debianPackage: string): { readonly skip: string | false } {
  const found = (process.env['PATH'] ?? '').split(':').some((directory) => existsSync(join(directory, tool)));
  return { skip: found ? false : `${tool} fehlt: apt-get install ${debianPackage}` };
}

/** Runs a program; throws with what it printed when it fails. */
export function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`);
  return stdout + stderr;
}

const HEAD: LetterHead = {
  title: 'Genehmigung zur Baumfällung',
  subject: 'Genehmigung zur Fällung von zwei Bäumen, Musterstraße 1, 20095 Hamburg',
  keywords: ['Baumfällung'],
  authority: {
    name: 'Bezirksamt Hamburg-Mitte',
    unit: 'Fachamt Management des öffentlichen Raumes',
    street: 'Musterstraße 1',
    place: '20095 Hamburg',
    phone: '040 115',
    email: 'baumschutz@mitte.example',
  },
  addressee: ['Frau', 'Erika Musterfrau', 'Heidestraße 17', '20457 Hamburg'],
  fileNumber: 'BF-2026-000042-K',
  date: '23.11.2026',
  contact: { name: 'Herr Beispiel', room: '4.12' },
  delivery: 'Über das Postfach',
};

/** A Bescheid of two pages. */
export const LETTER_TEMPLATE = `#import "/letter.typ": letter, data, numbered, facts, remark
#show: letter.with(data.head)

Sehr geehrte Frau Musterfrau,

#for text in data.paragraphs { par(text) }
== Nebenbestimmungen
#numbered(data.conditions)
== Angaben
#facts(data.rows)
== Rechtsbehelfsbelehrung
#remark[Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch erheben.]
`;

/** Data of {@link LETTER_TEMPLATE}; `serial` makes every letter another one, so that no cache helps. */
export function letterData(serial = 1): { head: LetterHead; paragraphs: string[]; conditions: string[]; rows: { label: string; value: string }[] } {
  const sentence =
    'Sie haben beantragt, zwei Bäume fällen zu dürfen. Wir genehmigen die Fällung der Stieleiche mit einem Stammumfang von 182 cm unter der Auflage einer Ersatzpflanzung innerhalb der nächsten Pflanzperiode.';
  return {
    head: { ...HEAD, fileNumber: `BF-2026-${String(serial).padStart(6, '0')}-K` },
    paragraphs: Array.from({ length: 14 }, (_, index) => `${serial}.${index} ${sentence}`),
    conditions: ['Pflanzen Sie einen Ersatzbaum.', 'Fällen Sie nicht vom 1. März bis zum 30. September.'],
    rows: [
      { label: 'Baum 1', value: 'Stieleiche, 182 cm' },
      { label: 'Baum 2', value: `Linde, ${100 + serial} cm` },
    ],
  };
}

export const DECISION: Attachment = {
  name: 'entscheidung.json',
  mediaType: 'application/json',
  bytes: Buffer.from('{"entscheidung":"erteilt","grund":"§ 4 BaumSchVO"}'),
  description: 'Die Entscheidung als Daten',
};

/** Signature and signed bytes of a sealed PDF, as any other program would cut them out. */
export function cutOut(pdf: Uint8Array): { readonly cms: Buffer; readonly signed: Buffer; readonly gapStart: number; readonly gapEnd: number } {
  const bytes = Buffer.from(pdf);
  const [, gapStart, gapEnd] = /\/ByteRange \[0 (\d+) (\d+)/.exec(bytes.toString('latin1'))!.map(Number) as [number, number, number];
  const padded = Buffer.from(bytes.toString('latin1', gapStart + 1, gapEnd - 1), 'hex');
  const cms = padded.subarray(0, padded.readUInt16BE(2) + 4);
  return { cms, signed: Buffer.concat([bytes.subarray(0, gapStart), bytes.subarray(gapEnd)]), gapStart, gapEnd };
}

/** `openssl cms -verify -cades` over what {@link cutOut} gives; throws when it refuses. */
export function opensslVerify(folder: string, pdf: Uint8Array, caPem: string, ...more: readonly string[]): string {
  const { cms, signed } = cutOut(pdf);
  const [der, data, ca] = ['signature.der', 'signed.bin', 'ca.pem'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(der, cms);
  writeFileSync(data, signed);
  writeFileSync(ca, caPem);
  return run(
    'openssl',
    'cms',
    '-verify',
    '-cades',
    '-binary',
    '-inform',
    'DER',
    '-in',
    der,
    '-content',
    data,
    '-CAfile',
    ca,
    '-purpose',
    'any',
    '-out',
    '/dev/null',
    ...more,
  );
}

export interface P12Order {
  readonly name: string;
  /** `-newkey` of openssl. */
  readonly key?: readonly string[];
  readonly notBefore?: string;
  readonly days?: string;
  readonly legacy?: boolean;
}

/** A self-signed seal made by openssl. @returns the p12's bytes; its password is `geheim` */
export function opensslP12(folder: string, { name, key = ['rsa:2048'], days = '3650', legacy = false }: P12Order): { p12: Buffer; pem: string } {
  const [keyPath, certPath, p12Path] = ['key', 'cert', 'p12'].map((kind) => join(folder, `${name}.${kind}`)) as [string, string, string];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      ...key,
      '-nodes',
      '-keyout',
      keyPath,
      '-out',
      certPath,
      '-subj',
      `/O=${name}/CN=${name}`,
      '-days',
      days,
      '-addext',
      'keyUsage=critical,digitalSignature,nonRepudiation',
    ],
    { stdio: 'pipe' },
  );
  execFileSync(
    'openssl',
    ['pkcs12', '-export', ...(legacy ? ['-legacy'] : []), '-inkey', keyPath, '-in', certPath, '-passout', 'pass:geheim', '-out', p12Path],
    { stdio: 'pipe' },
  );
  return { p12: readFileSync(p12Path), pem: readFileSync(certPath, 'utf8') };
}
