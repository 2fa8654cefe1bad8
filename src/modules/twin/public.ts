/** The twin for people: map, table and curves over what sensors and geodata keep. */
import type { AnyRoute, Visit } from '../../platform/http/route.ts';
import type { PageView } from '../../platform/ui/view.ts';
import type { TwinContext } from './application/show.ts';
import { twinApi } from './http/api.ts';
import { twinPages } from './http/page.ts';

export function twinRoutes(ctx: TwinContext, frame: (visit: Visit) => PageView): AnyRoute[] {
  return [...twinPages(ctx, frame), ...twinApi(ctx)];
}
