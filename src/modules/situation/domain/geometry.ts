import { boxOf, type Geometry } from '../../../kernel/picture.ts';

const MOST_POINTS = 5000;

/** Why a geometry cannot stand in the picture, or nothing. Its type has been checked by its schema. */
export function geometryProblem(geometry: Geometry): string | undefined {
  const flat = (geometry.coordinates as readonly unknown[]).flat(3) as number[];
  if (flat.some((value) => !Number.isFinite(value))) return 'Alle Koordinaten sind Zahlen: erst die Länge, dann die Breite.';
  if (flat.length > MOST_POINTS * 2) return `Zeichnen Sie mit höchstens ${MOST_POINTS} Punkten.`;
  const box = boxOf(geometry);
  if (box === undefined) return 'Zeichnen Sie mindestens einen Punkt.';
  if (box.west < -180 || box.east > 180 || box.south < -85 || box.north > 85) return 'Die Länge liegt zwischen -180 und 180, die Breite zwischen -85 und 85.';
  return shapeProblem(geometry);
}

function shapeProblem(geometry: Geometry): string | undefined {
  if (geometry.type === 'LineString') return geometry.coordinates.length < 2 ? 'Eine Linie hat mindestens zwei Punkte.' : undefined;
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
  for (const ring of rings) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (ring.length < 4 || first === undefined || last === undefined || first[0] !== last[0] || first[1] !== last[1])
      return 'Eine Fläche hat mindestens drei Ecken, und ihr Rand endet, wo er beginnt.';
  }
  return undefined;
}
