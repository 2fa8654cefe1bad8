/** Beteiligung: agencies, neighbours and the public before a decision. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { LiveHub } from '../../platform/live/hub.ts';
import type { ParticipationContext } from './application/context.ts';
import { participationApi } from './http/api.ts';
import type { Beside, Frame } from './http/common.ts';
import { consulteePages } from './http/consultee-pages.ts';
import { displayPages } from './http/display-pages.ts';
import { officerPages } from './http/officer-pages.ts';

export { abwaegungComplete, readSynopsis, type AbwaegungState } from './application/read-file.ts';
export { followedConditions } from './application/followed-conditions.ts';
export type { FollowedCondition } from './domain/conditions.ts';
export { act as actOnRounds } from './application/act.ts';
export { listDisplays, openDisplay } from './application/displays.ts';
export { publicRoundsOf } from './application/rounds-of-case.ts';
export { openForStep } from './application/step-gate.ts';
export type { Cases, CaseView, Files, ParticipationContext } from './application/context.ts';
export { holdingsOf } from './application/submit-statement.ts';
export { applicantPanel, officerPanel } from './http/panels.ts';
export { participationJobs } from './jobs.ts';

/** Every route of the module: pages for everybody, consultees and officers, and the API. @param beside what others add to the pages for everybody */
export function participationRoutes(ctx: ParticipationContext, frame: Frame, hub: LiveHub, beside: Beside = {}): AnyRoute[] {
  return [...displayPages(ctx, frame, beside), ...consulteePages(ctx, frame), ...officerPages(ctx, frame, hub), ...participationApi(ctx)];
}
