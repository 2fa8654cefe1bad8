import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { unzip } from '../platform/files/zip-read.ts';
import { VERIFY_SCRIPT } from '../modules/logbook/public.ts';
import { lageStream } from '../modules/situation/public.ts';
import { readChain } from '../platform/journal/read-chain.ts';
import type { Output } from './command.ts';
import { openAsItIs } from './journal.ts';
import { bytesOf } from './read-file.ts';

export const LAGE_VERIFY_USAGE = [
  {
    call: 'lage verify ORDNER|DATEI.zip [--ca DATEI.pem] [--journal]',
    does: 'Prüft ein ausgegebenes Einsatztagebuch: Worte, Nummern, Journal und Siegel. Mit --ca prüft es, ob das Siegel von dieser Stelle ist. Mit --journal vergleicht es jede Zeile auch mit dem Journal dieser Stadt.',
  },
] as const;

/** @returns the exit status; 2: called wrongly */
export async function verifyLage(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: { journal: { type: 'boolean' }, ca: { type: 'string' } }, allowPositionals: true });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) return 2;
  if ((await stat(path).catch(() => undefined))?.isDirectory() === true) return verifyFolder(path, values, out);
  const bytes = await bytesOf(path, out);
  if (bytes === undefined) return 1;
  const files = unzip(bytes);
  if (!files.ok) {
    out.complain(`${path}: ${files.problem.detail}`);
    return 1;
  }
  const folder = await mkdtemp(join(tmpdir(), 'kontor-lage-'));
  try {
    // nothing but what an export holds, and never its own program
    for (const { name, bytes: content } of files.value) if (/^(lage\.json|tagebuch-\d+\.pdf)$/.test(name)) await writeFile(join(folder, name), content);
    return await verifyFolder(folder, values, out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs our own text of the program: the one that lies in the export may have been changed with it. */
async function verifyFolder(folder: string, { journal, ca }: { readonly journal?: boolean; readonly ca?: string }, out: Output): Promise<number> {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-', folder, ...(ca === undefined ? [] : ['--ca', ca])], {
    input: VERIFY_SCRIPT,
    encoding: 'utf8',
  });
  for (const line of stdout.trimEnd().split('\n')) if (line !== '') out.print(line);
  for (const line of stderr.trimEnd().split('\n')) if (line !== '') out.complain(line);
  if (status !== 0 || journal !== true) return status === 0 ? 0 : 1;
  return compareWithCity(await readFile(join(folder, 'lage.json'), 'utf8'), out);
}

/** Every row of the export must be the city's own: that proves the chain across what belongs to others, too. */
async function compareWithCity(text: string, out: Output): Promise<number> {
  const { lage, journal } = JSON.parse(text) as { lage: { id: string }; journal: readonly { seq: number; hash: string }[] };
  const database = await openAsItIs(readConfig(process.env));
  if (database === undefined) {
    out.complain('Hier gibt es keine Stadt. Prüfen Sie KONTOR_DATA.');
    return 1;
  }
  try {
    const own = new Map((await readChain(database.read, lageStream(lage.id))).map(({ seq, hash }) => [seq, hash]));
    const others = journal.filter(({ seq, hash }) => own.get(seq) !== hash);
    for (const { seq } of others.slice(0, 20)) out.complain(`Journal, Eintrag ${seq}: steht so nicht im Journal dieser Stadt.`);
    if (others.length > 0) return 1;
    out.print(`Alle ${journal.length} Zeilen stehen so im Journal dieser Stadt. Ob dessen Kette hält, zeigt ./kontor journal verify.`);
    return 0;
  } finally {
    await database.close();
  }
}
