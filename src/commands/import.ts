import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import {
  FORMATS,
  importFeatures,
  MOST_IMPORT_BYTES,
  openFile,
  rejectsOf,
  setCollection,
  UnreadableFile,
  type ImportRun,
  type OpenFile,
  type OpenWish,
} from '../modules/geodata/public.ts';
import { featuresOfPlan } from '../modules/plans/public.ts';
import { DataDirectoryInUse } from '../platform/database/lock.ts';
import { createJournal } from '../platform/journal/journal.ts';
import { createOutbound } from '../platform/outbound/outbound.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { importToCity, isAddress } from './import-to-city.ts';

const CRS = ['CRS84', '25832', '3857'] as const;
const SHOWN_REJECTS = 20;
const FETCH_MS = 30 * 60_000;

const OPTIONS = {
  collection: { type: 'string' },
  title: { type: 'string' },
  key: { type: 'string' },
  format: { type: 'string' },
  crs: { type: 'string' },
  layer: { type: 'string' },
  origin: { type: 'string' },
  replace: { type: 'boolean' },
  internal: { type: 'boolean' },
  city: { type: 'string' },
  'access-key': { type: 'string' },
} as const;

const HOW = `--collection NAME [--format ${FORMATS.join('|')}] [--crs CRS84|25832|3857] [--layer EBENE] [--origin OST,NORD] [--replace]`;

export const importCommand: Command = {
  usage: [
    {
      call: `import DATEI|ADRESSE ${HOW} [--title TITEL] [--key MERKMAL] [--internal]`,
      does: 'Liest Geodaten in eine Sammlung ein. Nach einer Unterbrechung geht derselbe Aufruf dort weiter, wo er war.',
    },
    {
      call: `import DATEI --city ADRESSE --access-key SCHLÜSSELDATEI ${HOW}`,
      does: 'Gibt die Datei einer laufenden Stadt, die sie in eine vorhandene Sammlung einliest. Die Schlüsseldatei enthält den Zugangsschlüssel eines Geräts (/verwaltung/geraete).',
    },
  ],
  async run(args, out) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    const wish = readWish(values);
    const [path, ...more] = positionals;
    const { collection, city, 'access-key': key } = values;
    if (wish === undefined || path === undefined || more.length > 0 || collection === undefined || (city === undefined) !== (key === undefined))
      return wrongCall(importCommand, out);
    if (city !== undefined && key !== undefined) return importToCity({ path, collection, city, key, fields: cityFields(values) }, out);
    try {
      return await (isAddress(path) ? fetchAndTake(path, wish, values, out) : take(await openFile(path, wish), values, out));
    } catch (error) {
      if (error instanceof DataDirectoryInUse)
        out.complain(`${error.message}\nLäuft die Stadt, geben Sie ihr die Datei mit --city und --access-key, oder auf der Seite /verwaltung/daten.`);
      else if (error instanceof UnreadableFile) out.complain(error.message);
      else throw error;
      return 1;
    }
  },
};

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** `undefined`: an option says what there is not. */
function readWish(values: Values): OpenWish | undefined {
  const format = FORMATS.find((one) => one === values.format);
  const crs = CRS.find((one) => one === values.crs);
  const [east, north, ...more] = (values.origin ?? '').split(',').map(Number);
  const origin = east !== undefined && north !== undefined && Number.isFinite(east + north) && more.length === 0 ? ([east, north] as const) : undefined;
  const wrong =
    (values.origin !== undefined && origin === undefined) ||
    (values.format !== undefined && format === undefined) ||
    (values.crs !== undefined && crs === undefined);
  if (wrong) return undefined;
  return {
    plans: featuresOfPlan,
    ...(format && { format }),
    ...(crs && { crs }),
    ...(origin && { origin }),
    ...(values.layer === undefined ? {} : { layer: values.layer }),
  };
}

function cityFields({ format, crs, layer, origin, replace }: Values): Record<string, string> {
  const given = Object.entries({ format, crs, layer, origin, replace: replace === true ? 'ja' : undefined });
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

async function fetchAndTake(address: string, wish: OpenWish, values: Values, out: Output): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-import-'));
  try {
    const outbound = createOutbound({ allowedHosts: readConfig(process.env).outboundHosts });
    const path = join(folder, 'file');
    const done = await outbound.download(address, path, { maxBytes: MOST_IMPORT_BYTES, timeoutMs: FETCH_MS });
    if (!done.ok) throw new UnreadableFile(done.problem.detail);
    return await take(await openFile(path, { ...wish, name: done.value.name }), values, out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(file: OpenFile, values: Values, out: Output): Promise<number> {
  const { collection: id = '', key, replace, internal } = values;
  const wish = {
    id,
    title: values.title ?? id,
    ...(key === undefined ? {} : { keyProperty: key }),
    ...(internal === true ? { access: 'internal' as const } : {}),
  };
  const database = await openDatabase(readConfig(process.env));
  const ctx = { database, journal: createJournal(), clock: () => Temporal.Now.instant() };
  const actor = { kind: 'system', job: 'import' } as const;
  try {
    const made = await setCollection(ctx, actor, wish);
    if (!made.ok) {
      out.complain(made.problem.fields?.[0]?.message ?? made.problem.detail);
      return 1;
    }
    let told = 0;
    const done = await importFeatures(ctx, actor, {
      ...file,
      collection: id,
      replace: replace === true,
      progress: ({ rowsRead }) => {
        if (rowsRead - told < 10_000) return;
        told = rowsRead;
        out.print(`  ${rowsRead} Zeilen gelesen`);
      },
    });
    for (const note of file.notes) out.print(note);
    if (!done.ok) {
      out.complain(done.problem.fields?.[0]?.message ?? done.problem.detail);
      return 1;
    }
    report(done.value, await rejectsOf(ctx, done.value.id, SHOWN_REJECTS), out);
    return 0;
  } finally {
    await database.close();
  }
}

function report({ rowsRead, created, changed, unchanged, rejected, message }: ImportRun, rejects: Awaited<ReturnType<typeof rejectsOf>>, out: Output): void {
  out.print(`${rowsRead} Zeilen: ${created} neu, ${changed} geändert, ${unchanged} gleich, ${rejected} abgewiesen.`);
  if (message !== null) out.print(message);
  for (const { row, reason } of rejects) out.complain(`  Zeile ${row}: ${reason}`);
  if (rejected > SHOWN_REJECTS) out.complain(`  und ${rejected - SHOWN_REJECTS} weitere, in geodata.import_reject.`);
  if (rejected > rowsRead / 2) out.complain('Mehr als die Hälfte der Zeilen wurde abgewiesen. Prüfen Sie Format und Koordinatensystem.');
}
