import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../config.ts';
import { openDatabase } from '../database.ts';
import { exportFiles, noteExport, type ExportedFile } from '../modules/logbook/public.ts';
import { findLage } from '../modules/situation/store/lagen.ts';
import { DataDirectoryInUse } from '../platform/database/lock.ts';
import type { Database } from '../platform/database/port.ts';
import { loadSeal } from '../platform/documents/load-seal.ts';
import { createTypesetter } from '../platform/documents/typesetter.ts';
import { createJournal } from '../platform/journal/journal.ts';
import { readChain } from '../platform/journal/read-chain.ts';
import { cityClient, type Ask } from './city-client.ts';
import type { Output } from './command.ts';
import { laidDown, type Packed } from './lay-down.ts';

export const LAGE_EXPORT_USAGE = [
  {
    call: 'lage export LAGE ORDNER [--city ADRESSE --session DATEI]',
    does: 'Schreibt das Einsatztagebuch einer Lage mit Siegel, Daten und Prüfprogramm in einen leeren Ordner. Läuft die Stadt, mit --city und dem Sitzungs-Cookie eines Mitglieds der Lage: dann als ZIP.',
  },
] as const;

/** @returns the exit status; 2: called wrongly */
export async function exportLage(args: readonly string[], out: Output, ask: Ask = fetch): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({ args: [...args], options: { city: text, session: text }, allowPositionals: true });
  const { city, session } = values;
  const [key, folder, ...more] = positionals;
  if (key === undefined || folder === undefined || more.length > 0 || (city === undefined) !== (session === undefined)) return 2;
  if (city !== undefined && session !== undefined) {
    const client = await cityClient(city, session, out, ask);
    if (client === undefined) return 1;
    const asking = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ form: 'zip' }) };
    const packed = await client.call<Packed>(`/api/lagen/${encodeURIComponent(key)}/tagebuch/ausgabe`, asking);
    return packed === undefined ? 1 : laidDown(packed, folder, 'lage verify', out);
  }
  return exportHere(key, folder, out);
}

async function exportHere(key: string, folder: string, out: Output): Promise<number> {
  const config = readConfig(process.env);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    out.complain(`${folder} ist nicht leer. Nennen Sie einen neuen Ordner.`);
    return 1;
  }
  let database: Database | undefined;
  try {
    database = await openDatabase(config);
    const files = await filesOf(database, config, key);
    if (files === undefined) {
      out.complain(`Die Lage «${key}» gibt es nicht. Sie steht in der Adresse: /lagen/NAME.`);
      return 1;
    }
    for (const { name, bytes } of files) await writeFile(join(folder, name), bytes, { flag: 'wx' });
    out.print(`Geschrieben: ${files.length} Dateien in ${folder}. Prüfen: ./kontor lage verify ${folder}`);
    return 0;
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    out.complain(`${error.message}\nLäuft die Stadt, holen Sie das Tagebuch mit --city und --session, oder auf der Seite /lagen/${key}/tagebuch.`);
    return 1;
  } finally {
    await database?.close();
  }
}

async function filesOf(database: Database, config: Config, key: string): Promise<readonly ExportedFile[] | undefined> {
  const { env, publicUrl, dataDirectory, seal: sealKey, tsaUrl } = config;
  const lage = await findLage(database.read, key);
  if (lage === undefined) return undefined;
  const clock = (): Temporal.Instant => Temporal.Now.instant();
  const { seal } = await loadSeal({ env, directory: dataDirectory, p12Path: sealKey?.p12, p12Password: sealKey?.password, tsaUrl }, clock());
  const base = { clock, database, journal: createJournal(), typesetter: createTypesetter({ clock }), seal };
  const files = await exportFiles({ ...base, origin: new URL(publicUrl).host, chain: readChain }, lage, 'die Betreiberin der Stadt');
  const sha256 = createHash('sha256').update(files[0]!.bytes).digest('hex');
  await noteExport(base, { kind: 'system', job: 'lage-export' }, lage.id, { form: 'folder', sha256 });
  return files;
}
