/** The strategy of the city: what it wants, what it does for it, and whether it works. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { CockpitContext } from './application/context.ts';
import { commentsApi } from './http/api-comments.ts';
import { strategyApi } from './http/api.ts';
import { commentPages } from './http/comment-pages.ts';
import { dataRoutes } from './http/data-routes.ts';
import { decisionPages } from './http/decision-pages.ts';
import { embedRoutes } from './http/embed-routes.ts';
import type { Frame } from './http/frame.ts';
import { itemPages } from './http/item-pages.ts';
import { measurePages } from './http/measure-page.ts';
import { fieldPages, overviewPages } from './http/overview-pages.ts';
import { reportPages } from './http/report-pages.ts';
import { senatePages } from './http/senate-page.ts';
import { tracePages } from './http/trace-pages.ts';
import { unitPages } from './http/unit-page.ts';

export { changeItem } from './application/change-item.ts';
export { commentDesk, commentOn, holdingsOf, moderateComment, newReceipt } from './application/comments.ts';
export { History, type CityBurden, type CockpitContext } from './application/context.ts';
export { loadStrategy } from './application/load-strategy.ts';
export { cockpitDatasets } from './application/open-data.ts';
export { makeMissingReports } from './application/quarter-report.ts';
export { cockpitJobs } from './jobs.ts';

/** Every route of the module but the fields' pages. */
export function cockpitRoutes(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    ...overviewPages(ctx, frame),
    ...measurePages(ctx, frame),
    ...senatePages(ctx, frame),
    ...unitPages(ctx, frame),
    ...decisionPages(ctx, frame),
    ...tracePages(ctx, frame),
    ...reportPages(ctx, frame),
    ...dataRoutes(ctx, frame),
    ...embedRoutes(ctx),
    ...commentPages(ctx, frame),
    ...itemPages(ctx, frame),
    ...strategyApi(ctx),
    ...commentsApi(ctx),
  ];
}

/** `/strategie/:field` looks like every other page there: it comes after those of all modules. */
export const cockpitFieldRoutes = (ctx: CockpitContext, frame: Frame): AnyRoute[] => fieldPages(ctx, frame);
