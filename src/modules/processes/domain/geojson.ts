import { toSpot, type Loop, type Patch, type Spot } from './plane.ts';
import type { GeoJsonFeature } from './process.ts';

type Geometry = NonNullable<GeoJsonFeature['geometry']>;

const positions = (value: unknown): Loop => (value as readonly Spot[]).map((position) => toSpot(position));
const patch = (value: unknown): Patch => (value as readonly unknown[]).map(positions);

/** Polygons of a geometry, in metres. */
export function patchesOf({ type, coordinates }: Geometry): readonly Patch[] {
  if (type === 'Polygon') return [patch(coordinates)];
  return type === 'MultiPolygon' ? (coordinates as readonly unknown[]).map(patch) : [];
}

/** Lines of a geometry, in metres. */
export function linesOf({ type, coordinates }: Geometry): readonly Loop[] {
  if (type === 'LineString') return [positions(coordinates)];
  return type === 'MultiLineString' ? (coordinates as readonly unknown[]).map(positions) : [];
}

/** One spot for a geometry: points as they are, all else by the middle of the corners of its first ring or line. */
export function spotOf({ type, coordinates }: Geometry): Spot | undefined {
  if (type === 'Point') return toSpot(coordinates as Spot);
  let value = coordinates;
  while (Array.isArray(value) && Array.isArray(value[0]) && Array.isArray(value[0][0])) value = value[0];
  if (!Array.isArray(value) || !Array.isArray(value[0])) return undefined;
  const all = positions(value);
  const corners = all.length > 1 && all[0]!.every((part, axis) => part === all.at(-1)![axis]) ? all.slice(1) : all;
  return [0, 1].map((axis) => corners.reduce((sum, spot) => sum + spot[axis as 0 | 1], 0) / corners.length) as unknown as Spot;
}

/** The first of these properties that is a number above zero; texts like `12,5` count. */
export function numberOf({ properties }: Pick<GeoJsonFeature, 'properties'>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = properties[name];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value.replace(',', '.')) : value;
    if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
  }
  return undefined;
}

/** How the city's data and plans name what the models ask for; the first that is there counts. */
export const PROPERTY = {
  height: ['heightMetres', 'height', 'hoehe', 'hoehe_m'],
  crown: ['crownMetres', 'kronendurchmesser_m', 'kronendurchmesser', 'krone'],
  people: ['people', 'einwohner', 'bevoelkerung'],
  traffic: ['dtv', 'vehiclesPerDay'],
  speed: ['speedKmh', 'maxspeed', 'tempo'],
} as const;
