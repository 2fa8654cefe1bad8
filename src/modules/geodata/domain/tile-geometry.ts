import type { Geometry } from './cql2-tree.ts';
import { readWkb } from './read-wkb.ts';
import { BUFFER, EXTENT, intoTile, type TileBox } from './tile-address.ts';

type Place = readonly [number, number];
type Line = readonly Place[];
const LOW = -BUFFER;
const HIGH = EXTENT + BUFFER;

/**
 * Reads geometries in EPSG:25832 (WKB) into a tile: projected, cut at its margin. Here and not in SQL:
 * PostgreSQL thinks a projection so dear that it starts workers, and waits longer for them than all of this takes.
 * @returns `undefined` when nothing of the geometry lies in the tile
 */
export function tileGeometry(box: TileBox): (wkb: Uint8Array) => Geometry | undefined {
  const into = intoTile(box);
  const places = (value: unknown): Line => (value as number[][]).map(([x, y]) => into(x!, y!));
  return (wkb) => {
    const read = readWkb(wkb);
    if ('reason' in read || read.geometry === null) return undefined;
    const { type, coordinates } = read.geometry;
    switch (type) {
      case 'Point': {
        const [x, y] = coordinates as [number, number];
        const place = into(x, y);
        return inside(place) ? { type, coordinates: place } : undefined;
      }
      case 'MultiPoint':
        return filled(type, places(coordinates).filter(inside));
      case 'LineString':
        return filled('MultiLineString', cutLine(places(coordinates)));
      case 'MultiLineString':
        return filled(
          type,
          (coordinates as unknown[]).flatMap((line) => cutLine(places(line))),
        );
      case 'Polygon':
        return filled('MultiPolygon', cutPolygon((coordinates as unknown[]).map(places)));
      default:
        return filled(
          'MultiPolygon',
          (coordinates as unknown[][]).flatMap((polygon) => cutPolygon(polygon.map(places))),
        );
    }
  };
}

const inside = ([x, y]: Place): boolean => x >= LOW && x <= HIGH && y >= LOW && y <= HIGH;
const filled = (type: string, coordinates: readonly unknown[]): Geometry | undefined => (coordinates.length === 0 ? undefined : { type, coordinates });

/** The pieces of a line that lie inside (Liang and Barsky 1984, edge by edge). */
function cutLine(line: Line): Line[] {
  if (line.every(inside)) return [line];
  const pieces: Place[][] = [];
  let piece: Place[] = [];
  for (let index = 1; index < line.length; index++) {
    const [from, to] = [line[index - 1]!, line[index]!];
    const part = cutEdge(from, to);
    if (part === undefined) continue;
    if (piece.length === 0) piece.push(part[0]);
    piece.push(part[1]);
    if (part[1] === to) continue;
    pieces.push(piece);
    piece = [];
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

function cutEdge(from: Place, to: Place): readonly [Place, Place] | undefined {
  let [enter, leave] = [0, 1];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  for (const [towards, room] of [
    [-dx, from[0] - LOW],
    [dx, HIGH - from[0]],
    [-dy, from[1] - LOW],
    [dy, HIGH - from[1]],
  ] as const) {
    if (towards === 0 && room < 0) return undefined;
    if (towards < 0) enter = Math.max(enter, room / towards);
    if (towards > 0) leave = Math.min(leave, room / towards);
  }
  if (enter > leave) return undefined;
  const at = (share: number): Place => [from[0] + share * dx, from[1] + share * dy];
  return [enter === 0 ? from : at(enter), leave === 1 ? to : at(leave)];
}

/** The polygon with its rings cut; holes that lie outside are left out. */
function cutPolygon(rings: readonly Line[]): readonly (readonly Line[])[] {
  const [outer, ...holes] = rings.map(cutRing);
  if (outer === undefined || outer.length < 4) return [];
  return [[outer, ...holes.filter((hole) => hole.length >= 4)]];
}

/** Against one side of the tile after the other (Sutherland and Hodgman 1974). */
function cutRing(ring: Line): Line {
  if (ring.every(inside)) return ring;
  let open: Line = ring.slice(0, -1);
  for (const axis of [0, 1] as const)
    for (const [limit, sign] of [
      [LOW, 1],
      [HIGH, -1],
    ] as const)
      open = cutSide(open, axis, limit, sign);
  return open.length === 0 ? [] : [...open, open[0]!];
}

function cutSide(ring: Line, axis: 0 | 1, limit: number, sign: 1 | -1): Line {
  const kept: Place[] = [];
  for (const [index, to] of ring.entries()) {
    const from = ring.at(index - 1)!;
    const [was, is] = [(from[axis] - limit) * sign >= 0, (to[axis] - limit) * sign >= 0];
    if (was !== is) {
      const share = (limit - from[axis]) / (to[axis] - from[axis]);
      kept.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
    }
    if (is) kept.push(to);
  }
  return kept;
}
