import { fromUtm32, toUtm32 } from '../../../kernel/geo.ts';

/** Metres east and north in EPSG:25832: lengths and areas are true to 0.04 %. */
export type Spot = readonly [number, number];
/** First equal to last. */
export type Loop = readonly Spot[];
/** Outer ring, then holes. */
export type Patch = readonly Loop[];

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function toSpot([lon, lat]: Spot): Spot {
  const { eastingMetres, northingMetres } = toUtm32({ lon, lat });
  return [eastingMetres, northingMetres];
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Longitude and latitude, to a centimetre. */
export function toLonLat([x, y]: Spot): Spot {
  const { lon, lat } = fromUtm32(x, y);
  return [round(lon), round(lat)];
}

export function boxOf(spots: Iterable<Spot>): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of spots) {
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  return { west, south, east, north };
}

export const grown = ({ west, south, east, north }: Box, metres: number): Box => ({
  west: west - metres,
  south: south - metres,
  east: east + metres,
  north: north + metres,
});

export const meet = (one: Box, other: Box): boolean => one.west <= other.east && other.west <= one.east && one.south <= other.north && other.south <= one.north;

/** West, south, east, north in degrees around a box of the plane. */
export function degreesOf({ west, south, east, north }: Box): readonly [number, number, number, number] {
  const {
    west: w,
    south: s,
    east: e,
    north: n,
  } = boxOf(
    (
      [
        [west, south],
        [west, north],
        [east, south],
        [east, north],
      ] as const
    ).map((corner) => toLonLat(corner)),
  );
  return [w, s, e, n];
}

/** Area in m² with its sign: positive counter-clockwise (Gauss's formula). */
export function signedArea(loop: Loop): number {
  let sum = 0;
  const [ox, oy] = loop[0]!; // near zero, so that nothing is lost to large coordinates
  for (let i = 1; i < loop.length; i++) {
    const [ax, ay] = loop[i - 1]!;
    const [bx, by] = loop[i]!;
    sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  }
  return sum / 2;
}

export const patchArea = ([outer, ...holes]: Patch): number =>
  outer === undefined ? 0 : Math.abs(signedArea(outer)) - holes.reduce((sum, hole) => sum + Math.abs(signedArea(hole)), 0);

/** Whether it lies inside (even-odd over all rings). */
export function inPatch([x, y]: Spot, patch: Patch): boolean {
  let inside = false;
  for (const loop of patch) {
    for (let i = 1; i < loop.length; i++) {
      const [ax, ay] = loop[i - 1]!;
      const [bx, by] = loop[i]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** Distance in metres from a spot to a piece of a line. */
export function distanceToPiece([x, y]: Spot, [ax, ay]: Spot, [bx, by]: Spot): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
  return Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y);
}

/** A straight line as equal pieces, none longer than that. */
export function shortPieces(from: Spot, to: Spot, metres: number): readonly (readonly [Spot, Spot])[] {
  const parts = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / metres));
  const at = (part: number): Spot => [from[0] + ((to[0] - from[0]) * part) / parts, from[1] + ((to[1] - from[1]) * part) / parts];
  return Array.from({ length: parts }, (_, part) => [part === 0 ? from : at(part), part === parts - 1 ? to : at(part + 1)] as const);
}
