import { ByteStream } from './byte-stream.ts';
import { FlatTable } from './flatbuffer.ts';
import { MOST_BYTES_A_ROW, UnreadableFile, type FileCrs, type SourceFeature, type SourceRow } from './source.ts';
import { crsOfEpsg } from './source-crs.ts';

/** `fgb`, version 3, twice; the last byte is the patch level (https://flatgeobuf.org). */
const MAGIC = [0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62];
const GEOMETRY_TYPES = ['Unknown', 'Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'];
const NODE_BYTES = 40;
const MOST_COLUMNS = 2000;

interface Column {
  readonly name: string;
  readonly type: number;
}

interface Header {
  readonly geometryType: number;
  readonly columns: readonly Column[];
  /** 0: the file does not say. */
  readonly features: number;
  readonly indexBytes: number;
  readonly crs: FileCrs | undefined;
}

/**
 * Features of a FlatGeobuf file, one after the other; its index is left out.
 * @param tell the system the file names, before the first feature
 * @throws UnreadableFile
 */
export async function* readFlatGeobuf(chunks: AsyncIterable<Uint8Array>, tell: (found: FileCrs) => void = () => {}): AsyncGenerator<SourceRow> {
  const stream = new ByteStream(chunks);
  const magic = await stream.take(8);
  if (magic === undefined || !MAGIC.every((byte, index) => magic[index] === byte))
    throw new UnreadableFile('Das ist keine FlatGeobuf-Datei der Version 3. Prüfen Sie die Datei.');
  const head = await sized(stream);
  if (head === undefined) throw new UnreadableFile('Die FlatGeobuf-Datei hat keinen Kopf. Laden Sie sie noch einmal herunter.');
  const header = readHeader(head);
  if (header.crs !== undefined) tell(header.crs);
  await stream.skip(header.indexBytes);
  for (let row = 1; ; row++) {
    const bytes = await sized(stream);
    if (bytes === undefined && row <= header.features)
      throw new UnreadableFile(`Die Datei endet nach ${row - 1} von ${header.features} Objekten. Laden Sie sie noch einmal herunter.`);
    if (bytes === undefined) return;
    yield { row, ...readFeature(bytes, header) };
  }
}

async function sized(stream: ByteStream): Promise<Uint8Array | undefined> {
  const size = await stream.take(4);
  if (size === undefined) return undefined;
  const length = new DataView(size.buffer).getUint32(0, true);
  if (length > MOST_BYTES_A_ROW) throw new UnreadableFile('Ein Objekt der Datei ist größer als 32 MB. Teilen Sie es.');
  const bytes = await stream.take(length);
  if (bytes === undefined) throw new UnreadableFile('Die Datei bricht mitten in einem Objekt ab. Laden Sie sie noch einmal herunter.');
  return bytes;
}

function readHeader(bytes: Uint8Array): Header {
  try {
    const table = FlatTable.root(bytes);
    const columns = readColumns(table, 7);
    const features = Number(table.long(8));
    const crs = table.table(10);
    const code = crs?.integer(1) ?? 0;
    return {
      geometryType: table.byte(2),
      columns,
      features,
      indexBytes: indexBytes(features, table.short(9, 16)),
      crs: code === 0 ? undefined : crsOfEpsg(code),
    };
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableFile('Der Kopf der FlatGeobuf-Datei ist beschädigt.', { cause: error });
    throw error;
  }
}

function readColumns(table: FlatTable, field: number): Column[] {
  const columns = table.tables(field);
  if (columns.length > MOST_COLUMNS) throw new UnreadableFile(`Die Datei hat mehr als ${MOST_COLUMNS} Spalten.`);
  return columns.map((column) => ({ name: column.text(0) ?? '', type: column.byte(1) }));
}

/** Bytes of the packed R-tree over so many features. */
function indexBytes(features: number, nodeSize: number): number {
  if (features === 0 || nodeSize < 2) return 0;
  let [level, nodes] = [features, features];
  do {
    level = Math.ceil(level / nodeSize);
    nodes += level;
  } while (level !== 1);
  return nodes * NODE_BYTES;
}

