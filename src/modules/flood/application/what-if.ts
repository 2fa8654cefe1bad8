import type { Actor } from '../../../kernel/actor.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage } from '../../situation/public.ts';
import { affectedBy, type Affected } from '../domain/affected.ts';
import type { Breach } from '../domain/run.ts';
import { NOT_YOUR_LAYER, type FloodContext } from './context.ts';
import { gridById, loadGround, type Grid } from './grids.ts';
import { placesOn } from './places.ts';

/** "What if": a level of the gauge, and what does not hold. */
export interface WhatIf {
  readonly gridId: string;
  readonly levelMetres: number;
  /** Ids of gates that stay open, and dykes that break in their middle. */
  readonly open: readonly string[];
}

export interface WhatIfAnswer {
  readonly grid: Grid;
  readonly floodedSquareKilometres: number;
  readonly deepestMetres: number;
  readonly affected: Affected;
  readonly picture: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** How long it took, without reading the ground the first time. */
  readonly tookMs: number;
}

type Asking = Pick<FloodContext, 'database' | 'clock' | 'spill'>;
const BREACH_METRES = 100;
const MOST_OPEN = 100;

/** The instant picture: how far water reaches that has all the time in the world. Facilities are named to who may see them. */
export async function whatIf(ctx: Asking, actor: Actor, key: string, wish: WhatIf): Promise<Result<WhatIfAnswer, Problem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const { layers } = opened.value;
  if (!layers.has('prognose')) return refuse(NOT_YOUR_LAYER);
  const answer = await askSpill(ctx, wish);
  if (!answer.ok || layers.has('einrichtungen')) return answer;
  return ok({ ...answer.value, affected: { ...answer.value.affected, facilities: [] } });
}

/** The same for modules that have asked themselves who may look. */
export async function askSpill(ctx: Pick<FloodContext, 'database' | 'spill'>, { gridId, levelMetres, open }: WhatIf): Promise<Result<WhatIfAnswer, Problem>> {
  const found = await gridById(ctx, gridId);
  if (!found.ok) return found;
  const grid = found.value;
  const problems: FieldProblem[] = [];
  if (!(levelMetres >= -5 && levelMetres <= 15)) problems.push({ field: 'levelMetres', message: 'Der Pegel liegt zwischen -5 und 15 m über NHN.' });
  if (open.length > MOST_OPEN) problems.push({ field: 'open', message: `Nennen Sie höchstens ${MOST_OPEN} Bauwerke.` });
  for (const id of open)
    if (!grid.structures.some((one) => one.id === id)) problems.push({ field: 'open', message: `Das Bauwerk „${id}“ gibt es in diesem Raster nicht.` });
  if (problems.length > 0) return refuse(invalidFields(problems));
  const breaches: readonly Breach[] = open.map((structureId) => ({ structureId, widthMetres: BREACH_METRES }));
  let started = performance.now();
  const answer = await ctx.spill.ask(gridId, { levelMetres, open: breaches }, async () => {
    const ground = await loadGround(ctx, grid);
    started = performance.now();
    return ground;
  });
  const tookMs = performance.now() - started;
  const { places, unknown } = await placesOn(ctx, grid);
  const { depths, cells, deepestCentimetres, picture, width, height } = answer;
  return ok({
    ...{ grid, picture, width, height, tookMs },
    floodedSquareKilometres: (cells * grid.cellMetres * grid.cellMetres) / 1e6,
    deepestMetres: deepestCentimetres / 100,
    affected: affectedBy(grid, { depth: depths }, places, unknown),
  });
}
