/** Campaigns: short links, landing pages and their variants, and the figures of what they do. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { OutreachContext } from './application/context.ts';
import { FollowWatch } from './application/follow.ts';
import { campaignApi } from './http/api.ts';
import { campaignPages } from './http/campaign-pages.ts';
import { experimentApi } from './http/experiment-api.ts';
import { experimentPages } from './http/experiment-pages.ts';
import { followRoutes } from './http/follow-routes.ts';
import type { Frame } from './http/frame.ts';
import { landingRoutes } from './http/landing-routes.ts';
import { pageApi } from './http/page-api.ts';
import { pageEditor } from './http/page-editor.ts';

export type { OutreachContext, ServiceView } from './application/context.ts';
export { demoCodes, fillDemoPast, type DemoComparisons, type DemoOpening } from './application/demo-past.ts';
export { DEMO_PAGE, fillDemoCampaign } from './application/fill-demo.ts';
export { outreachParameters } from './domain/follow.ts';
export { shareCode } from './application/links.ts';
export { outreachJobs } from './jobs.ts';

/** Every route of the module. */
export function outreachRoutes(ctx: OutreachContext, frame: Frame): AnyRoute[] {
  const watch = new FollowWatch();
  return [
    ...followRoutes(ctx, frame, watch),
    ...landingRoutes(ctx, frame, watch),
    ...[
      ...experimentPages(ctx, frame),
      ...pageEditor(ctx, frame),
      ...experimentApi(ctx),
      ...campaignPages(ctx, frame),
      ...campaignApi(ctx),
      ...pageApi(ctx),
    ].map((route) => forgetting(route, watch)),
  ];
}

/** What somebody changes here, a link knows at once. */
function forgetting(route: AnyRoute, { links }: FollowWatch): AnyRoute {
  if (route.method === 'get') return route;
  const handle = route.handle as (...asked: readonly unknown[]) => Promise<unknown>;
  const changing = async (...asked: readonly unknown[]): Promise<unknown> => {
    try {
      return await handle(...asked);
    } finally {
      links.forget();
    }
  };
  return { ...route, handle: changing } as AnyRoute;
}
