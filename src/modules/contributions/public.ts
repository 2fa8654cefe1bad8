/** Contributions of people on the map, with or without an account, on what a city plans. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { LiveHub } from '../../platform/live/hub.ts';
import type { ContributionsContext } from './application/context.ts';
import { deskApi } from './http/api-desk.ts';
import { publicApi } from './http/api-public.ts';
import { contributionFormPages } from './http/contribution-form.ts';
import { contributionPages } from './http/contribution-page.ts';
import { deskFormPages } from './http/desk-form.ts';
import { deskPages } from './http/desk-pages.ts';
import { evaluationPages } from './http/evaluation-pages.ts';
import type { Frame } from './http/frame.ts';
import { ownPages } from './http/own-pages.ts';
import { participationPages } from './http/participation-page.ts';

export { contributionsParameters } from './domain/retention.ts';
export { comment } from './application/comment.ts';
export type { ContributionsContext, PublicCollection } from './application/context.ts';
export { contribute } from './application/contribute.ts';
export { featureOf } from './application/evaluate.ts';
export { moderate, moderateComment } from './application/moderate.ts';
export { holdingsOf, openOwn } from './application/own.ts';
export { makeParticipation, openParticipation, participationsPage } from './application/participations.ts';
export { support } from './application/support.ts';
export { displayPart, participationCards } from './http/participation-page.ts';
export { contributionsJobs } from './jobs.ts';

/** Every route of the module. What is fixed in an address stands before what is named in it. */
export function contributionsRoutes(ctx: ContributionsContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [
    ...contributionFormPages(ctx, frame),
    ...contributionPages(ctx, frame),
    ...ownPages(ctx, frame),
    ...participationPages(ctx, frame, hub),
    ...deskFormPages(ctx, frame),
    ...evaluationPages(ctx, frame),
    ...deskPages(ctx, frame),
    ...publicApi(ctx),
    ...deskApi(ctx),
  ];
}
