import { decode, type Encoding } from './decode.ts';
import { MOST_BYTES_A_ROW, UnreadableFile, type FileCrs, type SourceRow } from './source.ts';

/** Names of columns that hold coordinates, in lower case, by what they mean. */
const LON = ['lon', 'lng', 'long', 'longitude', 'laenge', 'länge', 'geogr_laenge', 'stop_lon', 'x_wgs84'];
const LAT = ['lat', 'latitude', 'breite', 'geogr_breite', 'stop_lat', 'y_wgs84'];
const EAST = ['easting', 'ostwert', 'rechtswert', 'rechts', 'x_utm', 'utm_x', 'east', 'x'];
const NORTH = ['northing', 'nordwert', 'hochwert', 'hoch', 'y_utm', 'utm_y', 'north', 'y'];
/** Where Hamburg and its surroundings lie in EPSG:25832. */
const UTM32 = { west: 280_000, east: 920_000, south: 5_200_000, north: 6_150_000 };

export interface CsvShape {
  readonly delimiter: ',' | ';' | '\t';
  readonly encoding: Encoding;
  readonly crs: FileCrs;
  readonly x: string;
  readonly y: string;
}

/**
 * Rows of a CSV file (RFC 4180, also with `;` or tab) whose columns hold coordinates. The first line
 * names the columns. A decimal comma is a number where the delimiter leaves it one.
 * @param tell how the file was understood; never guessed silently
 * @throws UnreadableFile
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>, tell: (shape: CsvShape) => void = () => {}): AsyncGenerator<SourceRow> {
  let header: { readonly names: readonly string[]; readonly shape: CsvShape } | undefined;
  let row = 0;
  for await (const { fields, delimiter, encoding } of records(chunks)) {
    if (header === undefined) {
      header = { names: namesOf(fields), shape: { ...columnsOf(fields), delimiter, encoding } };
      continue;
    }
    if (fields.length === 1 && fields[0] === '') continue;
    row += 1;
    const { names, shape } = header;
    if (row === 1) tell({ ...shape, crs: crsOf(shape, names, fields) });
    yield fields.length > names.length
      ? { row, reason: `Die Zeile hat ${fields.length} Felder, die erste Zeile nennt ${names.length}.` }
      : { row, ...featureOf(names, shape, fields) };
  }
  if (header === undefined) throw new UnreadableFile('Die Datei ist leer.');
}

function namesOf(fields: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return fields.map((field, index) => {
    const name = field.trim() === '' ? `spalte_${index + 1}` : field.trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}_${times}`;
  });
}

function columnsOf(fields: readonly string[]): Pick<CsvShape, 'x' | 'y' | 'crs'> {
  const find = (names: readonly string[]): string | undefined =>
    names.flatMap((name) => fields.find((field) => field.trim().toLowerCase() === name)?.trim() ?? [])[0];
  const [lon, lat] = [find(LON), find(LAT)];
  if (lon !== undefined && lat !== undefined) return { x: lon, y: lat, crs: 'CRS84' };
  const [east, north] = [find(EAST), find(NORTH)];
  if (east !== undefined && north !== undefined) return { x: east, y: north, crs: '25832' };
  throw new UnreadableFile('Keine Spalte nennt Koordinaten. Nennen Sie die Spalten „lon“ und „lat“ oder „ostwert“ und „nordwert“.');
}

/** `x` and `y` may hold degrees: then their numbers say so. */
function crsOf({ x, y, crs }: CsvShape, names: readonly string[], fields: readonly string[]): FileCrs {
  const [east, north] = [x, y].map((name) => number(fields[names.indexOf(name)] ?? '') ?? Number.NaN);
  if (crs === 'CRS84' || east === undefined || north === undefined) return crs;
  const inUtm = east > UTM32.west && east < UTM32.east && north > UTM32.south && north < UTM32.north;
  if (inUtm) return '25832';
  if (Math.abs(east) <= 180 && Math.abs(north) <= 90) return 'CRS84';
  throw new UnreadableFile('Die Koordinaten sind weder Grad noch UTM 32. Nennen Sie das Koordinatensystem mit --crs.');
}

function featureOf(
  names: readonly string[],
  { x, y }: CsvShape,
  fields: readonly string[],
): { readonly value: { geometry: unknown; properties: Record<string, unknown> } } | { readonly reason: string } {
  const properties: Record<string, unknown> = {};
  const place: Record<string, number | undefined> = {};
  for (const [index, name] of names.entries()) {
    const text = (fields[index] ?? '').trim();
    if (name === x || name === y) place[name] = number(text);
    else if (text !== '') properties[name] = number(text) ?? text;
  }
  const [east, north] = [place[x], place[y]];
  if (east === undefined || north === undefined) return { reason: `In „${east === undefined ? x : y}“ steht keine Zahl.` };
  return { value: { geometry: { type: 'Point', coordinates: [east, north] }, properties } };
}

/** `12`, `-3.5`, `3,5`; a text like `020` or `1e5` stays one. */
function number(text: string): number | undefined {
  return /^-?(?:0|[1-9]\d{0,14})(?:[.,]\d{1,15})?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

interface CsvRecord {
  readonly fields: readonly string[];
  readonly delimiter: CsvShape['delimiter'];
  readonly encoding: Encoding;
}

/** Fields of each line; quotes may hold delimiters and line ends. */
async function* records(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  let delimiter: CsvShape['delimiter'] | undefined;
  let field = '';
  let fields: string[] = [];
  let quoted = false;
  let wasQuote = false;
  let lastEncoding: Encoding = 'utf-8';
  for await (const { text, encoding } of decode(chunks)) {
    lastEncoding = encoding;
    for (const character of text) {
      delimiter ??= character === '\n' ? ',' : undefined;
      if (quoted) {
        if (character !== '"') field += character;
        else [quoted, wasQuote] = [false, true];
        if (field.length > MOST_BYTES_A_ROW) throw new UnreadableFile('Ein Feld ist größer als 32 MB. Fehlt ein Anführungszeichen?');
        continue;
      }
      if (character === '"' && (field === '' || wasQuote)) {
        if (wasQuote) field += '"';
        [quoted, wasQuote] = [true, false];
        continue;
      }
      wasQuote = false;
      if (delimiter === undefined && (character === ';' || character === '\t' || character === ',')) delimiter = character;
      if (character === delimiter) {
        fields.push(field);
        field = '';
      } else if (character === '\n') {
        fields.push(field.endsWith('\r') ? field.slice(0, -1) : field);
        yield { fields, delimiter: delimiter ?? ',', encoding };
        [field, fields] = ['', []];
      } else field += character;
    }
  }
  if (quoted) throw new UnreadableFile('Ein Anführungszeichen wird geöffnet und nie geschlossen.');
  if (field !== '' || fields.length > 0) yield { fields: [...fields, field], delimiter: delimiter ?? ',', encoding: lastEncoding };
}
