import { numberOf, PROPERTY, spotOf } from './geojson.ts';
import type { Spot } from './plane.ts';
import type { GeoJsonFeature } from './process.ts';

export interface Tree {
  readonly spot: Spot;
  /** Absent where nobody has measured it. */
  readonly crownMetres?: number;
  readonly heightMetres?: number;
}

/** Wider crowns are mistakes in the data. */
const WIDEST_CROWN = 60;
const TALLEST = 120;

const upTo = (value: number | undefined, most: number): number | undefined => (value === undefined || value > most ? undefined : value);

export function treesOf(features: readonly GeoJsonFeature[]): readonly Tree[] {
  return features.flatMap((feature) => {
    const spot = feature.geometry?.type === 'Point' ? spotOf(feature.geometry) : undefined;
    if (spot === undefined) return [];
    const crownMetres = upTo(numberOf(feature, PROPERTY.crown), WIDEST_CROWN);
    const heightMetres = upTo(numberOf(feature, PROPERTY.height), TALLEST);
    return [{ spot, ...(crownMetres === undefined ? {} : { crownMetres }), ...(heightMetres === undefined ? {} : { heightMetres }) }];
  });
}
