import { toUtm32 } from '../../../kernel/geo.ts';

/** A GeoJSON geometry (RFC 7946), longitude first, WGS 84. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Place }
  | { readonly type: 'MultiPoint' | 'LineString'; readonly coordinates: readonly Place[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Place[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Place[])[])[] };
/** Longitude, latitude; a height is not kept. */
export type Place = readonly [lon: number, lat: number];
/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

const DEPTHS: Readonly<Record<Geometry['type'], number>> = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };
/** WKB's numbers of the types (OGC 06-103r4, 8.2.8). */
const WKB: Readonly<Record<Geometry['type'], number>> = { Point: 1, LineString: 2, Polygon: 3, MultiPoint: 4, MultiLineString: 5, MultiPolygon: 6 };
/** What one part of a collection type is. */
const PART: Partial<Record<Geometry['type'], Geometry['type']>> = { MultiPoint: 'Point', MultiLineString: 'LineString', MultiPolygon: 'Polygon' };
const SRID_FLAG = 0x20000000;
const SRID = 25832;
/** Seven decimals are a centimetre; more is noise and costs every reader. */
const DECIMALS = 7;
const MOST_VERTICES = 500_000;

/** Why something is no geometry that can be kept, in a German sentence; or the geometry, rounded. */
export type GeometryReading = { readonly geometry: Geometry } | { readonly reason: string };

/** Reads a geometry whose coordinates are WGS 84 already. @param of turns the file's pair into lon, lat */
export function readGeometry(value: unknown, of: (x: number, y: number) => Place = (x, y) => [x, y]): GeometryReading {
  if (typeof value !== 'object' || value === null) return { reason: 'Es fehlt die Geometrie.' };
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown };
  const depth = typeof type === 'string' && Object.hasOwn(DEPTHS, type) ? DEPTHS[type as Geometry['type']] : undefined;
  if (depth === undefined) return { reason: `Die Art der Geometrie ist nicht bekannt: ${String(type).slice(0, 40)}.` };
  const counted = { vertices: 0 };
  const read = readNested(coordinates, depth, of, counted);
  if (typeof read === 'string') return { reason: read };
  const geometry = { type, coordinates: read } as Geometry;
  const reason = shapeProblem(geometry);
  return reason === undefined ? { geometry } : { reason };
}

type Nested = Place | readonly Nested[];

function readNested(value: unknown, depth: number, of: (x: number, y: number) => Place, counted: { vertices: number }): Nested | string {
  if (!Array.isArray(value)) return 'Die Koordinaten haben nicht die Form, die zur Art der Geometrie gehört.';
  if (depth === 0) return readPlace(value, of, counted);
  const parts: Nested[] = [];
  for (const part of value as readonly unknown[]) {
    const read = readNested(part, depth - 1, of, counted);
    if (typeof read === 'string') return read;
    parts.push(read);
  }
  return parts;
}

function readPlace(value: readonly unknown[], of: (x: number, y: number) => Place, counted: { vertices: number }): Place | string {
  const [x, y] = value;
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) return 'Eine Koordinate ist keine Zahl.';
  counted.vertices += 1;
  if (counted.vertices > MOST_VERTICES) return `Die Geometrie hat mehr als ${MOST_VERTICES.toLocaleString('de-DE')} Punkte.`;
  const [lon, lat] = of(x, y);
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return `Der Punkt ${x}, ${y} liegt nicht auf der Erde. Prüfen Sie das Koordinatensystem.`;
  return [round(lon), round(lat)];
}

const round = (degrees: number): number => Number(degrees.toFixed(DECIMALS));

function shapeProblem({ type, coordinates }: Geometry): string | undefined {
  if (type === 'Point') return undefined;
  if (coordinates.length === 0) return 'Die Geometrie ist leer.';
  const lines = type === 'LineString' ? [coordinates] : type === 'MultiLineString' ? coordinates : [];
  if (lines.some((line) => line.length < 2)) return 'Eine Linie hat weniger als zwei Punkte.';
  const rings = type === 'Polygon' ? coordinates : type === 'MultiPolygon' ? coordinates.flat() : [];
  if (type === 'MultiPolygon' && coordinates.some((polygon) => polygon.length === 0)) return 'Eine Fläche ist leer.';
  const open = rings.some((ring) => ring.length < 4 || ring[0]![0] !== ring.at(-1)![0] || ring[0]![1] !== ring.at(-1)![1]);
  return open ? 'Ein Ring ist nicht geschlossen: der letzte Punkt muss der erste sein.' : undefined;
}

/** All places of a geometry, one after the other. */
export function placesOf({ coordinates }: Geometry): readonly Place[] {
  let flat = coordinates as unknown as readonly unknown[];
  while (Array.isArray(flat[0])) flat = flat.flat() as readonly unknown[];
  const numbers = flat as readonly number[];
  return Array.from({ length: numbers.length / 2 }, (_, index) => [numbers[2 * index]!, numbers[2 * index + 1]!] as const);
}

/** The smallest box around geometries; `undefined` for none. */
export function boxOf(geometries: Iterable<Geometry>): Box | undefined {
  let box: [number, number, number, number] | undefined;
  for (const geometry of geometries) {
    for (const [lon, lat] of placesOf(geometry)) {
      box = box === undefined ? [lon, lat, lon, lat] : [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)];
    }
  }
  return box;
}

/** The box around both; either may be missing. */
export function joinBoxes(one: Box | undefined, other: Box | undefined): Box | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])];
}

/** The geometry in EPSG:25832 as PostGIS reads it: hexadecimal EWKB, little endian. */
export function toEwkb(geometry: Geometry): string {
  const bytes = new Bytes();
  writeGeometry(bytes, geometry, true);
  return bytes.hex();
}

function writeGeometry(bytes: Bytes, { type, coordinates }: Geometry, outer: boolean): void {
  bytes.byte(1);
  bytes.integer(outer ? (WKB[type] | SRID_FLAG) >>> 0 : WKB[type]);
  if (outer) bytes.integer(SRID);
  const part = PART[type];
  if (part !== undefined) {
    bytes.integer(coordinates.length);
    for (const one of coordinates) writeGeometry(bytes, { type: part, coordinates: one } as Geometry, false);
    return;
  }
  writeNested(bytes, coordinates, DEPTHS[type]);
}

function writeNested(bytes: Bytes, value: Nested, depth: number): void {
  if (depth === 0) {
    const [lon, lat] = value as Place;
    const { eastingMetres, northingMetres } = toUtm32({ lon, lat });
    bytes.double(eastingMetres);
    bytes.double(northingMetres);
    return;
  }
  bytes.integer(value.length);
  for (const part of value as readonly Nested[]) writeNested(bytes, part, depth - 1);
}

class Bytes {
  #buffer = Buffer.allocUnsafe(64);
  #length = 0;

  #room(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
  byte(value: number): void {
    this.#room(1);
    this.#length = this.#buffer.writeUInt8(value, this.#length);
  }
  integer(value: number): void {
    this.#room(4);
    this.#length = this.#buffer.writeUInt32LE(value, this.#length);
  }
  double(value: number): void {
    this.#room(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }
  hex(): string {
    return this.#buffer.toString('hex', 0, this.#length);
  }
}
