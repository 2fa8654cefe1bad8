import type { Position } from '../../../kernel/geo.ts';
import type { Layer } from '../../../kernel/lage.ts';
import type { Preset } from '../../../kernel/lage-presets.ts';

/** What one look at the map shows; the address says it. */
export interface MapView {
  /** Absent: as much as holds everything that has a place. */
  readonly centre?: Position;
  readonly zoom: number;
  /** Layers that are switched on; absent: all. */
  readonly layers?: readonly Layer[];
  readonly preset?: Preset;
  /** Looking back: what was known then. */
  readonly at?: Temporal.Instant;
  /** Words that a title holds, or a place. */
  readonly text?: string;
  /** The object that is told of. */
  readonly object?: string;
  readonly grid: boolean;
  /** Pictures laid over the map, by their ids. */
  readonly overlays: readonly string[];
  /** The one layer whose table is read on, and from which row. */
  readonly table?: { readonly layer: Layer; readonly from: number };
}
