import { parseArgs } from 'node:util';
import { cityName } from '../config.ts';
import { ok } from '../kernel/result.ts';
import { legalDay } from '../kernel/time.ts';
import { draftYaml, loadServices, SERVICE_HINTS } from '../modules/catalogue/public.ts';
import { publishCatalogue, publishLeistung } from '../modules/exchange/application/publish-leistung.ts';
import { readMessage } from '../modules/exchange/application/read-message.ts';
import { draftFromXzufi } from '../modules/exchange/application/xzufi-draft.ts';
import { catalogueEntry, type CatalogueEntry } from '../modules/exchange/domain/catalogue-entry.ts';
import { documentsOf } from '../modules/exchange/domain/xdomea-received.ts';
import { SERVICES_DIRECTORY } from '../services-directory.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { checkXbauFile, exportXbauFile, importXbauFile, rejectXbauFile } from './exchange-xbau.ts';
import { bytesOf, complainAll, noSuchService } from './read-file.ts';
import { writeDraft } from './write-draft.ts';
import { XBAU_CITY_USAGE, xbauOfCity } from './xbau-city.ts';
import { exportXdomea, XDOMEA_EXPORT_USAGE } from './xdomea-export.ts';
import { takeXdomea, XDOMEA_TAKE_USAGE } from './xdomea-take.ts';

export const exchangeCommand: Command = {
  usage: [
    {
      call: 'exchange xdomea check DATEI',
      does: 'Liest eine Nachricht in xdomea 3.0.0 (0401, 0501, 0503; ZIP oder XML) und sagt, was sie bringt oder warum sie abgelehnt ist.',
    },
    XDOMEA_EXPORT_USAGE,
    XDOMEA_TAKE_USAGE,
    ...XBAU_CITY_USAGE,
    {
      call: 'exchange xbau check DATEI',
      does: 'Liest eine Nachricht in XBau 2.6 (0200, 0201, 0202, 0205, 1100, 1120; ZIP oder XML) und sagt, was sie bringt oder alle Fehler.',
    },
    { call: 'exchange xbau import DATEI --into ORDNER', does: 'Legt Antworten und Anlagen eines Bauantrags (0200, 0202) in einen neuen Ordner.' },
    { call: 'exchange xbau export ANTRAG.json --into DATEI.zip', does: 'Schreibt aus einem solchen Ordner einen Bauantrag (0200) mit seinen Anlagen.' },
    { call: 'exchange xbau reject DATEI', does: 'Schreibt zu einer Nachricht, die sich nicht lesen lässt, die Rückweisung (1100) auf die Standardausgabe.' },
    {
      call: 'exchange xzufi export LEISTUNG|--all [--url ADRESSE]',
      does: 'Schreibt den Katalogeintrag einer Leistung oder den ganzen Katalog als XZuFi 2.2 auf die Standardausgabe.',
    },
    { call: 'exchange xzufi import DATEI --into ORDNER', does: 'Macht aus jeder Leistung einer XZuFi-Datei den Entwurf einer service.yaml.' },
  ],
  async run([standard, what, ...args], out) {
    if (standard === 'xdomea' && what === 'export') {
      const status = await exportXdomea(args, out);
      return status === 2 ? wrongCall(exchangeCommand, out) : status;
    }
    if (standard === 'xdomea' && what === 'take') {
      const status = await takeXdomea(args, out);
      return status === 2 ? wrongCall(exchangeCommand, out) : status;
    }
    if (standard === 'xbau' && (what === 'send' || what === 'take')) {
      const status = await xbauOfCity(what, args, out);
      return status === 2 ? wrongCall(exchangeCommand, out) : status;
    }
    const { values, positionals } = parseArgs({
      args,
      options: { into: { type: 'string' }, url: { type: 'string' }, all: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [first, second] = positionals;
    const { into, url, all } = values;
    const one = first !== undefined && second === undefined && all === undefined;
    if (standard === 'xzufi' && what === 'export' && into === undefined && (one || (all === true && first === undefined))) {
      return exportXzufi(first, url ?? 'http://localhost:8080', out);
    }
    if (!one || url !== undefined) return wrongCall(exchangeCommand, out);
    if (standard === 'xdomea' && what === 'check' && into === undefined) return checkXdomea(first, out);
    if (standard === 'xbau') return runXbau(what, first, into, out);
    if (standard === 'xzufi' && what === 'import' && into !== undefined) return importXzufi(first, into, out);
    return wrongCall(exchangeCommand, out);
  },
};

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
  if (!read.ok) return complainAll(path, read.problem, out);
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

/** @param key absent: the whole catalogue */
async function exportXzufi(key: string | undefined, url: string, out: Output): Promise<number> {
  const clock = (): Temporal.Instant => Temporal.Now.instant();
  const { packages, authorities } = await loadServices(SERVICES_DIRECTORY, legalDay(clock()));
  const entries = (): CatalogueEntry[] => [...packages.values()].map((pkg) => catalogueEntry(pkg, authorities, url));
  const entry = (wanted: string): CatalogueEntry | undefined => entries().find((one) => one.key === wanted);
  const ctx = { clock, entry, entries, publisher: cityName(process.env), product: '0.1.0' };
  const published = key === undefined ? ok(publishCatalogue(ctx)) : publishLeistung(ctx, key);
  if (!published.ok) return noSuchService(key, packages.keys(), out);
  out.print(published.value.xml.trimEnd());
  return 0;
}

async function importXzufi(path: string, into: string, out: Output): Promise<number> {
  const bytes = await bytesOf(path, out);
  if (bytes === undefined) return 1;
  const drafts = draftFromXzufi(bytes);
  if (!drafts.ok) return complainAll(path, drafts.problem, out);
  let failed = 0;
  for (const { key, service, findings } of drafts.value) {
    const files = { [`${key}/service.yaml`]: draftYaml(service, 'XZuFi', SERVICE_HINTS) };
    failed += await writeDraft({ key, files, findings: findings.map((finding) => `${key}: ${finding}`) }, into, out);
  }
  return failed === 0 ? 0 : 1;
}
