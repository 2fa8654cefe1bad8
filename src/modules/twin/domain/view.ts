import type { Position } from '../../../kernel/geo.ts';

/** What the page of the twin shows, as its address says: shareable, and the same with and without JavaScript. */
export interface TwinView {
  readonly centre: Position;
  /** 0 shows the world on 256 pixels. */
  readonly zoom: number;
  /** The layer of sensors, whose stations are also the table. */
  readonly sensors?: string;
  /** Collections of features on the map. */
  readonly collections: readonly string[];
  /** The state at that instant; without it the latest. */
  readonly at?: Temporal.Instant;
  /** The stream whose curve is open. */
  readonly stream?: number;
  /** First row of the table after this stream. */
  readonly after?: number;
}
