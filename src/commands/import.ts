import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import { FORMATS, importFeatures, openFile, rejectsOf, setCollection, UnreadableFile, type OpenFile } from '../modules/geodata/public.ts';
import { featuresOfPlan } from '../modules/plans/public.ts';
import { createJournal } from '../platform/journal/journal.ts';
import { wrongCall, type Command, type Output } from './command.ts';

const CRS = ['CRS84', '25832', '3857'] as const;
const SHOWN_REJECTS = 20;

export const importCommand: Command = {
  usage: [
    {
      call: `import DATEI --collection NAME [--title TITEL] [--key MERKMAL] [--format ${FORMATS.join('|')}] [--crs CRS84|25832|3857] [--layer EBENE] [--origin OST,NORD] [--replace] [--internal]`,
      does: 'Liest Geodaten in eine Sammlung ein. Nach einer Unterbrechung geht derselbe Aufruf dort weiter, wo er war.',
    },
  ],
  async run(args, out) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        collection: { type: 'string' },
        title: { type: 'string' },
        key: { type: 'string' },
        format: { type: 'string' },
        crs: { type: 'string' },
        layer: { type: 'string' },
        origin: { type: 'string' },
        replace: { type: 'boolean' },
        internal: { type: 'boolean' },
      },
    });
    const format = FORMATS.find((one) => one === values.format);
    const crs = CRS.find((one) => one === values.crs);
    const [path] = positionals;
    const [east, north, ...more] = (values.origin ?? '').split(',').map(Number);
    const origin = east !== undefined && north !== undefined && Number.isFinite(east + north) && more.length === 0 ? ([east, north] as const) : undefined;
    const wrong =
      (values.origin !== undefined && origin === undefined) ||
      positionals.length !== 1 ||
      (values.format !== undefined && format === undefined) ||
      (values.crs !== undefined && crs === undefined);
    if (wrong || path === undefined || values.collection === undefined) return wrongCall(importCommand, out);
    try {
      const file = await openFile(path, {
        plans: featuresOfPlan,
        ...(format && { format }),
        ...(crs && { crs }),
        ...(origin && { origin }),
        ...(values.layer === undefined ? {} : { layer: values.layer }),
      });
      const { collection: id, title = id, key } = values;
      const wish = { id, title, ...(key === undefined ? {} : { keyProperty: key }), ...(values.internal === true ? { access: 'internal' as const } : {}) };
      return await take(file, wish, values.replace === true, out);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      out.complain(error.message);
      return 1;
    }
  },
};

async function take(file: OpenFile, wish: Parameters<typeof setCollection>[2], replace: boolean, out: Output): Promise<number> {
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
      collection: wish.id,
      replace,
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
    const { id, rowsRead, created, changed, unchanged, rejected, message } = done.value;
    out.print(`${rowsRead} Zeilen: ${created} neu, ${changed} geändert, ${unchanged} gleich, ${rejected} abgewiesen.`);
    if (message !== null) out.print(message);
    for (const { row, reason } of await rejectsOf(ctx, id, SHOWN_REJECTS)) out.complain(`  Zeile ${row}: ${reason}`);
    if (rejected > SHOWN_REJECTS) out.complain(`  und ${rejected - SHOWN_REJECTS} weitere, in geodata.import_reject.`);
    if (rejected > rowsRead / 2) out.complain('Mehr als die Hälfte der Zeilen wurde abgewiesen. Prüfen Sie Format und Koordinatensystem.');
    return 0;
  } finally {
    await database.close();
  }
}
