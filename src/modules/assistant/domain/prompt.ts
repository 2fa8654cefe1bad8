import type { Entrance } from './wish.ts';

export type Visibility = 'me' | 'authority' | 'city';

/** What its writer says of a prompt. */
export interface PromptFacts {
  readonly entrance: Entrance;
  readonly visibility: Visibility;
  /** With visibility `authority`: whose colleagues see it. */
  readonly authority: string | null;
  readonly title: string;
  /** May have variables: `{{Thema}}`. */
  readonly text: string;
}

/** A prompt that people share. */
export interface SharedPrompt extends PromptFacts {
  readonly id: string;
  readonly ownerName: string;
  /** Whether it is the reader's. */
  readonly own: boolean;
  readonly version: number;
  readonly ratings: number;
  /** Mean of the stars, absent without ratings. */
  readonly stars: number | null;
  /** The reader's own stars. */
  readonly ownStars: number | null;
  readonly changedAt: Temporal.Instant;
}

/** How a prompt was at one time. */
export interface PromptVersion {
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly changedAt: Temporal.Instant;
}
