/** What one has to know who comes to a Lage, and what was decided in it. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { OrientationContext } from './application/context.ts';
import { orientationApi } from './http/api.ts';
import { orientationPages, type LageFrame } from './http/pages.ts';

export type { FindingSource, LogLine, OrientationContext } from './application/context.ts';
export type { Finding } from './domain/finding.ts';

/** Every route of the module. */
export function orientationRoutes(ctx: OrientationContext, frame: LageFrame): AnyRoute[] {
  return [...orientationPages(ctx, frame), ...orientationApi(ctx)];
}
