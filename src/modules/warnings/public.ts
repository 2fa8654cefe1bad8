/** Warnings of the city: drafted from a Lage, seen by four eyes, signed, published, updated, called off. */
import type { AnyRoute } from '../../platform/http/route.ts';
import { PublicBoard } from './application/board.ts';
import type { WarningsContext } from './application/context.ts';
import { warningsApi } from './http/api.ts';
import { deskPages } from './http/desk-pages.ts';
import { feedRoutes } from './http/feed.ts';
import type { CityFrame, LageFrame } from './http/frame.ts';
import { publicPages } from './http/public-pages.ts';

export { releaseWarning } from './application/release.ts';
export { beginWarning, changeWarning, draftFromLage } from './application/warnings.ts';
export { PublicBoard } from './application/board.ts';
export type { WarningsContext } from './application/context.ts';
export { waitingWarnings } from './application/warnings.ts';

/** Every route of the module. */
export function warningsRoutes(outside: Omit<WarningsContext, 'board'>, frame: CityFrame, lage: LageFrame): AnyRoute[] {
  const ctx: WarningsContext = { ...outside, board: new PublicBoard(outside) };
  return [...publicPages(ctx, frame), ...feedRoutes(ctx), ...deskPages(ctx, lage), ...warningsApi(ctx)];
}
