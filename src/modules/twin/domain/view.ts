import type { Position } from '../../../kernel/geo.ts';
import type { Figure } from './figure.ts';

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
  /** Where the sun stands and shadows fall as at that instant; without it as in the view's own time. */
  readonly sun?: Temporal.Instant;
  /** The feature that is told about. */
  readonly object?: { readonly collection: string; readonly id: string };
  /** What the visitor has drawn. */
  readonly figures: readonly Figure[];
  /** How far the map is tilted, 0 to 75. */
  readonly pitch?: number;
  /** What is up on the map, degrees clockwise from north. */
  readonly bearing?: number;
  /** First row of the table after this stream. */
  readonly after?: number;
}
