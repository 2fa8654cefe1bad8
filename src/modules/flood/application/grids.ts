import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { enterLage } from '../../situation/public.ts';
import type { Terrain } from '../domain/demo-terrain.ts';
import { cellsOf, type HeightGrid } from '../domain/grid.ts';
import { degreesOf } from '../domain/member.ts';
import type { TideInlet } from '../domain/sources.ts';
import { tideCells } from '../domain/sources.ts';
import { readStructures } from '../domain/structures-input.ts';
import { findGrid, insertGrid, listGrids, readHeights, sameGrid, type GridRow } from '../store/grids.ts';
import { NO_GRID, type Writing } from './context.ts';
import { pack, unpack32 } from './packed.ts';
import type { SpillGroundOrder } from './spill-thread.ts';

export type Grid = GridRow;
type Db = Pick<Context, 'database'>;

const MOST_GRIDS = 200;

/** Grids of the city, for who belongs to a Lage. */
export async function gridsFor(ctx: Writing, actor: Actor, key: string): Promise<Result<readonly Grid[], Problem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  return opened.ok ? ok(await allGrids(ctx)) : opened;
}

export const allGrids = (ctx: Db): Promise<readonly Grid[]> => listGrids(ctx.database.read, MOST_GRIDS);

export async function gridById(ctx: Db, id: string): Promise<Result<Grid, Problem>> {
  const found = parseId(id) === undefined ? undefined : await findGrid(ctx.database.read, id);
  return found === undefined ? refuse(NO_GRID) : ok(found);
}

/** The ground with its heights, as threads calculate on it. */
export async function loadGround(ctx: Db, grid: Grid): Promise<SpillGroundOrder> {
  const { columns, rows, cellMetres, westMetres, southMetres, structures, inlet } = grid;
  const heights = await unpack32(await readHeights(ctx.database.read, grid.id), cellsOf(grid));
  return { grid: { columns, rows, cellMetres, westMetres, southMetres, heights }, structures, inlet };
}

/** A corner of a structure in degrees, longitude first. */
export const onMap = (spot: readonly [number, number]): readonly [number, number] => degreesOf(spot);

export interface GridWish {
  readonly name: string;
  readonly source: string;
  /** GeoJSON of dykes and gates; empty: none. */
  readonly structures: string;
  /** Border cells below this are the gauge's water. */
  readonly inletBelowMetres: number;
}

const FILE_MISSING = invalidField('file', 'Es fehlt die Datei mit den Höhen: GeoTIFF oder ESRI-ASCII-Raster in EPSG:25832.');

/** Brings a grid from a file, for who may feed the Lage. */
export async function bringGridToLage(ctx: Writing, actor: Actor, key: string, path: string | undefined, wish: GridWish): Promise<Result<Grid, Problem>> {
  const opened = await enterLage(ctx, actor, key, 'feeds');
  return opened.ok ? bringGrid(ctx, actor, path, wish) : opened;
}

/** Brings a grid from a file; whoever calls has asked who may. The same file under the same name again is the same grid. */
export async function bringGrid(ctx: Writing, actor: Actor, path: string | undefined, wish: GridWish): Promise<Result<Grid, Problem>> {
  if (path === undefined) return refuse(FILE_MISSING);
  const wrong = wishProblem(wish);
  if (wrong !== undefined) return refuse(wrong);
  const structures = readStructures(wish.structures);
  if (!structures.ok) return structures;
  const read = await readInThread(path);
  if (!read.ok) return read;
  return keepGrid(ctx, actor, { grid: read.value, structures: structures.value }, wish, { belowMetres: wish.inletBelowMetres });
}

function wishProblem({ name, source, inletBelowMetres }: GridWish): Problem | undefined {
  if (name.trim() === '' || name.length > 120) return invalidField('name', 'Geben Sie dem Raster einen Namen mit höchstens 120 Zeichen.');
  if (source.trim() === '' || source.length > 300)
    return invalidField('source', 'Sagen Sie in höchstens 300 Zeichen, woher die Höhen stammen und von wann sie sind.');
  if (!(inletBelowMetres > -50 && inletBelowMetres < 50)) return invalidField('inletBelowMetres', 'Diese Höhe liegt zwischen -50 und 50 m.');
  return undefined;
}

/** Reading takes seconds: it must not keep people waiting. */
function readInThread(path: string): Promise<Result<HeightGrid, Problem>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'grid-thread.ts'), {
      execArgv: [],
      workerData: { path },
      resourceLimits: { maxOldGenerationSizeMb: 2_048 },
    });
    worker.once('message', resolve);
    worker.once('error', (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))));
    worker.once('exit', () => reject(new Error('the thread that reads a grid has ended')));
  });
}

/** Keeps a ground and says so in the journal. */
export async function keepGrid(
  ctx: Writing,
  actor: Actor,
  { grid, structures }: Terrain,
  about: { readonly name: string; readonly source: string; readonly demo?: boolean },
  inlet: TideInlet,
): Promise<Result<Grid, Problem>> {
  if (tideCells(grid, inlet).length === 0)
    return refuse(
      invalidField(
        'inletBelowMetres',
        `Am Rand des Rasters liegt keine Zelle unter ${inlet.belowMetres} m: es käme kein Wasser herein. Nennen Sie eine größere Höhe, oder nehmen Sie ein Raster, das bis in den Fluss reicht.`,
      ),
    );
  const heights = Float32Array.from(grid.heights);
  const sha256 = createHash('sha256').update(Buffer.from(heights.buffer)).digest('hex');
  const packed = await pack(heights);
  let [lowest, highest, missing] = [Infinity, -Infinity, 0];
  for (const height of heights) {
    if (Number.isNaN(height)) missing += 1;
    else {
      if (height < lowest) lowest = height;
      if (height > highest) highest = height;
    }
  }
  return ctx.database.transaction(async (tx) => {
    const name = about.name.trim();
    const before = await sameGrid(tx, sha256, name);
    if (before !== undefined && JSON.stringify(before.structures) === JSON.stringify(structures)) return ok(before);
    const now = ctx.clock();
    const { columns, rows, cellMetres, westMetres, southMetres } = grid;
    const row: Grid = {
      ...{ id: newId(now.epochMilliseconds), name, source: about.source.trim(), columns, rows, cellMetres, westMetres, southMetres },
      ...{ lowestMetres: lowest, highestMetres: highest, missing, sha256, structures, inlet, demo: about.demo === true, madeAt: now },
    };
    await insertGrid(tx, row, packed);
    const payload = { gridId: row.id, sha256, columns, rows, structures: structures.length };
    await ctx.journal.append(tx, actor, now, [{ stream: `flood:grid:${row.id}`, kind: 'flood.grid-brought', payload }]);
    return ok(row);
  });
}
