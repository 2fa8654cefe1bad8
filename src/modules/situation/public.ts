/** The Lage: who leads it, who belongs to it, what they may do, and the one picture that all of them see. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { SituationContext } from './application/context.ts';
import { lagenApi } from './http/api.ts';
import { memberApi } from './http/api-members.ts';
import { pictureApi } from './http/api-picture.ts';
import { sectionApi } from './http/api-sections.ts';
import type { CityFrame, LageFrame } from './http/frame.ts';
import { guestPages } from './http/guest-pages.ts';
import { lagePages } from './http/lage-pages.ts';
import { listPages } from './http/list-pages.ts';
import { liveRoutes } from './http/live.ts';
import { appRoutes } from './http/app-routes.ts';
import { roadPages } from './http/road-page.ts';
import type { RoadPorts } from './application/on-the-road.ts';
import { PictureFeeds } from './application/picture-feed.ts';

export { enterLage, lageStream, openLagen, publicLage, systemView } from './application/enter-lage.ts';
export type { RoadNote, RoadPorts, RoadReport, RoadSteps } from './application/on-the-road.ts';
export { admitDevice, dismissDevice } from './application/devices.ts';
export { situationParameters } from './domain/retention.ts';
export { forgettableLagen } from './application/forgettable.ts';
export { takeIn } from './application/take-in.ts';
export {
  changePicture,
  changesOfPicture,
  endInPicture,
  objectHistory,
  readObject,
  readPicture,
  readWholePicture,
  showInPicture,
  type ChangedThing,
} from './application/picture.ts';
export { openLage, lagenOf, type OpenInput } from './application/lagen.ts';
export { findLageById } from './store/lagen.ts';
export { addMember, authenticateGuest, staffOf, type GuestInput, type MemberInput } from './application/members.ts';
export { makeSection, sectionsOf } from './application/sections.ts';
export { draw, DRAWN_KINDS, erase, type DrawInput, type DrawnKind } from './application/draw.ts';
export type { SituationContext, StaffPerson } from './application/context.ts';
export { type Hazard, type Layer, type StaffFunction } from '../../kernel/lage.ts';
export { layersOf, type Lage, type LageView, type Member, type Right, type Section } from './domain/lage.ts';
export { type Geometry, type Json, type KeptObject, type ObjectKind, type ObjectSource, type PictureObject } from '../../kernel/picture.ts';
export { geometryProblem } from './domain/geometry.ts';
export { notYourRight, type LageProblem } from './domain/problems.ts';
export { layersOfObjects } from './store/picture.ts';
export type { PicturePage, PictureQuery } from './store/picture.ts';
export { KIND_NAMES, LAYER_NAMES } from './http/texts.ts';
export { lageFrame, type LageFrame } from './http/frame.ts';

/** Every route of the module. */
export function situationRoutes(ctx: SituationContext, frame: CityFrame, lage: LageFrame, road: RoadPorts = {}): AnyRoute[] {
  return [
    ...appRoutes(),
    ...listPages(ctx, frame),
    ...guestPages(ctx, frame),
    ...lagePages(ctx, lage),
    ...lagenApi(ctx),
    ...memberApi(ctx),
    ...sectionApi(ctx),
    ...pictureApi(ctx),
    ...liveRoutes(ctx, new PictureFeeds(ctx)),
    ...roadPages(ctx, lage, road),
  ];
}
