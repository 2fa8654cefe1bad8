/** Bureaucracy by the standard cost model: what an application costs in time, and what has been taken off. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { BurdenContext } from './application/context.ts';
import { burdenApi } from './http/api.ts';
import { cityPages, type Frame } from './http/city-page.ts';
import { servicePages } from './http/service-page.ts';

export type { BurdenContext } from './application/context.ts';
export { burdenDatasets } from './application/open-data.ts';
export { declareMeasure } from './application/declare-measure.ts';
export { reckonCityOn } from './application/reckon-on.ts';

/** Every route of the module. */
export function burdenRoutes(ctx: BurdenContext, frame: Frame): AnyRoute[] {
  return [...cityPages(ctx, frame), ...servicePages(ctx, frame), ...burdenApi(ctx)];
}
