/** A conversation of one person with a model. */
export interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
}
