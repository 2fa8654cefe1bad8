import { countByService, countFollowed, type FollowedService, type UsedService } from '../store/service-counts.ts';
import type { ProcedureContext } from './context.ts';

export type { FollowedService, UsedService };

/**
 * How many people applied for each service since then. Counts only, and none below `fewest`: fewer people might be
 * recognised.
 */
export const usedServices = (
  ctx: Pick<ProcedureContext, 'database'>,
  wish: { readonly since: Temporal.Instant; readonly fewest: number },
): Promise<readonly UsedService[]> => countByService(ctx.database.read, wish);

/** Of how many people a case of another service followed within so many days. Counts only, none below `fewest`. */
export const followedServices = (
  ctx: Pick<ProcedureContext, 'database'>,
  wish: { readonly since: Temporal.Instant; readonly withinDays: number; readonly fewest: number },
): Promise<readonly FollowedService[]> => countFollowed(ctx.database.read, wish);
