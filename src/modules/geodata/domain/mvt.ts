import type { Geometry } from './cql2-tree.ts';
import { EXTENT } from './tile-address.ts';

/** A feature in tile coordinates: x to the right, y up, 0 to 4096. */
export interface TileFeature {
  readonly id: number;
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, unknown>>;
}

const TYPES: Readonly<Record<string, 1 | 2 | 3>> = { Point: 1, MultiPoint: 1, LineString: 2, MultiLineString: 2, Polygon: 3, MultiPolygon: 3 };

/** Protocol buffers as far as a vector tile needs them. */
class Writer {
  #bytes = new Uint8Array(4096);
  #length = 0;

  varint(value: number): this {
    let rest = value;
    this.#grow(10);
    for (; rest >= 0x80; rest = rest > 0x7fffffff ? Math.floor(rest / 0x80) : rest >>> 7) this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
    this.#bytes[this.#length++] = rest;
    return this;
  }

  field(tag: number, wire: 0 | 1 | 2): this {
    return this.varint(tag * 8 + wire);
  }

  message(tag: number, bytes: Uint8Array): this {
    this.field(tag, 2).varint(bytes.length).#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  packed(tag: number, values: readonly number[]): this {
    let length = 0;
    for (const value of values) length += sizeOf(value);
    this.field(tag, 2).varint(length);
    for (const value of values) this.varint(value);
    return this;
  }

  double(tag: number, value: number): this {
    this.field(tag, 1).#grow(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
    return this;
  }

  /** What was written; gone with the next `empty`. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  empty(): this {
    this.#length = 0;
    return this;
  }

  #grow(by: number): void {
    if (this.#length + by <= this.#bytes.length) return;
    const more = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + by));
    more.set(this.#bytes);
    this.#bytes = more;
  }
}

/** Bytes of a varint. */
function sizeOf(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size += 1;
  return size;
}

/** Each distinct key or value once, by its place. */
class Places<T> {
  readonly list: T[] = [];
  readonly #known = new Map<T, number>();

  of(one: T): number {
    const known = this.#known.get(one);
    if (known !== undefined) return known;
    this.#known.set(one, this.list.length);
    return this.list.push(one) - 1;
  }
}

/** One layer of features as a Mapbox Vector Tile 2.1; no features, no bytes. */
export function encodeTile(name: string, features: readonly TileFeature[]): Uint8Array {
  const keys = new Places<string>();
  const values = new Places<string | number | boolean>();
  const layer = new Writer().field(15, 0).varint(2).message(1, utf8(name));
  // one for all features: there are thousands, and each is copied into the layer
  const feature = new Writer();
  let written = 0;
  for (const { id, geometry, properties } of features) {
    const type = TYPES[geometry.type];
    const commands = type === undefined ? [] : commandsOf(geometry, type);
    if (type === undefined || commands.length === 0) continue;
    const tags: number[] = [];
    for (const key in properties) {
      const value = properties[key];
      if (value !== null && value !== undefined) tags.push(keys.of(key), values.of(plain(value)));
    }
    layer.message(2, feature.empty().field(1, 0).varint(id).packed(2, tags).field(3, 0).varint(type).packed(4, commands).bytes());
    written += 1;
  }
  if (written === 0) return new Uint8Array();
  for (const key of keys.list) layer.message(3, utf8(key));
  for (const value of values.list) layer.message(4, writeValue(feature.empty(), value).bytes());
  return new Writer().message(3, layer.field(5, 0).varint(EXTENT).bytes()).bytes();
}

const encoder = new TextEncoder();
const utf8 = (text: string): Uint8Array => encoder.encode(text);
const plain = (value: unknown): string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);

function writeValue(writer: Writer, value: string | number | boolean): Writer {
  if (typeof value === 'string') return writer.message(1, utf8(value));
  if (typeof value === 'boolean') return writer.field(7, 0).varint(value ? 1 : 0);
  if (!Number.isSafeInteger(value)) return writer.double(3, value);
  return value < 0 ? writer.field(6, 0).varint(-2 * value - 1) : writer.field(5, 0).varint(value);
}

type Line = readonly (readonly [number, number])[];
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** Mapbox Vector Tile 2.1, 4.3: moves and lines, each from the last position. */
function commandsOf({ type, coordinates }: Geometry, kind: 1 | 2 | 3): readonly number[] {
  const commands: number[] = [];
  let [x, y] = [0, 0];
  const step = (position: readonly [number, number]): void => {
    const [nextX, nextY] = [Math.round(position[0]), EXTENT - Math.round(position[1])];
    commands.push(zigzag(nextX - x), zigzag(nextY - y));
    [x, y] = [nextX, nextY];
  };
  if (kind === 1) {
    const points = (type === 'Point' ? [coordinates] : coordinates) as Line;
    commands.push(points.length * 8 + 1);
    points.forEach(step);
    return commands;
  }
  const draw = (line: Line): void => {
    commands.push(9);
    step(line[0]!);
    commands.push((line.length - 1) * 8 + 2);
    line.slice(1).forEach(step);
  };
  if (kind === 2) {
    for (const line of (type === 'LineString' ? [coordinates] : coordinates) as readonly Line[]) if (line.length > 1) draw(line);
    return commands;
  }
  for (const polygon of (type === 'Polygon' ? [coordinates] : coordinates) as readonly (readonly Line[])[])
    for (const [index, ring] of polygon.entries()) {
      const open = directed(ring.slice(0, -1), index === 0);
      if (open === undefined && index === 0) break;
      if (open === undefined) continue;
      draw(open);
      commands.push(15);
    }
  return commands;
}

/** Outer rings run clockwise as seen (y up: negative area), holes the other way; what has no area is no ring. */
function directed(ring: Line, outer: boolean): Line | undefined {
  let area = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!;
    area += x * nextY - nextX * y;
  }
  if (ring.length < 3 || area === 0) return undefined;
  return area < 0 === outer ? ring : ring.toReversed();
}
