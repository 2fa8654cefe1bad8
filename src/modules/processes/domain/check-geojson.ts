import { GROUND, LIMITS } from './limits.ts';
import type { Loop, Spot } from './plane.ts';
import { patchArea, toSpot } from './plane.ts';
import type { FeatureCollection, GeoJsonFeature } from './process.ts';

/** What is wrong, as a sentence. */
export class WrongInput extends Error {}

const DEPTH: Readonly<Record<string, number>> = { Point: 0, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function position(value: unknown): Spot {
  const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof lon !== 'number' || typeof lat !== 'number') throw new WrongInput('Eine Koordinate ist keine Zahl. Schreiben Sie [Länge, Breite] in Grad.');
  const [west, south, east, north] = GROUND;
  if (!(lon >= west && lon <= east && lat >= south && lat <= north))
    throw new WrongInput(`Die Stelle ${String(lon)}, ${String(lat)} liegt nicht in Deutschland. Schreiben Sie zuerst die Länge, dann die Breite, in Grad.`);
  return [lon, lat];
}

/** Coordinates of GeoJSON as far down as its type goes, without heights. @param count of corners so far */
function coordinates(value: unknown, depth: number, count: { corners: number }): unknown {
  if (depth === 0) {
    count.corners += 1;
    if (count.corners > LIMITS.corners)
      throw new WrongInput(`Das sind zu viele Ecken. Erlaubt sind ${LIMITS.corners.toLocaleString('de')}; vereinfachen Sie die Formen.`);
    return position(value);
  }
  if (!Array.isArray(value) || value.length === 0) throw new WrongInput('Die Koordinaten passen nicht zur Art der Geometrie.');
  return value.map((part) => coordinates(part, depth - 1, count));
}

/** @param count of corners so far, kept over many geometries */
export function readGeometry(value: unknown, allowed: readonly string[], count = { corners: 0 }): NonNullable<GeoJsonFeature['geometry']> {
  const type = isObject(value) ? value['type'] : undefined;
  if (!isObject(value) || typeof type !== 'string' || !allowed.includes(type))
    throw new WrongInput(`Erwartet wird eine Geometrie dieser Art: ${allowed.join(', ')}.`);
  const read = coordinates(value['coordinates'], DEPTH[type]!, count);
  if (type === 'Polygon') checkRings(read as readonly Loop[]);
  if (type === 'MultiPolygon') for (const rings of read as readonly (readonly Loop[])[]) checkRings(rings);
  if (type === 'LineString' && (read as Loop).length < 2) throw new WrongInput('Eine Linie braucht mindestens zwei Punkte.');
  return { type, coordinates: read };
}

function checkRings(rings: readonly Loop[]): void {
  for (const ring of rings) {
    const [first, last] = [ring[0]!, ring.at(-1)!];
    if (ring.length < 4 || first[0] !== last[0] || first[1] !== last[1])
      throw new WrongInput('Ein Ring einer Fläche braucht mindestens drei Ecken, und seine letzte ist wieder die erste.');
  }
}

/** A FeatureCollection, a Feature or a geometry as features. */
export function readFeatures(value: unknown, allowed: readonly string[]): readonly GeoJsonFeature[] {
  const count = { corners: 0 };
  const list = isObject(value) && value['type'] === 'FeatureCollection' ? value['features'] : [value];
  if (!Array.isArray(list)) throw new WrongInput('In der FeatureCollection fehlt die Liste features.');
  if (list.length > LIMITS.planFeatures) throw new WrongInput(`Das sind zu viele Objekte. Erlaubt sind ${LIMITS.planFeatures.toLocaleString('de')}.`);
  return list.map((one: unknown): GeoJsonFeature => {
    if (!isObject(one) || one['type'] !== 'Feature') return { type: 'Feature', geometry: readGeometry(one, allowed, count), properties: {} };
    const { id, properties } = one;
    return {
      type: 'Feature',
      ...(typeof id === 'string' || typeof id === 'number' ? { id } : {}),
      geometry: readGeometry(one['geometry'], allowed, count),
      properties: isObject(properties) ? properties : {},
    };
  });
}

/** The polygons of an area, not empty and not larger than a job may ask for. */
export function readArea(value: unknown): readonly (readonly Loop[])[] {
  const polygons = readFeatures(value, ['Polygon', 'MultiPolygon']).flatMap(({ geometry }) =>
    geometry!.type === 'Polygon' ? [geometry!.coordinates as readonly Loop[]] : (geometry!.coordinates as readonly (readonly Loop[])[]),
  );
  const patches = polygons.map((polygon) => polygon.map((loop): Loop => loop.map((one) => toSpot(one))));
  if (patches.reduce((sum, patch) => sum + patchArea(patch), 0) < 1)
    throw new WrongInput('Das Gebiet hat keine Fläche. Zeichnen Sie eine Fläche mit mindestens drei Ecken.');
  const spots = patches.flat(2);
  const [east, north] = ([0, 1] as const).map(
    (axis) => spots.reduce((most, spot) => Math.max(most, spot[axis]), -Infinity) - spots.reduce((least, spot) => Math.min(least, spot[axis]), Infinity),
  );
  if (east! * north! > LIMITS.areaSquareKilometres * 1e6)
    throw new WrongInput(`Das Gebiet ist zu groß. Sein Rechteck darf bis ${LIMITS.areaSquareKilometres} km² haben.`);
  return polygons;
}

export const collectionOf = (features: readonly GeoJsonFeature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
