import { z } from 'zod';
import { LAYERS, type Layer } from '../../../kernel/lage.ts';
import type { Geometry, Json, PictureObject } from '../../../kernel/picture.ts';
import { MOST_ROWS, readTable, type LineMistake } from './table.ts';

/** What may come from a file: things that no other module keeps. */
export const IMPORTED_KINDS = ['hazard', 'damage', 'closure', 'zone', 'facility', 'drawing', 'shelter', 'gate', 'material'] as const;

const LAYER_OF: Readonly<Record<(typeof IMPORTED_KINDS)[number], Layer>> = {
  hazard: 'gefahren',
  damage: 'schaeden',
  closure: 'sperrungen',
  zone: 'raeumung',
  facility: 'einrichtungen',
  drawing: 'freihand',
  shelter: 'unterkuenfte',
  gate: 'tore',
  material: 'versorgung',
};

/** Which columns (or properties) of the file say what. */
export const mappingSchema = z.object({
  kind: z.enum(IMPORTED_KINDS, { error: 'Wählen Sie, was die Zeilen sind.' }),
  /** Absent: that of the kind. */
  layer: z.enum(LAYERS, { error: 'Diese Ebene gibt es nicht.' }).optional(),
  title: z.string().trim().min(1, 'Nennen Sie die Spalte mit dem Namen.').max(100),
  lon: z.string().trim().max(100).default('lon'),
  lat: z.string().trim().max(100).default('lat'),
  /** Absent: now. */
  time: z.string().trim().max(100).optional(),
});
export type Mapping = z.output<typeof mappingSchema>;
export const layerOf = ({ kind, layer }: Mapping): Layer => layer ?? LAYER_OF[kind];

/** A thing as it would stand in the picture, with the line it comes from. */
export interface ImportedThing {
  readonly line: number;
  readonly title: string;
  readonly geometry: Geometry | null;
  readonly facts: Readonly<Record<string, Json>>;
  readonly eventAtMs?: number;
}

export interface ReadImport {
  readonly format: 'csv' | 'geojson';
  /** Columns or properties the file has. */
  readonly columns: readonly string[];
  readonly things: readonly ImportedThing[];
  readonly mistakes: readonly LineMistake[];
}

const LONGEST_FACTS = 3000;
const MOST_FACTS = 30;
const MOST_CORNERS = 50_000;

/** Reads a file by a mapping. Each thing that is wrong is named by its line (of GeoJSON: by its number). */
export function readImport(text: string, mapping: Mapping, check: (geometry: Geometry) => string | undefined): ReadImport {
  return /^\s*\{/.test(text.slice(0, 1000)) ? readGeoJson(text, mapping, check) : readCsv(text, mapping);
}

function readCsv(text: string, mapping: Mapping): ReadImport {
  const table = readTable(text);
  const missing = [mapping.title, mapping.lon, mapping.lat, ...(mapping.time === undefined ? [] : [mapping.time])].filter(
    (name) => !table.columns.includes(name),
  );
  if (missing.length > 0)
    return {
      format: 'csv',
      columns: table.columns,
      things: [],
      mistakes: [{ line: 1, message: `Diese Spalte gibt es nicht: ${missing.join(', ')}. Es gibt: ${table.columns.join(', ').slice(0, 500)}.` }],
    };
  const mistakes = [...table.mistakes];
  const things = table.rows.flatMap(({ line, cells }): ImportedThing[] => {
    const [lon, lat] = [numberIn(cells[mapping.lon]!), numberIn(cells[mapping.lat]!)];
    const placed = cells[mapping.lon] !== '' || cells[mapping.lat] !== '';
    if (placed && (!(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90))) {
      mistakes.push({ line, message: `„${cells[mapping.lon]}“, „${cells[mapping.lat]}“ ist kein Ort in Länge und Breite (Grad).` });
      return [];
    }
    return thingOf(line, cells, placed ? { type: 'Point', coordinates: [lon, lat] } : null, mapping, mistakes);
  });
  return { format: 'csv', columns: table.columns, things, mistakes: mistakes.toSorted((a, b) => a.line - b.line) };
}

/** Both 9.97 and 9,97. */
const numberIn = (text: string): number => (/^[+-]?\d{1,4}(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN);

const featureSchema = z.object({
  type: z.literal('Feature'),
  geometry: z.looseObject({ type: z.string() }).nullable(),
  properties: z.record(z.string(), z.unknown()).nullable(),
});

function readGeoJson(text: string, mapping: Mapping, check: (geometry: Geometry) => string | undefined): ReadImport {
  const none = (message: string): ReadImport => ({ format: 'geojson', columns: [], things: [], mistakes: [{ line: 1, message }] });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return none('Das ist kein gültiges JSON. Prüfen Sie, ob die Datei ganz ist.');
  }
  const { type, features, crs } = parsed as { type?: unknown; features?: unknown; crs?: unknown };
  const all = type === 'FeatureCollection' && Array.isArray(features) ? (features as unknown[]) : type === 'Feature' ? [parsed] : undefined;
  if (all === undefined) return none('Das ist weder eine FeatureCollection noch ein Feature.');
  if (crs !== undefined && crs !== null && !/CRS84|4326/.test(JSON.stringify(crs)))
    return none('Die Datei nennt ein anderes Koordinatensystem. Speichern Sie sie in WGS 84 (Länge, Breite).');
  if (all.length > MOST_ROWS) return none(`Mehr als ${MOST_ROWS} Objekte werden nicht auf einmal gelesen. Teilen Sie die Datei.`);
  const mistakes: LineMistake[] = [];
  const columns = new Set<string>();
  const things = all.flatMap((one, index): ImportedThing[] => {
    const line = index + 1;
    const read = featureSchema.safeParse(one);
    if (!read.success) return wrong(mistakes, line, 'Das ist kein Feature mit geometry und properties.');
    const properties = read.data.properties ?? {};
    for (const name of Object.keys(properties).slice(0, MOST_FACTS)) columns.add(name);
    const geometry = read.data.geometry === null ? null : geometryIn(read.data.geometry);
    const problem = geometry === undefined ? 'Diese Art von Geometrie wird nicht gelesen.' : geometry === null ? undefined : check(geometry);
    if (geometry === undefined || problem !== undefined) return wrong(mistakes, line, problem ?? '');
    const cells = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value === null ? '' : JSON.stringify(value)]),
    );
    return thingOf(line, cells, geometry, mapping, mistakes);
  });
  return { format: 'geojson', columns: [...columns], things, mistakes };
}

