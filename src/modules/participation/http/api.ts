import type { AnyRoute } from '../../../platform/http/route.ts';
import type { ParticipationContext } from '../application/context.ts';
import { consulteeApi, publicApi } from './api-open.ts';
import { officerApi, statementApi } from './api-officer.ts';

/** Everything the pages can do, for programs. */
export function participationApi(ctx: ParticipationContext): AnyRoute[] {
  return [...publicApi(ctx), ...consulteeApi(ctx), ...officerApi(ctx), ...statementApi(ctx)];
}
