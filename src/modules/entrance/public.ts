/** The one front door of the city: situations of life, search, waiting times, status without signing in, passing on. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { EntranceContext } from './application/context.ts';
import { entranceApi } from './http/api.ts';
import { codeRoutes } from './http/case-part.ts';
import type { Frame } from './http/frame.ts';
import { frontDoorRoutes } from './http/front-door-routes.ts';
import { shareRoutes } from './http/service-part.ts';
import { situationRoutes } from './http/situation-page.ts';
import { statusRoutes } from './http/status-pages.ts';
import { waitingRoutes } from './http/waiting-page.ts';

export type { EntranceContext, Happening, PlaceNow, WarningNow } from './application/context.ts';
export { entranceParameters } from './domain/next-steps.ts';
export { countServices, measureTimes } from './application/figures.ts';
export { loadSituations } from './application/load-situations.ts';
export { codeForLetter } from './application/own-code.ts';
export { casePart } from './http/case-part.ts';
export { servicePart } from './http/service-part.ts';
export { entranceJobs } from './jobs.ts';

/** Every route of the module. */
export function entranceRoutes(ctx: EntranceContext, frame: Frame): AnyRoute[] {
  return [
    ...frontDoorRoutes(ctx, frame),
    ...situationRoutes(ctx, frame),
    ...waitingRoutes(ctx, frame),
    ...statusRoutes(ctx, frame),
    ...shareRoutes(ctx, frame),
    ...codeRoutes(ctx),
    ...entranceApi(ctx),
  ];
}
