import type { Loop } from './plane.ts';
import type { FeatureCollection, GeoJsonFeature, ProcessDescription } from './process.ts';

/** Inputs that have been checked; names as the description gives them. */
export interface CheckedInputs {
  readonly days: Readonly<Record<string, string>>;
  /** Absent where the city's data are left out. */
  readonly collections: Readonly<Record<string, string>>;
  /** Polygons in degrees: rings of positions. */
  readonly areas: Readonly<Record<string, readonly (readonly Loop[])[]>>;
  readonly features: Readonly<Record<string, readonly GeoJsonFeature[]>>;
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

/** One combination of the numbers. */
export type Parameters = Readonly<Record<string, number>>;

/** Data of the city that a model needs: all features of a collection that meet the box (west, south, east, north in degrees). */
export interface DataNeed {
  readonly input: string;
  readonly collection: string;
  readonly box: readonly [number, number, number, number];
}

export interface Calculated {
  readonly numbers: Readonly<Record<string, number | null>>;
  readonly layers: Readonly<Record<string, FeatureCollection>>;
}

/** A published method. Pure: the same inputs and data give the same result. */
export interface Model {
  readonly description: ProcessDescription;
  /** @param members all combinations, for the widest of them */
  readonly needs: (inputs: CheckedInputs, members: readonly Parameters[]) => readonly DataNeed[];
  /** Reads inputs and data once; what it gives back calculates single members. */
  readonly prepare: (inputs: CheckedInputs, data: Readonly<Record<string, readonly GeoJsonFeature[]>>) => (parameters: Parameters) => Calculated;
}

/** Inputs or data that a model cannot calculate with; the sentence is for the person who asked. */
export class NotCalculable extends Error {}
