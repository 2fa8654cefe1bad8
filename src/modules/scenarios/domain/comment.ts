/** A comment waits until the owner shows or hides it; those of owner and co-workers are shown at once. */
export const COMMENT_STATES = ['waiting', 'shown', 'hidden'] as const;
export type CommentState = (typeof COMMENT_STATES)[number];

export interface Comment {
  readonly id: string;
  readonly scenarioId: string;
  /** In the journal's notation; never shown. */
  readonly author: string;
  /** What the author is to the scenario, said instead of a name. */
  readonly as: 'owner' | 'coworker' | 'staff' | 'citizen';
  readonly text: string;
  readonly state: CommentState;
  readonly writtenAt: Temporal.Instant;
}
