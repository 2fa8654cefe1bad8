import type { EntityName } from './entities.ts';
import type { Json } from './observation.ts';

/** What a property of an entity may be given as. */
type InputKind = 'text' | 'object' | 'json' | 'geo' | 'list' | 'time' | 'interval';

interface InputField {
  readonly kind: InputKind;
  readonly required: boolean;
}

const must = (kind: InputKind): InputField => ({ kind, required: true });
const may = (kind: InputKind): InputField => ({ kind, required: false });
const DESCRIBED = { name: must('text'), description: must('text'), properties: may('object') };

/** What clients may write (OGC 18-088, tables 8-2 to 8-22); what the server keeps itself is not here. */
export const INPUT_FIELDS: Readonly<Record<EntityName, Readonly<Record<string, InputField>>>> = {
  Thing: DESCRIBED,
  Location: { ...DESCRIBED, encodingType: must('text'), location: must('geo') },
  HistoricalLocation: { time: must('time') },
  Datastream: { ...DESCRIBED, observationType: must('text'), unitOfMeasurement: must('object') },
  MultiDatastream: { ...DESCRIBED, unitOfMeasurements: must('list'), multiObservationDataTypes: must('list'), observationType: may('text') },
  Sensor: { ...DESCRIBED, encodingType: must('text'), metadata: must('json') },
  ObservedProperty: { ...DESCRIBED, definition: must('text') },
  Observation: {
    result: must('json'),
    phenomenonTime: may('interval'),
    resultTime: may('time'),
    validTime: may('interval'),
    resultQuality: may('json'),
    parameters: may('object'),
  },
  FeatureOfInterest: { ...DESCRIBED, encodingType: must('text'), feature: must('geo') },
};

/** Relations an entity cannot be without. An Observation needs one of its two streams: checked where it is read. */
export const NEEDED: Readonly<Record<EntityName, readonly string[]>> = {
  Thing: [],
  Location: [],
  HistoricalLocation: ['Thing', 'Locations'],
  Datastream: ['Thing', 'Sensor', 'ObservedProperty'],
  MultiDatastream: ['Thing', 'Sensor', 'ObservedProperties'],
  Sensor: [],
  ObservedProperty: [],
  Observation: [],
  FeatureOfInterest: [],
};

const MOST_TEXT = 20_000;

/** Why a value does not fit, in a German sentence that follows the property's name; or nothing. */
export function misfit(kind: InputKind, value: Json): string | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= MOST_TEXT ? undefined : 'braucht einen Text.';
    case 'object':
      return isObject(value) ? undefined : 'braucht ein JSON-Objekt.';
    case 'list':
      return Array.isArray(value) && value.length > 0 && value.length <= 100 ? undefined : 'braucht eine Liste mit 1 bis 100 Einträgen.';
    case 'json':
      return undefined;
    case 'geo':
      return typeof value === 'string' || isGeoJson(value) ? undefined : 'braucht ein GeoJSON (RFC 7946) mit Länge und Breite.';
    case 'time':
      return typeof value === 'string' && isInstant(value) ? undefined : 'braucht eine Zeit mit Zone wie 2026-11-28T12:00:00Z.';
    case 'interval':
      return typeof value === 'string' && isInterval(value) ? undefined : 'braucht eine Zeit mit Zone oder zwei mit einem Schrägstrich, Anfang vor Ende.';
  }
}

const isObject = (value: Json): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What devices send nearly always; days up to the 28th are in every month. */
const PLAIN = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** ISO 8601 as databases read it, too: no comma, no calendar, no offset that no place has. */
const WRITTEN = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** From the year 1 to 9999: beyond it times cannot be written with four digits. */
export function isInstant(text: string): boolean {
  if (PLAIN.test(text)) return true;
  if (!WRITTEN.test(text)) return false;
  try {
    const { epochMilliseconds } = Temporal.Instant.from(text);
    return epochMilliseconds >= -62_135_596_800_000 && epochMilliseconds <= 253_402_300_799_999;
  } catch {
    return false;
  }
}

function isInterval(text: string): boolean {
  const [start = '', end, ...more] = text.split('/');
  if (more.length > 0 || !isInstant(start)) return false;
  return end === undefined || (isInstant(end) && Temporal.Instant.compare(start, end) <= 0);
}

const DEPTHS: Readonly<Record<string, number>> = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

/** A geometry, or a feature around one. */
export function isGeoJson(value: Json): boolean {
  if (!isObject(value)) return false;
  const { type, coordinates, geometry } = value;
  if (type === 'Feature') return geometry !== undefined && isGeoJson(geometry) && (geometry as { type?: Json }).type !== 'Feature';
  if (typeof type !== 'string' || !Object.hasOwn(DEPTHS, type) || coordinates === undefined) return false;
  const rings = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' && Array.isArray(coordinates) ? coordinates : [];
  return isNested(coordinates, DEPTHS[type]!, type === 'LineString' ? 2 : 1) && rings.every((polygon) => (polygon as Json[]).every(isRing));
}

function isNested(value: Json, depth: number, least: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 0) return value.length >= least && value.every((part: Json) => isNested(part, depth - 1, 1));
  const [lon, lat, height] = value as readonly Json[];
  const numbers = value.length === 2 || (value.length === 3 && typeof height === 'number');
  return numbers && typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function isRing(ring: Json): boolean {
  if (!Array.isArray(ring) || ring.length < 4) return false;
  const [first, last] = [ring[0], ring.at(-1)] as readonly (readonly Json[])[];
  return first![0] === last![0] && first![1] === last![1];
}
