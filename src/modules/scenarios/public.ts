import type { Context } from '../../platform/context.ts';
import type { AnyRoute, Visit } from '../../platform/http/route.ts';
import type { PageView } from '../../platform/ui/view.ts';
import type { Ordering } from './application/context.ts';
import { kitsApi } from './http/api-kits.ts';
import { peopleApi } from './http/api-people.ts';
import { resultsApi } from './http/api-results.ts';
import { variantsApi } from './http/api-variants.ts';
import { scenariosApi } from './http/api.ts';
import { kitPages } from './http/kit-pages.ts';
import { listPages } from './http/list-pages.ts';
import { peoplePages } from './http/people-pages.ts';
import { workPages } from './http/work-routes.ts';

/** Plans for a quarter in variants, what the city's models say to them, and kits to hand on. */
export { makeScenario } from './application/make-scenario.ts';
export { addToPlan, addVariant } from './application/change-variants.ts';
export { exportScenarios, scenariosFor, showScenario, type ScenarioPicture } from './application/show.ts';
export { orderRuns } from './application/order-runs.ts';
export { exportKit } from './application/export-kit.ts';
export { importKit, type ImportedKit } from './application/import-kit.ts';
export { saveKit } from './application/kits.ts';
export { fillDemoScenario } from './application/demo.ts';
export { scenariosJobs } from './jobs.ts';

export function scenariosRoutes(ctx: Ordering & Pick<Context, 'settings'>, frame: (visit: Visit) => PageView): AnyRoute[] {
  return [
    ...[...listPages(ctx, frame), ...workPages(ctx, frame), ...peoplePages(ctx, frame), ...kitPages(ctx, frame)],
    ...[...scenariosApi(ctx), ...variantsApi(ctx), ...resultsApi(ctx), ...peopleApi(ctx), ...kitsApi(ctx)],
  ];
}
