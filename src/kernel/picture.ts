import type { Layer, StaffFunction } from './lage.ts';

export const OBJECT_KINDS = [
  'hazard',
  'damage',
  'unit',
  'task',
  'closure',
  'zone',
  'shelter',
  'gate',
  'gauge',
  'report',
  'forecast',
  'section',
  'material',
  'facility',
  'person',
  'warning',
  'drawing',
  'track',
] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

type Point = readonly [number, number];

/** GeoJSON (RFC 7946) in CRS84: longitude, latitude. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Point }
  | { readonly type: 'MultiPoint' | 'LineString'; readonly coordinates: readonly Point[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Point[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Point[])[])[] };

export interface ObjectSource {
  readonly kind: 'person' | 'sensor' | 'cap' | 'cot' | 'report' | 'social' | 'mail' | 'import' | 'model' | 'partner' | 'system';
  readonly name: string;
  readonly organisation?: string;
  readonly ref?: string;
}

/** One thing of the picture: what is known, how sure it is, who says so, and since when. */
export interface PictureObject {
  /** Stable within the Lage: `<kind>:<own id>`. */
  readonly id: string;
  readonly kind: ObjectKind;
  readonly layer: Layer;
  /** Short: it stands at a sign on the map. */
  readonly title: string;
  /** `null`: it has no place and stands in tables only. */
  readonly geometry: Geometry | null;
  /** Radius of one standard deviation. */
  readonly uncertaintyMetres?: number;
  /** Tactical symbol (DV 102), as the fields of `taktische-zeichen-core`. */
  readonly symbol?: Readonly<Record<string, string>>;
  /** Small, by kind; the README of the module that shows it says which. */
  readonly facts: Readonly<Record<string, Json>>;
  readonly source: ObjectSource;
  /** Reliability of the source in the Admiralty scheme (A completely reliable … E unreliable, F cannot be judged). */
  readonly reliability?: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
  /** Credibility of what it says (1 confirmed by independent sources … 5 improbable, 6 cannot be judged). */
  readonly credibility?: 1 | 2 | 3 | 4 | 5 | 6;
  /** When it was so. */
  readonly eventAt: Temporal.Instant;
  /** When this city knew. */
  readonly receivedAt: Temporal.Instant;
  /** After that it looks old; absent: `STALE_AFTER` of its kind. */
  readonly staleAfterSeconds?: number;
  readonly sectionId?: string;
  /** Beside the layer: only these functions see it, and who leads. */
  readonly needToKnow?: readonly StaffFunction[];
}

/** An object with the number of its last change. */
export interface KeptObject extends PictureObject {
  readonly seq: number;
  readonly changedAt: Temporal.Instant;
  /** No longer so; it stays in the history. */
  readonly ended: boolean;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** After how many seconds a thing of a kind looks old, where it does not say itself. */
export const STALE_AFTER: Readonly<Record<ObjectKind, number>> = {
  hazard: 2 * HOUR,
  damage: 6 * HOUR,
  unit: 15 * MINUTE,
  task: 2 * HOUR,
  closure: 6 * HOUR,
  zone: 6 * HOUR,
  shelter: HOUR,
  gate: HOUR,
  gauge: 15 * MINUTE,
  report: HOUR,
  forecast: 6 * HOUR,
  section: 24 * HOUR,
  material: 6 * HOUR,
  facility: 24 * HOUR,
  person: HOUR,
  warning: 12 * HOUR,
  drawing: 24 * HOUR,
  track: 2 * MINUTE,
};

/** Seconds since the thing was so, and whether that is old for its kind. */
export function ageOf(one: PictureObject, now: Temporal.Instant): { readonly seconds: number; readonly stale: boolean } {
  const seconds = Math.max(0, Math.round((now.epochMilliseconds - one.eventAt.epochMilliseconds) / 1000));
  return { seconds, stale: seconds > (one.staleAfterSeconds ?? STALE_AFTER[one.kind]) };
}

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The smallest box around a geometry, in degrees. */
export function boxOf(geometry: Geometry | null): Box | undefined {
  if (geometry === null) return undefined;
  const flat = (geometry.coordinates as readonly unknown[]).flat(3) as number[];
  if (flat.length < 2) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    west = Math.min(west, flat[i]!);
    east = Math.max(east, flat[i]!);
    south = Math.min(south, flat[i + 1]!);
    north = Math.max(north, flat[i + 1]!);
  }
  return { west, south, east, north };
}
