import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Result } from '../kernel/result.ts';
import { legalDay } from '../kernel/time.ts';
import { importBpmn } from '../modules/catalogue/application/bpmn-import.ts';
import { processModel } from '../modules/catalogue/application/bpmn-model.ts';
import { bpmnText, MOST_BYTES, type BpmnProblem } from '../modules/catalogue/application/bpmn-read.ts';
import { roundTrip } from '../modules/catalogue/application/bpmn-round-trip.ts';
import { bpmnXml } from '../modules/catalogue/application/bpmn-xml.ts';
import { loadServices } from '../modules/catalogue/public.ts';
import { SERVICES_DIRECTORY } from '../services-directory.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { writeDraft } from './write-draft.ts';

export const bpmnCommand: Command = {
  usage: [
    { call: 'bpmn export LEISTUNG', does: 'Schreibt das Verfahren einer Leistung als BPMN 2.0 auf die Standardausgabe.' },
    {
      call: 'bpmn roundtrip DATEI|ORDNER …',
      does: 'Liest BPMN-2.0-Dateien, schreibt sie wieder und vergleicht Element für Element. Endet mit 1, wenn etwas verloren geht.',
    },
    { call: 'bpmn import DATEI --into ORDNER', does: 'Macht aus einem Prozessmodell (BPMN 2.0, auch FIM) den Entwurf einer Leistung.' },
  ],
  async run([what, ...args], out) {
    const { values, positionals } = parseArgs({ args, options: { into: { type: 'string' } }, allowPositionals: true });
    const [first] = positionals;
    if (first === undefined) return wrongCall(bpmnCommand, out);
    if (what === 'export' && positionals.length === 1 && values.into === undefined) return exportService(first, out);
    if (what === 'roundtrip' && values.into === undefined) return roundTrips(positionals, out);
    if (what === 'import' && positionals.length === 1 && values.into !== undefined) return importFile(first, values.into, out);
    return wrongCall(bpmnCommand, out);
  },
};

async function exportService(key: string, out: Output): Promise<number> {
  const { packages } = await loadServices(SERVICES_DIRECTORY, legalDay(Temporal.Now.instant()));
  const pkg = packages.get(key);
  if (pkg === undefined) {
    out.complain(`Die Leistung «${key}» gibt es nicht oder sie hat Fehler. «./kontor service lint» nennt sie. Es gibt: ${[...packages.keys()].join(', ')}.`);
    return 1;
  }
  out.print((await bpmnXml(processModel(pkg))).trimEnd());
  return 0;
}

/** A file's text; too large ones are not even read. */
async function read(path: string): Promise<Result<string, BpmnProblem>> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return { ok: false, problem: { kind: 'invalid-input', detail: 'Die Datei gibt es nicht. Prüfen Sie den Pfad.' } };
  return bpmnText(found.size > MOST_BYTES ? new Uint8Array(found.size) : await readFile(path));
}

/** BPMN files of a folder and of those in it, in order; a file stands for itself. */
async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(bpmn|bpmn2|bpmn20\.xml)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function roundTrips(paths: readonly string[], out: Output): Promise<number> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  if (files.length === 0) {
    out.complain('In dem Ordner liegt keine Datei *.bpmn.');
    return 1;
  }
  let bad = 0;
  for (const file of files) {
    const text = await read(file);
    const trip = text.ok ? await roundTrip(text.value) : text;
    if (!trip.ok) {
      bad += 1;
      out.complain(`${file}: nicht gelesen. ${trip.problem.detail}`);
      continue;
    }
    const { lost, added, carried } = trip.value;
    const note = carried.length === 0 ? '' : ` (${carried.length} Angaben außerhalb des Modells übernommen)`;
    if (lost.length + added.length === 0) out.print(`${file}: gleich${note}`);
    else {
      bad += 1;
      out.complain(`${file}: ${lost.length} verloren, ${added.length} hinzugekommen`);
      for (const line of [...lost, ...added]) out.complain(`  ${line}`);
    }
  }
  out.print(`${files.length - bad} von ${files.length} Dateien gleich`);
  return bad === 0 ? 0 : 1;
}

async function importFile(path: string, into: string, out: Output): Promise<number> {
  const text = await read(path);
  const imported = text.ok ? await importBpmn(text.value) : text;
  if (!imported.ok) {
    out.complain(`${path}: ${imported.problem.detail}`);
    return 1;
  }
  return writeDraft(imported.value, into, out);
}
