import { facesOf, type CityGeometry, type Corner, type Face } from './city-object.ts';
import type { Geometry } from './geometry.ts';
import { fromStorage, inUtm, type LocalPlane } from './local-plane.ts';
import { triangulate } from './triangulate.ts';

/** What draws a building: corners in whole centimetres (east, north, up from its ground), and triangles of them, against the clock from outside. */
export interface BuildingMesh {
  readonly corners: readonly number[];
  readonly walls: readonly number[];
  readonly roof: readonly number[];
}

/** Larger ones are drawn as their footprint says. */
const MOST_FACES = 4000;
const MOST_RING = 400;

type Triple = readonly [number, number, number];

/** From a CityJSONFeature with its transform, in EPSG:25832, the finest drawing it holds. @returns nothing where it cannot be read so */
export function meshOfCityJson(cityjson: unknown, plane: LocalPlane): BuildingMesh | undefined {
  const corners = cornersOf(cityjson);
  const objects = (cityjson as { CityObjects?: unknown } | null)?.CityObjects;
  if (corners === undefined || typeof objects !== 'object' || objects === null) return undefined;
  const geometries = Object.values(objects).flatMap((one: { geometry?: unknown } | null) => (Array.isArray(one?.geometry) ? one.geometry : []));
  const faces = facesOf(geometries.filter((one): one is CityGeometry => typeof one === 'object' && one !== null));
  const finest = faces.reduce((best, { lod }) => Math.max(best, lod), 1);
  const drawn = faces.filter(({ lod, surface }) => lod === finest && surface !== 'GroundSurface');
  const known = drawn.every(({ rings }) => rings.every((ring) => ring.length <= MOST_RING && ring.every((index) => corners[index] !== undefined)));
  if (drawn.length === 0 || drawn.length > MOST_FACES || !known) return undefined;
  const ground = corners.reduce((least, [, , height]) => Math.min(least, height), Infinity);
  const placed = corners.map(([east, north, height]) => {
    const [x, y] = plane(fromStorage(east, north));
    return [x, y, height - ground].map((metres) => Math.round(metres * 100));
  });
  const [walls, roof]: [number[], number[]] = [[], []];
  for (const face of drawn) {
    const { up, triangles } = cut(face, corners);
    if (up < -0.5 && face.surface !== 'RoofSurface') continue;
    (face.surface === 'RoofSurface' || (face.surface === undefined && up > 0.3) ? roof : walls).push(...triangles.flat());
  }
  return { corners: placed.flat(), walls, roof };
}

function cornersOf(cityjson: unknown): Corner[] | undefined {
  const { vertices, transform } = (typeof cityjson === 'object' && cityjson !== null ? cityjson : {}) as { vertices?: unknown; transform?: unknown };
  const { scale, translate } = (transform ?? {}) as { scale?: unknown; translate?: unknown };
  if (!isTriple(scale) || !isTriple(translate) || !Array.isArray(vertices) || !vertices.every(isTriple)) return undefined;
  const corners = vertices.map((vertex) => vertex.map((one, axis) => one * scale[axis]! + translate[axis]!) as unknown as Corner);
  return corners.every(([east, north, height]) => inUtm(east, north) && Math.abs(height) < 10_000) ? corners : undefined;
}

const isTriple = (value: unknown): value is Triple => Array.isArray(value) && value.length >= 3 && value.every((one) => Number.isFinite(one));

/** A face's triangles, cut in the plane it is widest in; `up`: how far it looks upward, 1 to -1. */
function cut({ rings }: Face, corners: readonly Corner[]): { readonly up: number; readonly triangles: readonly Triple[] } {
  const normal = normalOf(rings[0]!.map((index) => corners[index]!));
  const largest = [0, 1, 2].reduce((best, axis) => (Math.abs(normal[axis]!) > Math.abs(normal[best]!) ? axis : best), 0);
  const [u, v] = [[1, 2] as const, [2, 0] as const, [0, 1] as const][largest]!;
  const [origin] = rings[0]!.map((index) => corners[index]!);
  const flat = rings.map((ring) => ring.map((index): readonly [number, number] => [corners[index]![u] - origin![u], corners[index]![v] - origin![v]]));
  const places = rings.flat();
  const triangles = triangulate(flat).map(([a, b, c]): Triple => {
    const triple = [places[a]!, places[b]!, places[c]!] as const;
    return normal[largest]! > 0 ? triple : [triple[0], triple[2], triple[1]];
  });
  return { up: normal[2], triangles };
}

/** The normal of a ring (Newell), one long; zero of what has no area. */
function normalOf(ring: readonly Corner[]): readonly [number, number, number] {
  let [x, y, z] = [0, 0, 0];
  for (const [index, [ax, ay, az]] of ring.entries()) {
    const [bx, by, bz] = ring[(index + 1) % ring.length]!;
    x += (ay - by) * (az + bz);
    y += (az - bz) * (ax + bx);
    z += (ax - bx) * (ay + by);
  }
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** An upright prism over a footprint; nothing over points and lines. */
export function meshOfFootprint(geometry: Geometry, heightMetres: number, plane: LocalPlane): BuildingMesh | undefined {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  const [corners, walls, roof]: [number[], number[], number[]] = [[], [], []];
  for (const polygon of polygons) {
    const rings = polygon.map((ring) => ring.slice(0, -1).map(([lon, lat]) => plane({ lon, lat })));
    if (rings.some(({ length }) => length > MOST_RING)) return undefined;
    const first = corners.length / 3;
    for (const [x, y] of rings.flat()) for (const up of [0, heightMetres]) corners.push(...[x, y, up].map((metres) => Math.round(metres * 100)));
    for (const triple of triangulate(rings)) roof.push(...triple.map((at) => first + 2 * at + 1));
    let start = first;
    for (const [which, ring] of rings.entries()) {
      const against = twiceArea(ring) > 0 === (which === 0);
      for (let at = 0; at < ring.length; at++) {
        const [a, b] = [start + 2 * at, start + 2 * ((at + 1) % ring.length)];
        const [from, to] = against ? [a, b] : [b, a];
        walls.push(from, to, to + 1, from, to + 1, from + 1);
      }
      start += 2 * ring.length;
    }
  }
  return roof.length === 0 ? undefined : { corners, walls, roof };
}

function twiceArea(ring: readonly (readonly [number, number])[]): number {
  return ring.reduce((sum, [x, y], at) => sum + x * ring[(at + 1) % ring.length]![1] - ring[(at + 1) % ring.length]![0] * y, 0);
}
