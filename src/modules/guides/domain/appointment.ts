import { legalDay } from '../../../kernel/time.ts';
import { instantOf, spansOn, type Opening } from './opening.ts';
import type { Offer, PlaceFacts, Span } from './place.ts';

export interface Appointment {
  readonly id: string;
  readonly placeId: string;
  readonly startsAt: Temporal.Instant;
  /** As it was given; slots of the place that change later change nothing here. */
  readonly endsAt: Temporal.Instant;
  readonly desk: number;
  readonly topic: Offer;
  readonly lang: 'de' | 'en' | 'leicht';
  readonly cancelledAt: Temporal.Instant | null;
  /** Whoever has the code, or the place, which cannot keep it. */
  readonly cancelledBy: 'person' | 'place' | null;
  /** What calendars have to learn of it, counted (RFC 5545, SEQUENCE). */
  readonly revision: number;
}

/** Whether the place is not there for it: closed at its time, or without its desk. */
export function isOutside(place: Opening & Pick<PlaceFacts, 'desks'>, { startsAt, endsAt, desk }: Pick<Appointment, 'startsAt' | 'endsAt' | 'desk'>): boolean {
  const day = legalDay(startsAt);
  const holds = ([from, until]: Span): boolean =>
    Temporal.Instant.compare(instantOf(day, from), startsAt) <= 0 && Temporal.Instant.compare(endsAt, instantOf(day, until)) <= 0;
  return desk > place.desks || !spansOn(place, day).some(holds);
}
