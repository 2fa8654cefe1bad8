/** Digitallotsen: help with a draft under consent, places, appointments and queue, handouts. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { LiveHub } from '../../platform/live/hub.ts';
import type { GuidesContext } from './application/context.ts';
import { assistanceApi } from './http/assistance-api.ts';
import { consultationPages } from './http/consultation-pages.ts';
import { countPages } from './http/count-pages.ts';
import { deviceApi } from './http/device-api.ts';
import { devicePages } from './http/device-pages.ts';
import { deskPlaceForm } from './http/desk-place-form.ts';
import { deskQueuePages } from './http/desk-queue-pages.ts';
import type { Frame } from './http/frame.ts';
import { guidePages } from './http/guide-pages.ts';
import { handoutPages } from './http/handout-pages.ts';
import { helpPages } from './http/help-pages.ts';
import { placeApi } from './http/place-api.ts';
import { placePages } from './http/place-pages.ts';
import { queuePages } from './http/queue-pages.ts';
import { walkPages } from './http/walk-pages.ts';

export { guidesParameters } from './domain/retention.ts';
export { ConsultationTally } from './domain/consultation.ts';
export type { AdviceSheet, GuidesContext } from './application/context.ts';
export { placesNow, type PlaceNow } from './http/places-now.ts';
export { consultationDatasets, COUNTED } from './application/open-data.ts';
export { fillDemoConsultations, fillDemoGuides } from './application/fill-demo.ts';
export { forgetHelp, helpOf } from './application/holdings.ts';
export { draftHelp } from './application/draft-help.ts';
export { withHelpBand } from './http/help-band.ts';
export { helpPanel } from './http/help-panel.ts';
export { guidesJobs } from './jobs.ts';

/** Every route of the module. */
export function guidesRoutes(ctx: GuidesContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [
    ...helpPages(ctx, frame, hub),
    ...guidePages(ctx, frame, hub),
    ...walkPages(ctx, frame),
    ...countPages(ctx, frame),
    ...consultationPages(ctx, frame),
    ...devicePages(ctx, frame),
    ...handoutPages(ctx, frame),
    // what is fixed in an address stands before what is named in it
    ...deskPlaceForm(ctx, frame),
    ...deskQueuePages(ctx, frame),
    ...queuePages(ctx, frame),
    ...placePages(ctx, frame, hub),
    ...assistanceApi(ctx),
    ...placeApi(ctx),
    ...deviceApi(ctx),
  ];
}
