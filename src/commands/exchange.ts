import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { legalDay } from '../kernel/time.ts';
import { draftYaml, loadServices, SERVICE_HINTS } from '../modules/catalogue/public.ts';
import { publishLeistung } from '../modules/exchange/application/publish-leistung.ts';
import { readMessage } from '../modules/exchange/application/read-message.ts';
import { draftFromXzufi } from '../modules/exchange/application/xzufi-draft.ts';
import { catalogueEntry } from '../modules/exchange/domain/catalogue-entry.ts';
import { documentsOf } from '../modules/exchange/domain/xdomea-received.ts';
import { SERVICES_DIRECTORY } from '../modules.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { checkXbauFile, exportXbauFile, importXbauFile, rejectXbauFile } from './exchange-xbau.ts';

export const exchangeCommand: Command = {
  usage: [
    {
      call: 'exchange xdomea check DATEI',
      does: 'Liest eine Nachricht in xdomea 3.0.0 (0401, 0501, 0503; ZIP oder XML) und sagt, was sie bringt oder warum sie abgelehnt ist.',
    },
    {
      call: 'exchange xbau check DATEI',
      does: 'Liest eine Nachricht in XBau 2.6 (0200, 0201, 0202, 0205, 1100, 1120; ZIP oder XML) und sagt, was sie bringt oder alle Fehler.',
    },
    { call: 'exchange xbau import DATEI --into ORDNER', does: 'Legt Antworten und Anlagen eines Bauantrags (0200, 0202) in einen neuen Ordner.' },
    { call: 'exchange xbau export ANTRAG.json --into DATEI.zip', does: 'Schreibt aus einem solchen Ordner einen Bauantrag (0200) mit seinen Anlagen.' },
    { call: 'exchange xbau reject DATEI', does: 'Schreibt zu einer Nachricht, die sich nicht lesen lässt, die Rückweisung (1100) auf die Standardausgabe.' },
    { call: 'exchange xzufi export LEISTUNG [--url ADRESSE]', does: 'Schreibt den Katalogeintrag einer Leistung als XZuFi 2.2 auf die Standardausgabe.' },
    { call: 'exchange xzufi import DATEI --into ORDNER', does: 'Macht aus jeder Leistung einer XZuFi-Datei den Entwurf einer service.yaml.' },
  ],
  async run([standard, what, ...args], out) {
    const { values, positionals } = parseArgs({ args, options: { into: { type: 'string' }, url: { type: 'string' } }, allowPositionals: true });
    const [first] = positionals;
    if (first === undefined || positionals.length !== 1) return wrongCall(exchangeCommand, out);
    const { into, url } = values;
    if (standard === 'xdomea' && what === 'check' && into === undefined && url === undefined) return checkXdomea(first, out);
    if (standard === 'xbau' && url === undefined) return runXbau(what, first, into, out);
    if (standard === 'xzufi' && what === 'export' && into === undefined) return exportXzufi(first, url ?? 'http://localhost:8080', out);
    if (standard === 'xzufi' && what === 'import' && into !== undefined && url === undefined) return importXzufi(first, into, out);
    return wrongCall(exchangeCommand, out);
  },
};

/** What one of the readers takes at most, with room for its own refusal of what is larger. */
const MOST_BYTES = 300 * 1024 * 1024;

/** A file's bytes; `undefined`, with the reason said, where it cannot be read. */
async function bytesOf(path: string, out: Output): Promise<Uint8Array | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true && found.size <= MOST_BYTES) return readFile(path);
  out.complain(
    found?.isFile() === true ? `${path}: Die Datei ist größer als 300 MB. Teilen Sie sie auf.` : `${path}: Die Datei gibt es nicht. Prüfen Sie den Pfad.`,
  );
  return undefined;
}

async function runXbau(what: string | undefined, path: string, into: string | undefined, out: Output): Promise<number> {
  const alone = what === 'check' || what === 'reject';
  if (what === undefined || !(alone ? into === undefined : (what === 'import' || what === 'export') && into !== undefined))
    return wrongCall(exchangeCommand, out);
  const bytes = await bytesOf(path, out);
  if (bytes === undefined) return 1;
  if (what === 'check') return checkXbauFile(path, bytes, out);
  if (what === 'reject') return rejectXbauFile(path, bytes, out);
  return what === 'import' ? importXbauFile(path, bytes, into!, out) : exportXbauFile(path, bytes, into!, out);
}

async function checkXdomea(path: string, out: Output): Promise<number> {
  const bytes = await bytesOf(path, out);
  if (bytes === undefined) return 1;
  const read = readMessage(bytes);
  if (!read.ok) {
    const { detail, fields } = read.problem;
    for (const message of fields?.map((one) => one.message) ?? [detail]) out.complain(`${path}: ${message}`);
    return 1;
  }
  const { type, processId, sender, recipient, createdAt, records, files, missing, unnamed } = read.value;
  out.print(`Nachricht ${type} von ${sender || 'unbenannt'} an ${recipient || 'unbenannt'}, ${createdAt}`);
  out.print(`Vorgang der Übermittlung: ${processId}`);
  for (const { kind, fileNumber, subject } of records) out.print(`${kind} ${fileNumber ?? 'ohne Aktenzeichen'}: ${subject ?? 'ohne Betreff'}`);
  out.print(`${documentsOf(records).length} Dokumente, ${files.length} Dateien beigelegt`);
  for (const { name, sizeBytes, sha256 } of files) out.print(`  ${sha256}  ${sizeBytes}  ${name}`);
  for (const name of missing) out.print(`Genannt, nicht beigelegt: ${name}`);
  for (const name of unnamed) out.print(`Beigelegt, nicht genannt: ${name}`);
  return 0;
}

async function exportXzufi(key: string, url: string, out: Output): Promise<number> {
  const clock = (): Temporal.Instant => Temporal.Now.instant();
  const { packages, authorities } = await loadServices(SERVICES_DIRECTORY, legalDay(clock()));
  const entry = (wanted: string) => {
    const pkg = packages.get(wanted);
    return pkg === undefined ? undefined : catalogueEntry(pkg, authorities, url);
  };
  const published = publishLeistung({ clock, entry, publisher: 'Freie und Hansestadt Hamburg', product: '0.1.0' }, key);
  if (!published.ok) {
    out.complain(`Die Leistung «${key}» gibt es nicht oder sie hat Fehler. «./kontor service lint» nennt sie. Es gibt: ${[...packages.keys()].join(', ')}.`);
    return 1;
  }
  out.print(published.value.xml.trimEnd());
  return 0;
}

async function importXzufi(path: string, into: string, out: Output): Promise<number> {
  const bytes = await bytesOf(path, out);
  if (bytes === undefined) return 1;
  const drafts = draftFromXzufi(bytes);
  if (!drafts.ok) {
    out.complain(`${path}: ${drafts.problem.detail}`);
    return 1;
  }
  let failed = 0;
  for (const { key, service, findings } of drafts.value) {
    const folder = join(into, key);
    // an author's work is never overwritten
    if ((await stat(folder).catch(() => undefined)) !== undefined) {
      out.complain(`${folder} gibt es schon. Benennen Sie den Ordner um oder wählen Sie einen anderen mit --into.`);
      failed += 1;
      continue;
    }
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'service.yaml'), draftYaml(service, 'XZuFi', SERVICE_HINTS), { flag: 'wx' });
    for (const finding of findings) out.print(`${key}: ${finding}`);
    out.print(`Entwurf in ${folder}. Als Nächstes: ./kontor service lint ${key}`);
  }
  return failed === 0 ? 0 : 1;
}
