/**
 * The program that lies in every export and checks it without Kontor: plain JavaScript for Node 18 or newer, no
 * libraries. `./kontor lage verify` runs the same text. It repeats on purpose what the journal does, in few lines that
 * somebody else can read.
 */
export const VERIFY_SCRIPT = String.raw`// Prueft einen Export aus Kontor: node pruefen.mjs [ORDNER] [--ca DATEI.pem]. Braucht nur Node.js ab Version 18; openssl fuer das Siegel.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const args = process.argv.slice(2).filter((one) => one !== '-');
const caAt = args.indexOf('--ca');
const ca = caAt === -1 ? undefined : resolve(args.splice(caAt, 2)[1] ?? '');
const folder = args[0] ?? '.';
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const wrong = [];
const said = [];

let bytes, data;
try {
  bytes = readFileSync(join(folder, 'lage.json'));
  data = JSON.parse(bytes.toString('utf8'));
  if (data === null || typeof data !== 'object' || data.form !== 'kontor-lage-export/1') throw new Error('unbekannte Form');
  for (const name of ['entries', 'messages', 'steps', 'reports', 'journal']) if (!Array.isArray(data[name])) throw new Error('"' + name + '" fehlt');
} catch (error) {
  console.error('lage.json laesst sich nicht lesen: ' + error.message);
  process.exit(2);
}

// 1. Das Journal der Lage: jede Zeile ergibt ihre Pruefsumme, und benachbarte Zeilen schliessen aneinander an.
let before;
let neighbours = 0;
const journal = new Map();
const expected = { entries: 0, messages: 0, steps: 0, reports: 0 };
for (const row of data.journal) {
  const text = [row.previousHash, row.seq, row.at, row.stream, row.kind, row.actor, row.payload].join('\n');
  if (sha256(text) !== row.hash) wrong.push('Journal, Eintrag ' + row.seq + ': verändert. Die Prüfsumme stimmt nicht.');
  if (row.stream !== 'lage:' + data.lage.id) wrong.push('Journal, Eintrag ' + row.seq + ': gehört nicht zu dieser Lage.');
  if (before !== undefined && row.seq <= before.seq) wrong.push('Journal, Eintrag ' + row.seq + ': steht nach Eintrag ' + before.seq + '. Die Reihenfolge stimmt nicht.');
  if (before !== undefined && row.seq === before.seq + 1) {
    neighbours += 1;
    if (row.previousHash !== before.hash) wrong.push('Journal, Eintrag ' + row.seq + ': schließt nicht an Eintrag ' + before.seq + ' an.');
  }
  before = row;
  const payload = JSON.parse(row.payload);
  const name = {
    'logbook.entry-written': 'entries ' + payload.entryId,
    'logbook.message-taken': 'messages ' + payload.messageId,
    'logbook.message-step': 'steps ' + payload.messageId + ' ' + payload.place,
    'logbook.report-written': 'reports ' + payload.reportId + ' ' + payload.version,
  }[row.kind];
  if (name === undefined) continue;
  expected[name.split(' ')[0]] += 1;
  journal.set(name, { sha256: payload.sha256, number: payload.number, seq: row.seq });
}

// 2. Alle Worte: ihre Pruefsumme ist die, die das Journal seit dem Schreiben haelt.
const label = { entries: 'Tagebuch, Eintrag', messages: 'Nachricht', steps: 'Vermerk auf der Nachricht', reports: 'Lagebericht' };
for (const kind of ['entries', 'messages', 'steps', 'reports']) {
  for (const one of data[kind]) {
    const second = kind === 'steps' ? ' ' + one.place : kind === 'reports' ? ' ' + one.version : '';
    const name = label[kind] + ' ' + (one.number ?? one.id + second);
    const held = journal.get(kind + ' ' + one.id + second);
    journal.delete(kind + ' ' + one.id + second);
    if (held === undefined) wrong.push(name + ': das Journal kennt ihn nicht, oder er steht doppelt da.');
    else if (sha256(one.words) !== held.sha256) wrong.push(name + ': die Worte wurden verändert. Im Journal (Eintrag ' + held.seq + ') steht eine andere Prüfsumme.');
    else if ('number' in one && held.number !== undefined && one.number !== held.number) wrong.push(name + ': die Nummer wurde verändert.');
  }
}
for (const [name, { seq }] of journal) wrong.push('Zu Eintrag ' + seq + ' des Journals fehlen die Worte (' + name + ').');

// 3. Nummern ohne Luecke.
for (const kind of ['entries', 'messages']) {
  data[kind].forEach((one, index) => {
    if (one.number !== index + 1) wrong.push(label[kind] + ' ' + (index + 1) + ': fehlt, oder die Reihenfolge stimmt nicht.');
  });
}

// 4. Das Siegel: tagebuch-1.pdf nennt in seiner Unterschrift die Pruefsumme von lage.json.
const pdfs = existsSync(folder) ? readdirSync(folder).filter((name) => /^tagebuch-\d+\.pdf$/.test(name)) : [];
if (pdfs.length === 0) wrong.push('tagebuch-1.pdf fehlt: ohne das Siegel ist nicht bewiesen, dass lage.json die Datei der Stadt ist.');
for (const name of pdfs) checkSeal(name);

function checkSeal(name) {
  const pdf = readFileSync(join(folder, name));
  const text = pdf.toString('latin1');
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].map((found) => found.slice(1).map(Number));
  const range = ranges.at(-1);
  if (range === undefined) return void wrong.push(name + ': trägt kein Siegel.');
  const [start, length, second, rest] = range;
  if (start !== 0 || second + rest !== pdf.length) wrong.push(name + ': nach dem Siegel wurde etwas angehängt oder abgeschnitten.');
  const signed = Buffer.concat([pdf.subarray(start, start + length), pdf.subarray(second, second + rest)]);
  const reason = reasonOf(signed.toString('latin1'));
  if (!reason.includes(sha256(bytes))) wrong.push(name + ': sein Siegel gilt einer anderen lage.json (SHA-256 hier: ' + sha256(bytes) + ').');
  const cms = Buffer.from(text.slice(start + length, second).replace(/[^0-9a-fA-F]/g, ''), 'hex');
  const openssl = checkCms(signed, cms);
  if (openssl === undefined) said.push(name + ': das Siegel selbst wurde nicht geprüft, weil openssl fehlt. Prüfen Sie es mit einem PDF-Programm.');
  else if (openssl.ok) said.push(name + (ca === undefined ? ': das Siegel ist unversehrt. Ob es das der Stadt ist, sagt der Fingerabdruck (oder --ca): ' : ': das Siegel ist das der Stadt: ') + openssl.subject);
  else wrong.push(name + ': das Siegel gilt nicht. ' + openssl.reason);
}

// Ein Text in PDF steht in Klammern oder als Hex, auch als UTF-16.
function reasonOf(text) {
  const hex = /\/Reason\s*<([0-9A-Fa-f\s]*)>/.exec(text);
  if (hex === null) return (/\/Reason\s*\(((?:\\.|[^\\)])*)\)/s.exec(text) ?? ['', ''])[1];
  const raw = Buffer.from(hex[1].replace(/\s/g, ''), 'hex');
  return raw[0] === 0xfe && raw[1] === 0xff ? raw.subarray(2).swap16().toString('utf16le') : raw.toString('latin1');
}

function checkCms(signed, padded) {
  const cms = padded.subarray(0, derLength(padded));
  const temporary = mkdtempSync(join(tmpdir(), 'kontor-pruefen-'));
  try {
    writeFileSync(join(temporary, 'inhalt'), signed);
    writeFileSync(join(temporary, 'siegel.der'), cms);
    const run = (...args) => spawnSync('openssl', args, { cwd: temporary, encoding: 'utf8' });
    // Ein Zertifikat, das seither abgelaufen ist, macht ein altes Siegel nicht ungueltig.
    const trust = ca === undefined ? ['-noverify'] : ['-CAfile', ca, '-purpose', 'any', '-no_check_time'];
    const verified = run('cms', '-verify', '-binary', '-inform', 'DER', '-in', 'siegel.der', '-content', 'inhalt', ...trust, '-signer', 'signer.pem', '-out', 'raus');
    if (verified.error !== undefined) return undefined;
    if (verified.status !== 0) return { ok: false, reason: ca === undefined ? 'Das PDF wurde nach dem Siegeln verändert.' : 'Das PDF wurde verändert, oder es trägt ein fremdes Siegel.' };
    const shown = run('x509', '-in', 'signer.pem', '-noout', '-nameopt', 'oneline,utf8,-esc_msb', '-subject', '-fingerprint', '-sha256');
    return { ok: true, subject: shown.stdout.trim().replaceAll('\n', ', ') };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

// Im PDF ist hinter dem Siegel Platz, mit Nullen gefuellt.
function derLength(der) {
  const first = der[1];
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  return 2 + count + der.readUIntBE(2, count);
}

for (const line of said) console.log(line);
const count = (kind, one, many) => data[kind].length + ' ' + (data[kind].length === 1 ? one : many);
if (wrong.length > 0) {
  for (const line of wrong) console.error(line);
  console.error('Dieser Export ist nicht unversehrt: ' + wrong.length + (wrong.length === 1 ? ' Fehler.' : ' Fehler.'));
  process.exit(1);
}
console.log(
  'Dieser Export ist unversehrt: ' + count('entries', 'Eintrag', 'Einträge') + ', ' + count('messages', 'Nachricht', 'Nachrichten') + ', ' +
    count('reports', 'Fassung eines Lageberichts', 'Fassungen von Lageberichten') + ', ' + count('journal', 'Zeile', 'Zeilen') + ' des Journals, davon ' +
    neighbours + ' lückenlos angeschlossen.',
);
`;
