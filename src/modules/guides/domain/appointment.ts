import type { Offer } from './place.ts';

export interface Appointment {
  readonly id: string;
  readonly placeId: string;
  readonly startsAt: Temporal.Instant;
  readonly desk: number;
  readonly topic: Offer;
  readonly lang: 'de' | 'en' | 'leicht';
  readonly cancelledAt: Temporal.Instant | null;
}