const TYPES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];

/** Heights are left out; `undefined`: no geometry that a picture shows. */
function geometryIn(given: Readonly<Record<string, unknown>>): Geometry | undefined {
  if (!TYPES.includes(String(given['type']))) return undefined;
  let corners = 0;
  const flat = (value: unknown, depth: number): unknown => {
    if (!Array.isArray(value) || depth > 4) return undefined;
    if (typeof value[0] !== 'number') {
      const inner = value.map((each) => flat(each, depth + 1));
      return inner.includes(undefined) ? undefined : inner;
    }
    corners += 1;
    return corners > MOST_CORNERS || typeof value[1] !== 'number' ? undefined : [value[0], value[1]];
  };
  const coordinates = flat(given['coordinates'], 0);
  return coordinates === undefined ? undefined : ({ type: given['type'], coordinates } as Geometry);
}

function wrong(mistakes: LineMistake[], line: number, message: string): [] {
  mistakes.push({ line, message });
  return [];
}

function thingOf(line: number, cells: Readonly<Record<string, string>>, geometry: Geometry | null, mapping: Mapping, mistakes: LineMistake[]): ImportedThing[] {
  const title = (cells[mapping.title] ?? '').toWellFormed().replaceAll('\0', ' ').trim();
  if (title === '') return wrong(mistakes, line, `In „${mapping.title}“ steht kein Name.`);
  const time = mapping.time === undefined ? '' : (cells[mapping.time] ?? '');
  const eventAtMs = time === '' ? undefined : /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(eventAtMs)) return wrong(mistakes, line, `„${time.slice(0, 40)}“ ist keine Zeit, etwa 2026-11-28T19:00:00+01:00.`);
  const skipped = [mapping.title, mapping.lon, mapping.lat, mapping.time];
  const facts = Object.fromEntries(
    Object.entries(cells)
      .filter(([name, value]) => value !== '' && !skipped.includes(name))
      .slice(0, MOST_FACTS)
      .map(([name, value]) => [clean(name, 60), clean(value, 300)]),
  );
  if (JSON.stringify(facts).length > LONGEST_FACTS) return wrong(mistakes, line, 'Das ist zu viel für ein Zeichen auf der Karte. Lassen Sie Spalten weg.');
  return [{ line, title: title.slice(0, 80), geometry, facts, ...(eventAtMs === undefined ? {} : { eventAtMs }) }];
}

const clean = (text: string, longest: number): string => text.slice(0, longest).toWellFormed().replaceAll('\0', ' ');

export function objectOfImport(
  thing: ImportedThing,
  mapping: Mapping,
  more: { readonly id: string; readonly sourceName: string; readonly now: Temporal.Instant },
): PictureObject {
  return {
    id: `${mapping.kind}:import-${more.id}`,
    kind: mapping.kind,
    layer: layerOf(mapping),
    title: thing.title,
    geometry: thing.geometry,
    facts: thing.facts,
    source: { kind: 'import', name: more.sourceName.slice(0, 80), ref: String(thing.line) },
    eventAt: thing.eventAtMs === undefined ? more.now : Temporal.Instant.fromEpochMilliseconds(thing.eventAtMs),
    receivedAt: more.now,
  };
}
