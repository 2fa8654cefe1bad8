import type { Collection, PropertyKind } from './collection.ts';
import type { Crs } from './crs.ts';
import { FlatWriter, type FlatFields, type FlatValue } from './flatbuffer-writer.ts';

/** `fgb`, version 3, twice; then the patch level (https://flatgeobuf.org). */
const MAGIC = new Uint8Array([0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62, 0x01]);
const TYPES = ['Unknown', 'Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'];
const POLYGON = TYPES.indexOf('Polygon');

/** FlatGeobuf's numbers of the column types. */
const COLUMN_TYPES: Readonly<Record<PropertyKind, number>> = {
  text: 11,
  // it knows points in time, but no days
  date: 11,
  instant: 13,
  boolean: 2,
  integer: 7,
  number: 10,
  object: 12,
  mixed: 12,
};

const TEXTS: ReadonlySet<PropertyKind> = new Set(['text', 'date', 'instant']);

/** A feature as GeoJSON has it, its coordinates in the system of the file. */
export interface WrittenFeature {
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

const text = (value: string): FlatValue => ({ kind: 'text', value });
const byte = (value: number): FlatValue => ({ kind: 'byte', value });

/** Writes a FlatGeobuf file without an index and without a count: both would have to be known before the first feature. */
export class FlatGeobufWriter {
  readonly #out = new FlatWriter();
  readonly #values = new Values();
  readonly #columns: readonly (readonly [name: string, kind: PropertyKind])[];

  /** The head of the file is there to take. The feature's id is a column, where no property has that name. */
  constructor({ id, title, properties, geometryTypes }: Pick<Collection, 'id' | 'title' | 'properties' | 'geometryTypes'>, { srid }: Crs) {
    const own = Object.entries(properties);
    this.#columns = Object.hasOwn(properties, 'id') ? own : [['id', 'text'], ...own];
    const only = geometryTypes.length === 1 ? Math.max(0, TYPES.indexOf(geometryTypes[0]!)) : 0;
    this.#out.raw(MAGIC);
    this.#out.message(
      new Map<number, FlatValue>([
        [0, text(id)],
        [2, byte(only)],
        [7, { kind: 'tables', value: this.#columns.map(columnOf) }],
        [9, { kind: 'short', value: 0 }],
        [10, { kind: 'table', value: crsOf(srid) }],
        [11, text(title)],
      ]),
    );
  }

  add({ id, geometry, properties }: WrittenFeature): void {
    this.#values.empty();
    for (const [place, [name, kind]] of this.#columns.entries()) {
      const value = Object.hasOwn(properties, name) ? properties[name] : name === 'id' ? id : undefined;
      if (value !== null && value !== undefined) this.#values.add(place, kind, value);
    }
    const fields = new Map<number, FlatValue>([[1, { kind: 'bytes', value: this.#values.bytes() }]]);
    if (geometry !== null) fields.set(0, { kind: 'table', value: geometryOf(geometry) });
    this.#out.message(fields);
  }

  take(): Uint8Array {
    return this.#out.take();
  }
}

const crsOf = (srid: number): FlatFields =>
  new Map<number, FlatValue>([
    [0, text('EPSG')],
    [1, { kind: 'integer', value: srid }],
  ]);

const columnOf = ([name, kind]: readonly [string, PropertyKind]): FlatFields =>
  new Map<number, FlatValue>([
    [0, text(name)],
    [1, byte(COLUMN_TYPES[kind])],
  ]);

const fitsLong = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) < 2 ** 63;

type Places = readonly (readonly number[])[];

function geometryOf({ type, coordinates }: NonNullable<WrittenFeature['geometry']>): FlatFields {
  const number = byte(TYPES.indexOf(type));
  if (type === 'MultiPolygon') {
    const parts = (coordinates as readonly (readonly Places[])[]).map((rings) => new Map([...linesOf(rings, 2), [6, byte(POLYGON)] as const]));
    return new Map<number, FlatValue>([
      [6, number],
      [7, { kind: 'tables', value: parts }],
    ]);
  }
  if (type === 'Polygon' || type === 'MultiLineString')
    return new Map([...linesOf(coordinates as readonly Places[], type === 'Polygon' ? 2 : 1), [6, number] as const]);
  const places = type === 'Point' ? [coordinates as readonly number[]] : (coordinates as Places);
  return new Map<number, FlatValue>([
    [1, numbersOf(places)],
    [6, number],
  ]);
}

/** Rings or lines one behind the other, and where each ends. @param endsFrom so many have their ends told; GDAL wants those of a single line, too */
function linesOf(lines: readonly Places[], endsFrom: number): readonly (readonly [number, FlatValue])[] {
  const all = [1, numbersOf(lines.flat())] as const;
  if (lines.length < endsFrom) return [all];
  let end = 0;
  return [[0, { kind: 'integers', value: lines.map((line) => (end += line.length)) }], all];
}

const numbersOf = (places: Places): FlatValue => ({ kind: 'doubles', value: places.flatMap(([x, y]) => [x!, y!]) });

/** A feature's values, each behind the number of its column. */
class Values {
  #bytes = Buffer.alloc(4096);
  #length = 0;

  empty(): void {
    this.#length = 0;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Left out is what the column cannot hold: an integer of more than 64 bits, or another kind that came while the file was on its way. */
  add(column: number, kind: PropertyKind, value: unknown): void {
    if (kind === 'boolean' && typeof value === 'boolean') this.#bytes[this.#at(column, 1)] = value ? 1 : 0;
    else if (kind === 'number' && typeof value === 'number') this.#bytes.writeDoubleLE(value, this.#at(column, 8));
    else if (kind === 'integer' && fitsLong(value)) this.#bytes.writeBigInt64LE(BigInt(value), this.#at(column, 8));
    else if (kind === 'object' || kind === 'mixed') this.#text(column, JSON.stringify(value));
    else if (TEXTS.has(kind) && typeof value === 'string') this.#text(column, value);
  }

  #text(column: number, value: string): void {
    const size = Buffer.byteLength(value);
    const at = this.#at(column, 4 + size);
    this.#bytes.writeUInt32LE(size, at);
    this.#bytes.write(value, at + 4);
  }

  /** Room for a value behind its column's number. */
  #at(column: number, size: number): number {
    const at = this.#length;
    this.#length += 2 + size;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.alloc(2 * this.#length);
      this.#bytes.copy(larger, 0, 0, at);
      this.#bytes = larger;
    }
    this.#bytes.writeUInt16LE(column, at);
    return at + 2;
  }
}
