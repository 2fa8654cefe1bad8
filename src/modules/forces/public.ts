/** Forces and resources of a Lage: units, tasks, requests, shelters, materials, and what is missing. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { DeskContext } from './application/context.ts';
import { forcesApi } from './http/api.ts';
import type { LageFrame } from './http/frame.ts';
import { forcesPages } from './http/pages.ts';

export { roadSteps } from './http/road.ts';
export type { DeskContext, ForcesContext } from './application/context.ts';
export { moveUnits, placeUnits, type UnitPosition } from './application/positions.ts';
export { giveTask, listTasks, type TaskInput } from './application/tasks.ts';
export { makeOne } from './application/records.ts';
export { forcesSummary, readyStrength } from './application/summary.ts';
export type { ForceRecord, TaskBody, UnitBody } from './domain/records.ts';
export type { ForcesSummary, Gap } from './domain/summary.ts';

/** Every route of the module. */
export function forcesRoutes(ctx: DeskContext, frame: LageFrame): AnyRoute[] {
  return [...forcesPages(ctx, frame), ...forcesApi(ctx)];
}
