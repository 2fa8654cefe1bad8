import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { multiPolygon } from '../../processes/public.ts';
import type { LageView } from '../../situation/public.ts';
import { cellsOf } from '../domain/grid.ts';
import type { FloodLayer } from '../domain/layer.ts';
import { classesOf, fewerDots, LAYER_IDS, LEGENDS, type LayerId, type Legend } from '../domain/legend.ts';
import type { Run, RunSummary } from '../domain/summary.ts';
import { listRuns, readLayer } from '../store/runs.ts';
import type { Reading } from './context.ts';
import { unpack16, unpack8 } from './packed.ts';
import { cornersOf } from './places.ts';
import { pictureOf } from './png.ts';
import { floodRun } from './runs.ts';

const MOST_DOTS = 1_024;
/** Outlines are made of fewer cells than pictures: a browser draws them one by one. */
const MOST_OUTLINE_DOTS = 256;

const NOT_DONE = wrongState('Diese Rechnung hat noch kein Ergebnis. Laden Sie ihren Stand neu.');
const NO_LAYER = invalidField('layer', `Diese Ebene gibt es nicht. Es gibt ${LAYER_IDS.join(', ')}.`);

/** What the colours of a layer mean. */
export const legendOf = (layer: LayerId): Legend => LEGENDS[layer];

interface Classes {
  readonly run: Run;
  readonly summary: RunSummary;
  readonly layer: LayerId;
  readonly shown: Uint8Array;
}

async function readClasses(ctx: Reading, actor: Actor, key: string, id: string, name: string): Promise<Result<Classes, Problem>> {
  const found = await floodRun(ctx, actor, key, id);
  if (!found.ok) return found;
  const layer = LAYER_IDS.find((one) => one === name);
  if (layer === undefined) return refuse(NO_LAYER);
  const { run } = found.value;
  if (run.status !== 'done' || run.summary === null) return refuse(NOT_DONE);
  const cells = cellsOf(run.summary.frame);
  const packed = (await readLayer(ctx.database.read, id, layer))!;
  const values = layer === 'probability' ? await unpack8(packed, cells) : await unpack16(packed, cells);
  return ok({ run, summary: run.summary, layer, shown: classesOf(layer, values) });
}

/** A layer as a PNG, north up, for the corners of its description. */
export async function layerPicture(ctx: Reading, actor: Actor, key: string, id: string, name: string): Promise<Result<Uint8Array, Problem>> {
  const read = await readClasses(ctx, actor, key, id, name);
  if (!read.ok) return read;
  const { layer, shown, summary } = read.value;
  return ok(pictureOf(layer, fewerDots(summary.frame, shown, MOST_DOTS, layer === 'arrival')));
}

/** A class of a layer as an area. */
export interface ClassArea {
  readonly from: number;
  readonly to: number | null;
  readonly unit: string;
  readonly colour: string;
  readonly geometry: object;
}

/** The classes of a layer as areas, for other programs. */
export async function layerOutlines(ctx: Reading, actor: Actor, key: string, id: string, name: string): Promise<Result<readonly ClassArea[], Problem>> {
  const read = await readClasses(ctx, actor, key, id, name);
  if (!read.ok) return read;
  const { layer, shown, summary } = read.value;
  const { frame } = summary;
  const { width, height, dots } = fewerDots(frame, shown, MOST_OUTLINE_DOTS, layer === 'arrival');
  const cell = frame.cellMetres * Math.ceil(Math.max(frame.columns, frame.rows) / MOST_OUTLINE_DOTS);
  const grid = { west: frame.westMetres, south: frame.southMetres + frame.rows * frame.cellMetres - height * cell, cell, columns: width, rows: height };
  const { unit, classes } = LEGENDS[layer];
  return ok(
    classes.map(({ from, to, colour }, n) => {
      const mask = new Uint8Array(dots.length);
      // these grids begin in the north, outlines in the south
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++) mask[(height - 1 - row) * width + column] = dots[row * width + column] === n + 1 ? 1 : 0;
      return { from, to: to ?? null, unit, colour, geometry: multiPolygon(grid, mask) };
    }),
  );
}

/** Layers of a finished run. */
export function layersOfRun(lageKey: string, { id, title, model, version, summary, finishedAt, members }: Run): readonly FloodLayer[] {
  if (summary === null || finishedAt === null) return [];
  const corners = cornersOf(summary.frame);
  return LAYER_IDS.filter((layer) => members > 1 || layer === 'depth' || layer === 'arrival').map((layer) => ({
    ...{ id: layer, runId: id, title, model, version, corners, legend: LEGENDS[layer], at: finishedAt, synthetic: summary.demo },
    url: `/lagen/${lageKey}/flut/rechnungen/${id}/${layer}.png`,
  }));
}

/** Layers of the newest finished runs, for the map of somebody who has entered the Lage. */
export async function floodLayers(db: Sql, { lage, layers }: LageView): Promise<readonly FloodLayer[]> {
  if (!layers.has('prognose')) return [];
  const runs = await listRuns(db, lage.id, { limit: 20 });
  return runs
    .filter(({ status }) => status === 'done')
    .slice(0, 3)
    .flatMap((run) => layersOfRun(lage.key, run));
}
