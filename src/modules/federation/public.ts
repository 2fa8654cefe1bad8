/** Several servers, one picture: each gives what it knows itself over a signed and chained feed. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { FederationContext } from './application/context.ts';
import { partnerApi } from './http/api.ts';
import { feedRoute } from './http/feed-route.ts';
import { partnerPages, type LageFrame } from './http/partner-pages.ts';

export type { FederationContext } from './application/context.ts';
export { PartnerDesk } from './application/partner-desk.ts';
export { federationJobs } from './jobs.ts';
export { ServerKey } from './domain/feed.ts';

/** Every route of the module. */
export function federationRoutes(ctx: FederationContext, frame: LageFrame): AnyRoute[] {
  return [feedRoute(ctx), ...partnerPages(ctx, frame), ...partnerApi(ctx)];
}
