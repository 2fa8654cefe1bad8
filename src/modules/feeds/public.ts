/** What other systems bring into a Lage: positions, warnings, sensors, files, mail and posts; bounded, counted, and what is not believed is visible. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { LageFrame } from '../situation/public.ts';
import type { FeedsContext } from './application/context.ts';
import type { FeedsDesk } from './application/feeds-desk.ts';
import { feedsApi } from './http/api.ts';
import { importPages } from './http/import-page.ts';
import { feedsPages } from './http/pages.ts';

export type { FedReport, FeedsContext, KeptPicture } from './application/context.ts';
export type { Position } from './domain/cot-picture.ts';
export { moverKey } from './domain/mover.ts';
export type { CotPort, CotTls } from './application/cot-server.ts';
export { FeedsDesk } from './application/feeds-desk.ts';
export { feedsJobs } from './jobs.ts';

/** Every route of the module. */
export const feedsRoutes = (ctx: FeedsContext, desk: FeedsDesk, frame: LageFrame): AnyRoute[] => [
  ...importPages(ctx, frame),
  ...feedsPages(ctx, desk, frame),
  ...feedsApi(ctx, desk),
];
