import { parseArgs } from 'node:util';
import { cityName } from '../config.ts';
import { legalDay } from '../kernel/time.ts';
import { loadServices } from '../modules/catalogue/public.ts';
import { draftFromXdatenfelder, publishForm } from '../modules/exchange/application/xdatenfelder.ts';
import { SERVICES_DIRECTORY } from '../services-directory.ts';
import { draftsOn } from '../neighbours.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { bytesOf, complainAll, noSuchService } from './read-file.ts';
import { writeDraft } from './write-draft.ts';

export const xdatenfelderCommand: Command = {
  usage: [
    {
      call: 'xdatenfelder export LEISTUNG',
      does: 'Schreibt das Formular einer Leistung als XDatenfelder 3.0.0 (Stammdatenschema 0102) auf die Standardausgabe. Nicht gegen das XSD geprüft.',
    },
    {
      call: 'xdatenfelder import DATEI --into ORDNER',
      does: 'Macht aus einem Datenschema (XDatenfelder 3.0.0) den Entwurf einer Leistung, oder nennt jeden Fehler der Datei mit Zeile.',
    },
  ],
  async run([what, ...args], out) {
    const { values, positionals } = parseArgs({ args, options: { into: { type: 'string' } }, allowPositionals: true });
    const [first, second] = positionals;
    if (first === undefined || second !== undefined) return wrongCall(xdatenfelderCommand, out);
    if (what === 'export' && values.into === undefined) return exportForm(first, out);
    if (what === 'import' && values.into !== undefined) return importSchema(first, values.into, out);
    return wrongCall(xdatenfelderCommand, out);
  },
};

async function exportForm(key: string, out: Output): Promise<number> {
  const clock = (): Temporal.Instant => Temporal.Now.instant();
  const { packages } = await loadServices(SERVICES_DIRECTORY, legalDay(clock()));
  const published = publishForm({ clock, source: (wanted) => packages.get(wanted), publisher: cityName(process.env) }, key);
  if (!published.ok) return noSuchService(key, packages.keys(), out);
  out.print(published.value.xml.trimEnd());
  return 0;
}

async function importSchema(path: string, into: string, out: Output): Promise<number> {
  const bytes = await bytesOf(path, out);
  if (bytes === undefined) return 1;
  const draft = draftFromXdatenfelder(bytes);
  if (!draft.ok) return complainAll(path, draft.problem, out);
  return writeDraft({ ...draftsOn().packageDraft(draft.value), findings: draft.value.findings }, into, out);
}
