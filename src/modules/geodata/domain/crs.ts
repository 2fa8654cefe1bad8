import { toUtm32 } from '../../../kernel/geo.ts';
import type { Geometry } from './cql2-tree.ts';

/** The coordinate systems served. `flipped`: latitude first, as EPSG states it for 4326. */
export interface Crs {
  readonly uri: string;
  readonly srid: 4326 | 25832 | 3857;
  readonly flipped: boolean;
}

export const CRS84: Crs = { uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84', srid: 4326, flipped: false };
export const STORAGE_CRS: Crs = { uri: 'http://www.opengis.net/def/crs/EPSG/0/25832', srid: 25832, flipped: false };
export const CRS_LIST: readonly Crs[] = [
  CRS84,
  { uri: 'http://www.opengis.net/def/crs/EPSG/0/4326', srid: 4326, flipped: true },
  STORAGE_CRS,
  { uri: 'http://www.opengis.net/def/crs/EPSG/0/3857', srid: 3857, flipped: false },
];
/** By its URI; `[EPSG:25832]`, the safe CURIE, is understood, too. */
export function crsNamed(name: string): Crs | undefined {
  const curie = /^\[?(EPSG|OGC):(\w+)\]?$/.exec(name);
  const ending = curie === null ? undefined : curie[2]!;
  return CRS_LIST.find(({ uri }) => uri === name || (ending !== undefined && uri.endsWith(`/${ending}`)));
}

const MERCATOR_RADIUS = 6_378_137;
/** So far the projection of zone 32 keeps its shape; beyond, there is no data of a city. */
const REACH = { west: -30, east: 48, south: -80, north: 84 };

/** A position in EPSG:25832. */
export function toStorage([x, y]: readonly number[], { srid, flipped }: Crs): readonly [number, number] {
  if (srid === 25832) return [clamp(x!, -1e7, 1e7), clamp(y!, -1e7, 1e8)];
  const [lon, lat] =
    srid === 3857 ? [((x! / MERCATOR_RADIUS) * 180) / Math.PI, (Math.atan(Math.sinh(y! / MERCATOR_RADIUS)) * 180) / Math.PI] : flipped ? [y!, x!] : [x!, y!];
  const { eastingMetres, northingMetres } = toUtm32({ lon: clamp(lon, REACH.west, REACH.east), lat: clamp(lat, REACH.south, REACH.north) });
  return [eastingMetres, northingMetres];
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** A geometry in EPSG:25832; long edges get points between, because straight lines of degrees are curves in metres. */
export function geometryToStorage(geometry: Geometry, crs: Crs): Geometry {
  if (geometry.geometries !== undefined) return { type: geometry.type, geometries: geometry.geometries.map((part) => geometryToStorage(part, crs)) };
  const { type, coordinates } = geometry;
  const depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2 }[type] ?? 3;
  const level = (value: unknown, left: number): unknown => {
    if (left === 0) return toStorage(value as number[], crs);
    if (left > 1 || type === 'MultiPoint') return (value as unknown[]).map((part) => level(part, left - 1));
    return denser(value as number[][], crs).map((position) => toStorage(position, crs));
  };
  return { type, coordinates: level(coordinates, depth) };
}

function denser(line: readonly (readonly number[])[], { srid }: Crs): readonly (readonly number[])[] {
  if (srid === 25832) return line;
  const step = srid === 4326 ? 0.1 : 10_000;
  return line.flatMap((to, index) => {
    const from = line[index - 1];
    if (from === undefined) return [to];
    const parts = Math.min(64, Math.ceil(Math.hypot(to[0]! - from[0]!, to[1]! - from[1]!) / step));
    return Array.from({ length: Math.max(1, parts) }, (_, part) =>
      [0, 1].map((axis) => from[axis]! + ((to[axis]! - from[axis]!) * (part + 1)) / Math.max(1, parts)),
    );
  });
}

/** A box as an area in EPSG:25832. West may lie east of east: then it goes over the date line, and is two. */
export function boxToStorage(box: readonly number[], crs: Crs): Geometry {
  const [a, b, c, d] = box as [number, number, number, number];
  const over = crs.srid === 4326 && (crs.flipped ? b > d : a > c);
  const pieces = !over
    ? [[a, b, c, d]]
    : crs.flipped
      ? [
          [a, b, c, 180],
          [a, -180, c, d],
        ]
      : [
          [a, b, 180, d],
          [-180, b, c, d],
        ];
  const rings = pieces.map((piece) => [ring(reachable(piece, crs))]);
  return geometryToStorage({ type: 'MultiPolygon', coordinates: rings }, crs);
}

/** Cut before it is made dense, so that the points between lie where they matter. */
function reachable([a, b, c, d]: readonly number[], { srid, flipped }: Crs): readonly number[] {
  if (srid !== 4326) return [a!, b!, c!, d!];
  const [lon, lat] = [(value: number) => clamp(value, REACH.west, REACH.east), (value: number) => clamp(value, REACH.south, REACH.north)];
  return flipped ? [lat(a!), lon(b!), lat(c!), lon(d!)] : [lon(a!), lat(b!), lon(c!), lat(d!)];
}

const ring = ([a, b, c, d]: readonly number[]): number[][] => [
  [a!, b!],
  [c!, b!],
  [c!, d!],
  [a!, d!],
  [a!, b!],
];