function readFeature(bytes: Uint8Array, header: Header): { readonly value: SourceFeature } | { readonly reason: string } {
  try {
    const table = FlatTable.root(bytes);
    const geometry = table.table(0);
    const own = readColumns(table, 2);
    const properties = readProperties(table.bytes(1), own.length > 0 ? own : header.columns);
    if (geometry === undefined) return { value: { geometry: null, properties } };
    return { value: { geometry: readGeometry(geometry, geometry.byte(6) || header.geometryType), properties } };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return { reason: 'Das Objekt ist beschädigt.' };
    throw error;
  }
}

function readGeometry(table: FlatTable, type: number): unknown {
  const name = GEOMETRY_TYPES[type] ?? `Nr. ${type}`;
  if (name === 'MultiPolygon') return { type: name, coordinates: table.tables(7).map((part) => ringsOf(part)) };
  const places = placesOf(table);
  if (name === 'Point') return { type: name, coordinates: places[0] };
  return { type: name, coordinates: name === 'Polygon' || name === 'MultiLineString' ? ringsOf(table) : places };
}

function placesOf(table: FlatTable): number[][] {
  const xy = table.doubles(1);
  return Array.from({ length: Math.floor(xy.length / 2) }, (_, index) => [xy[2 * index]!, xy[2 * index + 1]!]);
}

/** Rings or lines: one, or cut where `ends` says. */
function ringsOf(table: FlatTable): number[][][] {
  const places = placesOf(table);
  const ends = table.integers(0);
  return ends.length === 0 ? [places] : ends.map((end, index) => places.slice(ends[index - 1] ?? 0, end));
}

function readProperties(bytes: Uint8Array | undefined, columns: readonly Column[]): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  if (bytes === undefined) return properties;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    const column = columns[view.getUint16(at, true)];
    if (column === undefined) throw new RangeError('a column that the header does not know');
    const { value, length } = readValue(view, at + 2, column.type);
    if (value !== undefined) properties[column.name] = value;
    at += 2 + length;
  }
  return properties;
}

/** Readers of values of fixed length, by FlatGeobuf's number of the column's type. */
const FIXED: Readonly<Record<number, readonly [length: number, read: (view: DataView, at: number) => unknown]>> = {
  0: [1, (view, at) => view.getInt8(at)],
  1: [1, (view, at) => view.getUint8(at)],
  2: [1, (view, at) => view.getUint8(at) !== 0],
  3: [2, (view, at) => view.getInt16(at, true)],
  4: [2, (view, at) => view.getUint16(at, true)],
  5: [4, (view, at) => view.getInt32(at, true)],
  6: [4, (view, at) => view.getUint32(at, true)],
  7: [8, (view, at) => exact(view.getBigInt64(at, true))],
  8: [8, (view, at) => exact(view.getBigUint64(at, true))],
  9: [4, (view, at) => finite(view.getFloat32(at, true))],
  10: [8, (view, at) => finite(view.getFloat64(at, true))],
};
const JSON_TYPE = 12;
const BINARY_TYPE = 14;

function readValue(view: DataView, at: number, type: number): { readonly value: unknown; readonly length: number } {
  const fixed = FIXED[type];
  if (fixed !== undefined) return { value: fixed[1](view, at), length: fixed[0] };
  const size = view.getUint32(at, true);
  if (at + 4 + size > view.byteLength) throw new RangeError('a value leaves the buffer');
  const text = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 4, size));
  // bytes have no place in GeoJSON
  const value: unknown = type === BINARY_TYPE ? undefined : type === JSON_TYPE ? JSON.parse(text) : text;
  return { value, length: 4 + size };
}

/** A number where it keeps every digit, else its text. */
const exact = (value: bigint): number | string => (BigInt.asIntN(54, value) === value ? Number(value) : String(value));
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
