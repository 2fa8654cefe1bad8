/** The twin for people: map, table and curves over what sensors and geodata keep. */
import type { Context } from '../../platform/context.ts';
import type { AnyRoute, Visit } from '../../platform/http/route.ts';
import type { MapDistrict } from '../../platform/ui/static-map.ts';
import type { PageView } from '../../platform/ui/view.ts';
import { twinApi } from './http/api.ts';
import { twinPages } from './http/page.ts';
import { pictureRoutes } from './http/pictures.ts';

export function twinRoutes(
  ctx: Pick<Context, 'database' | 'clock' | 'typesetter'>,
  frame: (visit: Visit) => PageView,
  districts: readonly MapDistrict[],
): AnyRoute[] {
  return [...twinPages(ctx, frame), ...pictureRoutes(ctx, districts), ...twinApi(ctx)];
}
