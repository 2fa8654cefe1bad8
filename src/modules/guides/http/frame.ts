import type { CitizenActor } from '../../../kernel/actor.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

/** Who works at the desk. */
export const GUIDES = ['lotse'] as const;

/** `14:05`, as clocks in the city show it. */
export function clockTime(instant: Temporal.Instant): string {
  const { hour, minute } = instant.toZonedDateTimeISO(CITY_ZONE);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The actor of a route with access `citizen`; anybody else cannot get here. */
export function asCitizen({ actor }: Pick<Visit, 'actor'>): CitizenActor {
  if (actor.kind !== 'citizen') throw new Error('this route is for citizens');
  return actor;
}
