import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import { bringGrid } from '../modules/flood/public.ts';
import { codeOf } from '../kernel/error-code.ts';
import { DataDirectoryInUse } from '../platform/database/lock.ts';
import { createJournal } from '../platform/journal/journal.ts';
import type { Command, Output } from './command.ts';

export const LAGE_GRID_USAGE: Command['usage'] = [
  {
    call: 'lage grid DATEI --source HERKUNFT [--name NAME] [--structures GEOJSON] [--inlet METER]',
    does: 'Liest ein Höhenraster (GeoTIFF oder ESRI-ASCII, EPSG:25832) für die Flutmodelle ein. --structures: Deiche und Tore. --inlet: Randzellen unter dieser Höhe sind Fluss (sonst 0).',
  },
];

const OPTIONS = { source: { type: 'string' }, name: { type: 'string' }, structures: { type: 'string' }, inlet: { type: 'string' } } as const;

/** Brings a height grid into a city that does not run. @returns 2 for a wrong call */
export async function lageGrid(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [path, ...more] = positionals;
  const inletBelowMetres = Number((values.inlet ?? '0').replace(',', '.'));
  if (path === undefined || more.length > 0 || values.source === undefined || Number.isNaN(inletBelowMetres)) return 2;
  try {
    const structures = values.structures === undefined ? '' : await readFile(values.structures, 'utf8');
    const database = await openDatabase(readConfig(process.env));
    try {
      const ctx = { database, journal: createJournal(), clock: () => Temporal.Now.instant() };
      const wish = { name: values.name ?? basename(path), source: values.source, structures, inletBelowMetres };
      const made = await bringGrid(ctx, { kind: 'system', job: 'lage-grid' }, path, wish);
      if (!made.ok) {
        out.complain(made.problem.fields?.[0]?.message ?? made.problem.detail);
        return 1;
      }
      const { columns, rows, cellMetres, lowestMetres, highestMetres, missing, structures: found, id } = made.value;
      out.print(
        `${columns} mal ${rows} Zellen von ${cellMetres} m, ${lowestMetres.toFixed(2)} bis ${highestMetres.toFixed(2)} m, ${missing} ohne Höhe, ${found.length} Bauwerke.`,
      );
      out.print(`Höhenraster ${id}`);
      return 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof DataDirectoryInUse)
      out.complain(`${error.message}\nLäuft die Stadt, bringen Sie das Raster auf der Seite „Flut“ einer Lage mit, oder mit POST /api/flood/grids.`);
    else if (codeOf(error) === 'ENOENT') out.complain('Diese Datei gibt es nicht. Prüfen Sie den Pfad.');
    else throw error;
    return 1;
  }
}
