import type { CitizenActor } from '../../../kernel/actor.ts';
import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import type { Lang } from '../../../platform/ui/html.ts';
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

/** `1. Dezember 2026, 10:00–10:30 Uhr` */
export const dayAndSpan = (lang: Lang, from: Temporal.Instant, until: Temporal.Instant): string =>
  `${formatDate(lang, legalDay(from))}, ${clockTime(from)}–${clockTime(until)}${lang === 'en' ? '' : ' Uhr'}`;

/** The actor of a route with access `citizen`; anybody else cannot get here. */
export function asCitizen({ actor }: Pick<Visit, 'actor'>): CitizenActor {
  if (actor.kind !== 'citizen') throw new Error('this route is for citizens');
  return actor;
}
