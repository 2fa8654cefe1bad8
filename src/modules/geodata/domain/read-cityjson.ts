import { cutOut, facesOf, footprintOf, type CityObject, type Corner } from './city-object.ts';
import { MOST_BYTES_A_ROW, UnreadableFile, type FileCrs, type SourceFeature, type SourceRow } from './source.ts';
import { crsOfEpsg } from './source-crs.ts';

/** A whole CityJSON is held in memory to be understood; a sequence of features is not. */
const MOST_BYTES = 2 * MOST_BYTES_A_ROW;
const MOST_PARTS = 2000;
/** Where coordinates in EPSG:25832 can lie at all; a local frame begins at zero. */
const inUtm = ([east, north]: Corner): boolean => east > 100_000 && east < 900_000 && north > 1_000_000 && north < 9_400_000;
/** EPSG numbers of UTM 32 with a system of heights beside it. */
const WITH_HEIGHTS = [5555, 5653, 10289];

interface Transform {
  readonly scale: Corner;
  readonly translate: Corner;
}
type Json = Readonly<Record<string, unknown>>;

export interface CityJsonWish {
  /** Where a file in a local frame stands: easting and northing of its zero. */
  readonly origin?: readonly [number, number];
  /** The system, where the file names one; before the first feature. */
  readonly tell?: (found: FileCrs) => void;
}

/**
 * Buildings (and what else stands alone) of CityJSON 2.0 or of a sequence of CityJSONFeatures, a line each:
 * the footprint with height and attributes; `cityjson` holds what draws it.
 * @throws UnreadableFile
 */
export async function* readCityJson(chunks: AsyncIterable<Uint8Array>, wish: CityJsonWish = {}): AsyncGenerator<SourceRow> {
  let row = 0;
  let head: { readonly transform: Transform; readonly utm: boolean } | undefined;
  for await (const text of documents(chunks)) {
    const read = parsed(text);
    if (head === undefined) {
      if (read?.['type'] !== 'CityJSON') throw new UnreadableFile('In der Datei steht kein CityJSON. Prüfen Sie die Datei.');
      const crs = crsOf(read);
      if (crs !== undefined) wish.tell?.(crs);
      head = { transform: transformOf(read), utm: crs === '25832' };
    }
    if (read === undefined) {
      yield { row: ++row, reason: 'Das ist kein gültiges JSON.' };
      continue;
    }
    for (const one of featuresOf(read, head, wish.origin)) yield { row: ++row, ...one };
  }
  if (head === undefined) throw new UnreadableFile('Die Datei ist leer.');
}

/** The whole file; or its lines, where the first is a document of its own. */
async function* documents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = '';
  let byLine: boolean | undefined;
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST_BYTES) throw new UnreadableFile('Die Datei ist größer als 64 MB. Wandeln Sie sie in CityJSONSeq um, ein Objekt je Zeile.');
    if (byLine === undefined && !text.includes('\n')) continue;
    byLine ??= parsed(text.slice(0, text.indexOf('\n'))) !== undefined;
    if (!byLine) continue;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  text += decoder.decode();
  if (text.trim() !== '') yield text;
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function crsOf({ metadata }: Json): FileCrs | undefined {
  const name = (metadata as { referenceSystem?: unknown } | undefined)?.referenceSystem;
  if (typeof name !== 'string') return undefined;
  const code = Number(/(\d+)$/.exec(name)?.[1]);
  return WITH_HEIGHTS.includes(code) ? '25832' : crsOfEpsg(code);
}

function transformOf({ transform }: Json): Transform {
  const { scale, translate } = (transform ?? {}) as Partial<Record<string, unknown>>;
  return { scale: isCorner(scale) ? scale : [1, 1, 1], translate: isCorner(translate) ? translate : [0, 0, 0] };
}

const isCorner = (value: unknown): value is Corner => Array.isArray(value) && value.length >= 3 && value.every((one) => Number.isFinite(one));

type Read = { readonly value: SourceFeature } | { readonly reason: string };

function* featuresOf(document: Json, { transform, utm }: { transform: Transform; utm: boolean }, origin: readonly [number, number] = [0, 0]): Generator<Read> {
  const objects = document['CityObjects'];
  const vertices = document['vertices'];
  if (typeof objects !== 'object' || objects === null || !Array.isArray(vertices) || !vertices.every(isCorner)) {
    yield { reason: 'Es fehlen „CityObjects“ oder „vertices“, oder eine Koordinate ist keine Zahl.' };
    return;
  }
  const { scale, translate } = transform;
  const shift = [origin[0], origin[1], 0];
  const corners = vertices.map((vertex) => vertex.map((one, axis) => one * scale[axis]! + translate[axis]! + shift[axis]!) as unknown as Corner);
  const all = objects as Readonly<Record<string, CityObject>>;
  for (const [id, object] of Object.entries(all)) {
    if ((object.parents ?? []).length === 0) yield readObject(id, all, corners, utm);
  }
}

function readObject(id: string, all: Readonly<Record<string, CityObject>>, corners: readonly Corner[], utm: boolean): Read {
  const family = familyOf(id, all);
  if (family === undefined) return { reason: `Das Objekt hat mehr als ${MOST_PARTS} Teile.` };
  const faces = Object.values(family).flatMap(({ geometry = [] }) => facesOf(geometry));
  const used = faces.flatMap(({ rings }) => rings.flat());
  if (used.some((index) => corners[index] === undefined)) return { reason: 'Eine Fläche nennt einen Punkt, den es nicht gibt.' };
  const polygons = footprintOf(faces, corners);
  if (polygons.length === 0) return { reason: 'Das Objekt hat keine Fläche am Boden.' };
  if (utm && !used.every((index) => inUtm(corners[index]!)))
    return { reason: 'Die Koordinaten sind örtlich und nicht in EPSG:25832. Nennen Sie mit --origin, wo ihr Nullpunkt liegt.' };
  const heights = used.map((index) => corners[index]![2]);
  const [low, high] = [heights.reduce((a, b) => Math.min(a, b)), heights.reduce((a, b) => Math.max(a, b))];
  const { type, attributes } = all[id]!;
  const properties = {
    ...(typeof attributes === 'object' && attributes !== null ? attributes : {}),
    class: type,
    height: Math.round((high - low) * 100) / 100,
    cityjson: cutOut(id, family, corners),
  };
  return { value: { id, geometry: { type: 'MultiPolygon', coordinates: polygons }, properties } };
}

/** The object and what hangs below it. */
function familyOf(id: string, all: Readonly<Record<string, CityObject>>): Readonly<Record<string, CityObject>> | undefined {
  const family: Record<string, CityObject> = {};
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const object = Object.hasOwn(all, next) ? all[next] : undefined;
    if (object === undefined || Object.hasOwn(family, next)) continue;
    family[next] = object;
    open.push(...(object.children ?? []));
    if (Object.keys(family).length > MOST_PARTS || open.length > MOST_PARTS) return undefined;
  }
  return family;
}
