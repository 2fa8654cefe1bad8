import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { toUtm32 } from '../../../kernel/geo.ts';
import type { Structure } from './structures.ts';

const MOST_STRUCTURES = 2_000;
const MOST_CORNERS = 100_000;

/**
 * Dykes and gates as a GeoJSON FeatureCollection of LineStrings in degrees, longitude first. Each tells `kind`
 * (`dyke` or `gate`), `name`, `crestMetres` and, for what is left when it is open or broken, `sillMetres`.
 */
export function readStructures(text: string): Result<readonly Structure[], Problem> {
  if (text.trim() === '') return ok([]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('Die Bauwerke sind kein JSON. Erwartet wird GeoJSON: eine FeatureCollection mit Linien.');
  }
  const features = (value as { features?: unknown } | null)?.features;
  if (!Array.isArray(features) || features.length > MOST_STRUCTURES)
    return wrong(`Erwartet wird eine FeatureCollection mit höchstens ${MOST_STRUCTURES} Linien.`);
  const found: Structure[] = [];
  let corners = 0;
  for (const [n, feature] of features.entries()) {
    const one = structureOf(feature, n + 1);
    if (typeof one === 'string') return wrong(`Bauwerk ${n + 1}: ${one}`);
    corners += one.line.length;
    found.push(one);
  }
  if (corners > MOST_CORNERS) return wrong(`Die Linien haben zusammen mehr als ${MOST_CORNERS} Ecken. Vereinfachen Sie sie.`);
  const ids = new Set(found.map(({ id }) => id));
  return ids.size === found.length ? ok(found) : wrong('Zwei Bauwerke haben dieselbe id.');
}

const wrong = (message: string): Result<never, Problem> => refuse(invalidField('structures', message));

const isLevel = (value: unknown): value is number => typeof value === 'number' && value > -50 && value < 100;

function structureOf(feature: unknown, number: number): Structure | string {
  const { id, geometry, properties } = (feature ?? {}) as {
    id?: unknown;
    geometry?: { type?: unknown; coordinates?: unknown } | null;
    properties?: Record<string, unknown> | null;
  };
  const { kind, name, crestMetres, sillMetres } = properties ?? {};
  if (geometry?.type !== 'LineString' || !Array.isArray(geometry.coordinates) || geometry.coordinates.length < 2) return 'Es fehlt die Linie (LineString).';
  if (kind !== 'dyke' && kind !== 'gate') return 'kind ist dyke oder gate.';
  if (!isLevel(crestMetres)) return 'crestMetres ist die Höhe der Krone in Metern über NHN.';
  if (sillMetres !== undefined && (!isLevel(sillMetres) || sillMetres > crestMetres)) return 'sillMetres liegt nicht über der Krone.';
  const line: (readonly [number, number])[] = [];
  for (const place of geometry.coordinates as unknown[]) {
    const [lon, lat] = Array.isArray(place) ? (place as unknown[]) : [];
    // where EPSG:25832 measures well
    if (typeof lon !== 'number' || typeof lat !== 'number' || lon < 5 || lon > 16 || lat < 46 || lat > 57)
      return 'Eine Ecke liegt nicht in Deutschland. Erwartet werden Grad, Länge zuerst.';
    const { eastingMetres, northingMetres } = toUtm32({ lon, lat });
    line.push([eastingMetres, northingMetres]);
  }
  const said = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 120) : `Bauwerk ${number}`;
  const own = (typeof id === 'string' || typeof id === 'number') && /^[\w.:-]{1,60}$/.test(String(id)) ? String(id) : `bauwerk-${number}`;
  return { id: own, kind, name: said, crestMetres, sillMetres: sillMetres ?? -50, line };
}
