/** An entry of the journal as far as indicators read it. */
export interface Fact {
  readonly seq: number;
  readonly at: Temporal.Instant;
  readonly stream: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}
