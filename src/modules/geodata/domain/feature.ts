import type { PropertyKind } from './collection.ts';
import type { Geometry } from './geometry.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** A feature to be kept; `id` tells it apart in its collection. */
export interface NewFeature {
  readonly id: string;
  readonly geometry: Geometry | null;
  readonly properties: Properties;
}

/** The feature as GeoJSON in CRS84, as it is kept and sent. */
export const bodyOf = ({ id, geometry, properties }: NewFeature): string => JSON.stringify({ type: 'Feature', id, geometry, properties });

const DATE = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Whether the calendar knows it, and a database: 31 February is a text, and so is the year 0. */
function isTime(time: { from(text: string): unknown }, text: string): boolean {
  try {
    time.from(text);
    return !text.startsWith('0000');
  } catch {
    return false;
  }
}

/** Kind of one value; `undefined` says nothing about its property. */
export function kindOf(value: unknown): PropertyKind | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return DATE.test(value) && isTime(Temporal.PlainDate, value) ? 'date' : INSTANT.test(value) && isTime(Temporal.Instant, value) ? 'instant' : 'text';
    case 'object':
      return value === null ? undefined : 'object';
    default:
      return undefined;
  }
}

/** The kind that holds both: integers are numbers, dates among texts are texts. */
export function joinKinds(one: PropertyKind | undefined, other: PropertyKind): PropertyKind {
  if (one === undefined || one === other) return other;
  const both = new Set([one, other]);
  if (both.has('integer') && both.has('number')) return 'number';
  return [...both].every((kind) => kind === 'text' || kind === 'date' || kind === 'instant') ? 'text' : 'mixed';
}

/** Kinds of all properties, after more features have come. */
export function withKinds(known: Readonly<Record<string, PropertyKind>>, features: Iterable<Pick<NewFeature, 'properties'>>): Record<string, PropertyKind> {
  const kinds: Record<string, PropertyKind> = { ...known };
  for (const { properties } of features) {
    for (const [name, value] of Object.entries(properties)) {
      const kind = kindOf(value);
      if (kind !== undefined) kinds[name] = joinKinds(Object.hasOwn(kinds, name) ? kinds[name] : undefined, kind);
    }
  }
  return kinds;
}
