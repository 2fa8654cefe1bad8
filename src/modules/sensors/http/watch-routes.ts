import type { AnyRoute, Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Context } from '../../../platform/context.ts';
import { watchApi } from './watch-api.ts';
import { watchPages } from './watch-pages.ts';

/** Rules on streams and what they report: pages and API. */
export function watchRoutes(ctx: Pick<Context, 'database' | 'journal' | 'clock'>, frame: (visit: Visit) => PageView): AnyRoute[] {
  return [...watchPages(ctx, frame), ...watchApi(ctx)];
}
