import type { Actor } from '../../../kernel/actor.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Staff, UsageContext } from '../application/context.ts';
import type { StrokeMemory } from '../application/count-counter-cases.ts';
import type { PublishedFigures } from '../application/figures.ts';
import type { RatingDesk } from '../application/ratings.ts';

/** Of this module's routes in the description of the API. */
export const TAG = 'Nutzung';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

/** The context with what a process keeps in memory. */
export interface UsageDesk extends UsageContext {
  readonly strokes: StrokeMemory;
  readonly ratings: RatingDesk;
  readonly figures: PublishedFigures;
}

/** Who counts at the counter, who enters surveys and history, who reads what people wrote. */
export const COUNTERS = ['sachbearbeitung', 'leitung', 'lotse'] as const;
export const ENTERERS = ['presse', 'strategie'] as const;
export const READERS = ['strategie'] as const;

/** Routes with staff access only ever see staff; the server has checked it. */
export const asStaff = (actor: Actor): Staff => actor as Staff;

export const mayEnter = (actor: Actor): boolean => actor.kind === 'staff' && actor.roles.some((role) => role === 'presse' || role === 'strategie');
export const mayCount = (actor: Actor): boolean => actor.kind === 'staff' && actor.roles.some((role) => COUNTERS.some((one) => one === role));
