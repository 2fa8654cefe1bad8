import type { Legend, LayerId } from './legend.ts';

/** A picture for the map: where it lies and what its colours mean. */
export interface FloodLayer {
  readonly id: LayerId;
  readonly runId: string;
  readonly title: string;
  readonly model: string;
  readonly version: string;
  /** PNG, for who may see the Lage. */
  readonly url: string;
  /** North-west, north-east, south-east, south-west, in degrees, longitude first. */
  readonly corners: readonly (readonly [number, number])[];
  readonly legend: Legend;
  /** When it was calculated. */
  readonly at: Temporal.Instant;
  /** Made on ground that was made up. */
  readonly synthetic: boolean;
}
