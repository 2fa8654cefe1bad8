import type { Position } from '../../../kernel/geo.ts';

export const PLACE_KINDS = ['office', 'popup', 'bus'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** What people get there. `pin` and `karte` are acts of an authority: set a PIN and switch the function on; take an application for a card. */
export const OFFERS = ['online-ausweis', 'pin', 'karte', 'konto', 'antraege', 'technik'] as const;
export type Offer = (typeof OFFERS)[number];

export const ACCESS_FACTS = ['step-free', 'toilet', 'induction-loop', 'sign-language', 'parking', 'guide-dog'] as const;
export type AccessFact = (typeof ACCESS_FACTS)[number];

/** Opened from and until, `HH:MM`, within one day. */
export type Span = readonly [string, string];

/** What is stated of a place. */
export interface PlaceFacts {
  /** Stands in addresses. */
  readonly key: string;
  readonly name: string;
  readonly kind: PlaceKind;
  readonly address: string;
  readonly position: Position;
  readonly note: string;
  readonly offers: readonly Offer[];
  readonly access: readonly AccessFact[];
  /** By ISO weekday, `1` is Monday; in order, not overlapping. */
  readonly hours: Readonly<Record<string, readonly Span[]>>;
  /** ISO days on which it stays closed all the same. */
  readonly closedOn: readonly string[];
  readonly startsOn: Temporal.PlainDate;
  /** Null: stays. */
  readonly endsOn: Temporal.PlainDate | null;
  readonly slotMinutes: number;
  /** How many appointments at the same time; 0: none are given. */
  readonly desks: number;
}

export interface Place extends PlaceFacts {
  readonly id: string;
}
