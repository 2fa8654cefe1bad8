/** How water spreads: heights of the ground, three models over them, and who is affected. */
import { join } from 'node:path';
import type { Context } from '../../platform/context.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import type { LageFrame } from '../situation/public.ts';
import type { FloodContext } from './application/context.ts';
import { FloodThreads } from './application/flood-threads.ts';
import { SpillDesk } from './application/spill-desk.ts';
import { floodApi } from './http/api.ts';
import { floodPages } from './http/pages.ts';

export type { FloodContext } from './application/context.ts';
export { allGrids, bringGrid, keepGrid, type Grid, type GridWish } from './application/grids.ts';
export { askSpill, type WhatIf, type WhatIfAnswer } from './application/what-if.ts';
export { type WholeRun } from './application/runs.ts';
export { floodLayers } from './application/results.ts';
export { COLLECTIONS } from './application/places.ts';
export type { FloodLayer } from './domain/layer.ts';
export type { Affected, Facility } from './domain/affected.ts';
export type { Run, RunSummary } from './domain/summary.ts';
export type { RunInput } from './domain/run.ts';
export type { LayerId, Legend } from './domain/legend.ts';
export type { Structure } from './domain/structures.ts';
export { demoFacilities } from './domain/demo-facilities.ts';
export { demoTerrain, type Terrain } from './domain/demo-terrain.ts';
export { floodJobs } from './jobs.ts';

/** What the module needs, with its threads; these open when they are first needed. @param cores of this machine */
export function floodContext(
  { clock, database, journal, outbox, log }: Pick<Context, 'clock' | 'database' | 'journal' | 'outbox' | 'log'>,
  { dataDirectory, cores }: { readonly dataDirectory: string; readonly cores: number },
): FloodContext {
  return { clock, database, journal, outbox, log, uploads: join(dataDirectory, 'flood'), threads: new FloodThreads(cores), spill: new SpillDesk() };
}

/** Every route of the module. */
export const floodRoutes = (ctx: FloodContext, frame: LageFrame): AnyRoute[] => [...floodPages(ctx, frame), ...floodApi(ctx)];
