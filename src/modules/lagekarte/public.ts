/** The map of a Lage: for people, on paper, and what it needs of its neighbours. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { MapDistrict } from '../../platform/ui/static-map.ts';
import type { LageFrame } from '../situation/public.ts';
import type { LagekarteContext } from './application/context.ts';
import { mapApi } from './http/api.ts';
import { drawingRoutes } from './http/drawing.ts';
import { mapPages } from './http/page.ts';
import { pictureRoutes } from './http/pictures.ts';

export type { Address, LagekarteContext, Overlay } from './application/context.ts';

/** Every route of the module. @param districts as on every map of the city */
export function lagekarteRoutes(ctx: LagekarteContext, frame: LageFrame, districts: readonly MapDistrict[]): AnyRoute[] {
  return [...mapPages(ctx, frame), ...drawingRoutes(ctx, frame), ...pictureRoutes(ctx, districts), ...mapApi(ctx)];
}
