/** Finds services in plain language, from the catalogue alone, and hands over to a person. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { FinderContext } from './application/context.ts';
import { finderApi } from './http/api.ts';
import { deskPages } from './http/desk-pages.ts';
import { finderPages, type Frame } from './http/finder-page.ts';
import { handOverPages } from './http/hand-over-page.ts';

export type { FinderContext } from './application/context.ts';
export { FINDER_USES } from './application/uses.ts';
export { finderParameters } from './domain/retention.ts';
export { finderJobs } from './jobs.ts';

/** Every route of the module. */
export function finderRoutes(ctx: FinderContext, frame: Frame): AnyRoute[] {
  return [...finderPages(ctx, frame), ...handOverPages(ctx, frame), ...deskPages(ctx, frame), ...finderApi(ctx)];
}
