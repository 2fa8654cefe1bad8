import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import { readCityJson } from '../domain/read-cityjson.ts';
import { readCsv, type CsvShape } from '../domain/read-csv.ts';
import { readFlatGeobuf } from '../domain/read-flatgeobuf.ts';
import { readGeoJson } from '../domain/read-geojson.ts';
import { UnreadableFile, type FileCrs, type SourceFeature, type SourceRow } from '../domain/source.ts';
import { readGeoPackage } from './read-geopackage.ts';
import { isZip, zipEntry } from './zip-entry.ts';

export const FORMATS = ['geojson', 'csv', 'flatgeobuf', 'geopackage', 'cityjson', 'xplangml', 'gtfs'] as const;
export type FileFormat = (typeof FORMATS)[number];

/** Ends of names, the longer before those they end with. */
export const ENDINGS: readonly (readonly [string, FileFormat])[] = [
  ['.city.json', 'cityjson'],
  ['.city.jsonl', 'cityjson'],
  ['.geojson', 'geojson'],
  ['.json', 'geojson'],
  ['.ndjson', 'geojson'],
  ['.geojsonl', 'geojson'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['stops.txt', 'gtfs'],
  ['.txt', 'csv'],
  ['.fgb', 'flatgeobuf'],
  ['.gpkg', 'geopackage'],
  ['.gml', 'xplangml'],
  ['.zip', 'gtfs'],
];

/** Reads a plan's features out of XPlanGML; another module can. */
export type PlanReader = (bytes: Uint8Array) => Result<{ readonly features: readonly object[] }, Problem>;

export interface ReadWish {
  /** Layer of a GeoPackage with several. */
  readonly layer?: string;
  /** Easting and northing where a CityJSON in a local frame has its zero. */
  readonly origin?: readonly [number, number];
  readonly plans?: PlanReader;
}

interface Told {
  readonly crs?: FileCrs;
  readonly notes: readonly string[];
}

interface Opened {
  readonly rows: AsyncIterable<SourceRow>;
  /** The system where the file names none; absent: then it must be said. */
  readonly otherwise?: FileCrs;
}

type Tell = (told: Told) => void;
type Reader = (path: string, wish: ReadWish, tell: Tell) => Opened;

const MOST_PLAN_BYTES = 50_000_000;
const NAMES: Readonly<Record<FileCrs, string>> = { CRS84: 'Länge und Breite', '25832': 'EPSG:25832', '3857': 'EPSG:3857' };
const named = (crs: FileCrs): Told => ({ crs, notes: [`Die Datei nennt ihr Koordinatensystem: ${NAMES[crs]}.`] });

/** How each format is read; all row by row, except a plan and a CityJSON in one piece. */
export const READERS: Readonly<Record<FileFormat, Reader>> = {
  geojson: (path, _wish, tell) => ({
    rows: readGeoJson(createReadStream(path), ({ crs, encoding }) => {
      if (crs !== undefined) tell(named(crs));
      if (encoding !== 'utf-8') tell({ notes: ['Die Datei ist in Windows-1252 geschrieben, nicht in UTF-8, wie es GeoJSON verlangt. Sie wurde so gelesen.'] });
    }),
    otherwise: 'CRS84',
  }),
  csv: (path, _wish, tell) => ({ rows: readCsv(createReadStream(path), (shape) => tell(toldOf(shape))) }),
  flatgeobuf: (path, _wish, tell) => ({ rows: readFlatGeobuf(createReadStream(path), (crs) => tell(named(crs))) }),
  geopackage: (path, { layer }, tell) => ({
    rows: readGeoPackage(path, {
      ...(layer === undefined ? {} : { layer }),
      tell: (found, crs) => tell({ crs, notes: [`Ebene „${found}“.`, ...named(crs).notes] }),
    }),
  }),
  cityjson: (path, { origin }, tell) => ({
    rows: readCityJson(createReadStream(path), { ...(origin === undefined ? {} : { origin }), tell: (crs) => tell(named(crs)) }),
  }),
  xplangml: (path, { plans }) => ({ rows: readPlan(path, plans), otherwise: 'CRS84' }),
  gtfs: (path, _wish, tell) => ({ rows: readStops(path, (shape) => tell(toldOf(shape))), otherwise: 'CRS84' }),
};

function toldOf({ delimiter, encoding, crs, x, y }: CsvShape): Told {
  const sign = delimiter === '\t' ? 'Tabulator' : delimiter;
  return { crs, notes: [`Trennzeichen „${sign}“, Zeichensatz ${encoding}, Ort aus „${x}“ und „${y}“, verstanden als ${NAMES[crs]}.`] };
}

async function* readPlan(path: string, plans: PlanReader | undefined): AsyncGenerator<SourceRow> {
  if (plans === undefined) throw new Error('nobody was named who reads plans');
  if ((await stat(path)).size > MOST_PLAN_BYTES) throw new UnreadableFile('Die Datei ist größer als 50 MB. Teilen Sie den Plan.');
  const read = plans(await readFile(path));
  if (!read.ok) throw new UnreadableFile(read.problem.detail);
  for (const [index, feature] of read.value.features.entries()) yield { row: index + 1, value: feature as SourceFeature };
}

/** Stops of a timetable (GTFS, stops.txt), alone or in its archive; told apart by `stop_id`. */
async function* readStops(path: string, tell: (shape: CsvShape) => void): AsyncGenerator<SourceRow> {
  const chunks = (await isZip(path)) ? zipEntry(path, 'stops.txt') : createReadStream(path);
  for await (const row of readCsv(chunks, tell)) {
    const id = 'value' in row ? row.value.properties['stop_id'] : undefined;
    yield 'value' in row && (typeof id === 'string' || typeof id === 'number') ? { ...row, value: { ...row.value, id } } : row;
  }
}
