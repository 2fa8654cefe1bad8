import { fromUtm32, type Position } from '../../../kernel/geo.ts';

/** What maps in browsers reckon with (MapLibre, `earthRadius`): horizontal metres then fit their Mercator to the millimetre. */
const RADIUS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const mercator = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + radians(lat) / 2));

export type LocalPlane = (place: Position) => readonly [eastMetres: number, northMetres: number];

/** The plane of Web Mercator around an origin, true to scale there. */
export function localPlane(origin: Position): LocalPlane {
  const scale = RADIUS * Math.cos(radians(origin.lat));
  const north = mercator(origin.lat);
  return ({ lon, lat }) => [radians(lon - origin.lon) * scale, (mercator(lat) - north) * scale];
}

/** Where coordinates in EPSG:25832 can lie at all; others are of another system or of none. */
export const inUtm = (east: number, north: number): boolean => east > 100_000 && east < 900_000 && north > 1_000_000 && north < 9_400_000;

export const fromStorage = (east: number, north: number): Position => fromUtm32(east, north);
