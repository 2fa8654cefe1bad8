import type { Geometry } from '../../../kernel/picture.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

type Point = readonly [number, number];

export interface CapCircle {
  readonly lat: number;
  readonly lon: number;
  readonly radiusMetres: number;
}

/** Where a warning holds. */
export interface CapArea {
  readonly description: string;
  /** Longitude, latitude; closed. */
  readonly rings: readonly (readonly Point[])[];
  /** Cut out of the rings (`EXCLUDE_POLYGON`, as the DWD writes it). */
  readonly holes: readonly (readonly Point[])[];
  readonly circles: readonly CapCircle[];
  /** Codes of areas, by the name of their list. */
  readonly geocodes: readonly (readonly [string, string])[];
  readonly altitudeFeet?: number;
  readonly ceilingFeet?: number;
}

const MOST_CORNERS = 5000;
const CIRCLE_CORNERS = 48;
const METRES_PER_DEGREE = 111_320;

/** CAP writes latitude before longitude; GeoJSON the other way round. */
export function ringOf(text: string): Result<readonly Point[], string> {
  const pairs = text.trim().split(/\s+/);
  if (pairs.length > MOST_CORNERS) return refuse(`Ein Polygon hat mehr als ${MOST_CORNERS} Ecken.`);
  const ring: Point[] = [];
  for (const pair of pairs) {
    const [, lat, lon] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(pair)?.map(Number) ?? [];
    if (lat === undefined || lon === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180)
      return refuse('polygon muss aus Paaren Breite,Länge bestehen, mit Leerzeichen getrennt.');
    ring.push([lon, lat]);
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || first![0] !== last![0] || first![1] !== last![1])
    return refuse('Ein Polygon braucht mindestens vier Paare, und das letzte muss das erste sein.');
  return ok(ring);
}

/** `dateTime` with an offset; CAP forbids `Z`, many write it all the same. `NaN`: none. */
export function capTime(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[+-]\d\d:\d\d|Z)$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** The area as GeoJSON; `null` when it is named by codes only. */
export function geometryOf(areas: readonly CapArea[]): Geometry | null {
  const polygons = areas.flatMap(({ rings, holes, circles }) => [
    ...rings.map((ring) => [turned(ring, 1), ...holes.filter((hole) => isInside(hole, ring)).map((hole) => turned(hole, -1))]),
    ...circles.map((circle) => [roundOf(circle)]),
  ]);
  if (polygons.length === 0) return null;
  return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0]! } : { type: 'MultiPolygon', coordinates: polygons };
}

function roundOf({ lat, lon, radiusMetres }: CapCircle): Point[] {
  const radius = Math.max(radiusMetres, 1);
  const corners = Array.from({ length: CIRCLE_CORNERS }, (_, index): Point => {
    const angle = (2 * Math.PI * index) / CIRCLE_CORNERS;
    const wide = METRES_PER_DEGREE * Math.max(0.01, Math.cos((lat * Math.PI) / 180));
    return [lon + (radius * Math.cos(angle)) / wide, Math.max(-90, Math.min(90, lat + (radius * Math.sin(angle)) / METRES_PER_DEGREE))];
  });
  return [...corners, corners[0]!];
}

const areaSign = (ring: readonly Point[]): number =>
  Math.sign(ring.slice(1).reduce((sum, [x, y], index) => sum + (ring[index]![0] * y - x * ring[index]![1]), 0));

/** Outer rings run against the clock, holes with it (RFC 7946, 3.1.6). */
const turned = (ring: readonly Point[], sign: 1 | -1): readonly Point[] => (areaSign(ring) === -sign ? ring.toReversed() : ring);

/** By the hole's first corner. */
function isInside(hole: readonly Point[], ring: readonly Point[]): boolean {
  const [x, y] = hole[0]!;
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
