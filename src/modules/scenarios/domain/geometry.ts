import { fromUtm32 } from '../../../kernel/geo.ts';
import { GROUND } from './limits.ts';

/** Longitude before latitude, degrees (CRS84). */
export type Spot = readonly [number, number];
export type PlanGeometry =
  | { readonly type: 'Point'; readonly coordinates: Spot }
  | { readonly type: 'LineString'; readonly coordinates: readonly Spot[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Spot[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Spot[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Spot[])[])[] };
export type GeometryType = PlanGeometry['type'];

/** What is wrong, as a sentence for the person who typed or sent it. */
export class Mistake extends Error {}

/** Counts corners over many geometries, and refuses those beyond `most`. */
export interface Corners {
  count: number;
  readonly most: number;
}

const DEPTH: Readonly<Record<GeometryType, number>> = { Point: 0, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** To 1e-7 degrees, about a centimetre: the same place is always written in the same way. */
const rounded = (value: number): number => Math.round(value * 1e7) / 1e7;

function spotFrom(lon: unknown, lat: unknown): Spot {
  if (typeof lon !== 'number' || typeof lat !== 'number') throw new Mistake('Eine Koordinate ist keine Zahl. Schreiben Sie Länge und Breite in Grad.');
  const [west, south, east, north] = GROUND;
  if (!(lon >= west && lon <= east && lat >= south && lat <= north))
    throw new Mistake(`Die Stelle ${lon}, ${lat} liegt nicht in Deutschland. Schreiben Sie zuerst die Länge, dann die Breite, in Grad.`);
  return [rounded(lon), rounded(lat)];
}

function coordinates(value: unknown, depth: number, corners: Corners): unknown {
  if (depth === 0) {
    corners.count += 1;
    if (corners.count > corners.most)
      throw new Mistake(`Das sind zu viele Ecken. Erlaubt sind ${corners.most.toLocaleString('de')}; vereinfachen Sie die Formen.`);
    const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
    return spotFrom(lon, lat);
  }
  if (!Array.isArray(value) || value.length === 0) throw new Mistake('Die Koordinaten passen nicht zur Art der Geometrie.');
  return value.map((part) => coordinates(part, depth - 1, corners));
}

const RING = 'Eine Fläche braucht mindestens drei Ecken, und ihre letzte ist wieder die erste.';

function checkRings(rings: readonly (readonly Spot[])[]): void {
  for (const ring of rings) {
    const [first, last] = [ring[0]!, ring.at(-1)!];
    if (ring.length < 4 || first[0] !== last[0] || first[1] !== last[1]) throw new Mistake(RING);
  }
}

/** A GeoJSON geometry of one of the allowed types. Throws `Mistake`. */
export function readGeometry(value: unknown, allowed: readonly GeometryType[], corners: Corners): PlanGeometry {
  const type = isObject(value) ? allowed.find((one) => one === value['type']) : undefined;
  if (!isObject(value) || type === undefined) throw new Mistake(`Erwartet wird eine Geometrie dieser Art: ${allowed.join(', ')}.`);
  const read = coordinates(value['coordinates'], DEPTH[type], corners);
  if (type === 'Polygon') checkRings(read as readonly (readonly Spot[])[]);
  if (type === 'MultiPolygon') for (const rings of read as readonly (readonly (readonly Spot[])[])[]) checkRings(rings);
  if (type === 'LineString' && (read as readonly Spot[]).length < 2) throw new Mistake('Eine Linie braucht mindestens zwei Punkte.');
  if (type === 'MultiLineString' && (read as readonly (readonly Spot[])[]).some((line) => line.length < 2))
    throw new Mistake('Eine Linie braucht mindestens zwei Punkte.');
  return { type, coordinates: read } as PlanGeometry;
}

const NUMBER = String.raw`[-+]?\d{1,9}(?:[.,]\d{1,12})?`;
const LINE = new RegExp(String.raw`^\s*(${NUMBER})(?:\s*[,;]\s*|\s+)(${NUMBER})\s*$`);
/** `10.01,53.55`: the comma parts two numbers with points; `10,01 53,55` has them as decimal signs. */
const POINTS = /^\s*([-+]?\d{1,9}(?:\.\d{1,12})?)(?:\s*[,;]\s*|\s+)([-+]?\d{1,9}(?:\.\d{1,12})?)\s*$/;
/** Two numbers are shorter; a line of nothing but spaces costs time that grows with its square. */
const LONGEST_LINE = 100;

/**
 * Places as people type them, one a line: `10.0012, 53.5501` or `10,0012; 53,5501` in degrees, or easting and
 * northing in metres (EPSG:25832). Throws `Mistake`.
 */
export function readPlaces(text: string, most: number): readonly Spot[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > most) throw new Mistake(`Das sind zu viele Zeilen. Erlaubt sind ${most.toLocaleString('de')}.`);
  return lines.map((line) => {
    const match = line.length > LONGEST_LINE ? null : (POINTS.exec(line) ?? LINE.exec(line));
    if (match === null)
      throw new Mistake(`Die Zeile „${line.trim().slice(0, 40)}“ ist keine Stelle. Schreiben Sie in jede Zeile Länge und Breite, etwa 10.0012, 53.5501.`);
    const [x, y] = [match[1]!, match[2]!].map((part) => Number(part.replace(',', '.'))) as [number, number];
    if (x < 1000) return spotFrom(x, y);
    const { lon, lat } = fromUtm32(x, y);
    return spotFrom(lon, lat);
  });
}

/** A ring through the places, closed where it is not. Throws `Mistake`. */
export function ringOf(spots: readonly Spot[]): readonly Spot[] {
  const [first, last] = [spots[0], spots.at(-1)];
  if (first === undefined || last === undefined) throw new Mistake(RING);
  const ring = spots.length > 1 && first[0] === last[0] && first[1] === last[1] ? spots : [...spots, first];
  checkRings([ring]);
  return ring;
}

/** All corners of a geometry. */
export function spotsOf({ coordinates: all }: PlanGeometry): readonly Spot[] {
  const found: Spot[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part) && typeof part[0] === 'number') found.push(part as unknown as Spot);
    else for (const one of part as unknown[]) walk(one);
  };
  walk(all);
  return found;
}

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

export function boxOf(spots: readonly Spot[]): Box {
  return spots.reduce<Box>(
    ([west, south, east, north], [lon, lat]) => [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}

const METRES_PER_DEGREE = 111_320;

/** The box with a margin all around, in metres. */
export function widened([west, south, east, north]: Box, metres: number): Box {
  const up = metres / METRES_PER_DEGREE;
  const aside = up / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return [west - aside, south - up, east + aside, north + up];
}

/** Area of the box in square kilometres. */
export function boxSquareKilometres([west, south, east, north]: Box): number {
  const wide = (east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return (wide * (north - south) * METRES_PER_DEGREE ** 2) / 1e6;
}
