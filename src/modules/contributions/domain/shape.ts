import { pointInRing, type Position, type Ring } from '../../../kernel/geo.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

type Corner = readonly [number, number];

/** Where a contribution belongs, as GeoJSON (RFC 7946): lon, lat in CRS84. */
export type Shape =
  | { readonly type: 'Point'; readonly coordinates: Corner }
  | { readonly type: 'LineString'; readonly coordinates: readonly Corner[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] };

export type ShapeKind = 'point' | 'line' | 'area';

/** More corners than these nobody clicks, and no map needs. */
export const MOST_CORNERS = 50;
/** Corners of the area of a participation, all rings together. */
export const MOST_AREA_CORNERS = 2000;

type Wrong = Problem<'invalid-input'>;
const wrong = (detail: string): Result<never, Wrong> => refuse(invalidField('place', detail));

/**
 * The shape of these points, or why there is none. No points: no place, which is allowed.
 * @param area rings of the participation; everything must lie inside of one of them
 */
export function shapeOf(kind: ShapeKind, points: readonly Position[], area: readonly Ring[]): Result<Shape | undefined, Wrong> {
  const corners = points.map(({ lon, lat }): Corner => [rounded(lon), rounded(lat)]);
  if (corners.length === 0) return ok(undefined);
  if (corners.length > MOST_CORNERS) return wrong(`Das sind zu viele Punkte. Nehmen Sie höchstens ${MOST_CORNERS}.`);
  if (!corners.flat().every(Number.isFinite)) return wrong('Diesen Ort können wir nicht lesen. Wählen Sie ihn auf der Karte.');
  const shape = drawn(kind, corners);
  if (!shape.ok) return shape;
  return isInside(shape.value, area)
    ? shape
    : wrong('Der Ort liegt nicht ganz im Gebiet dieser Beteiligung. Wählen Sie einen Ort innerhalb der Linie, oder lassen Sie den Ort weg.');
}

function drawn(kind: ShapeKind, corners: readonly Corner[]): Result<Shape, Wrong> {
  const distinct = corners.filter((corner, index) => index === 0 || !same(corner, corners[index - 1]!));
  switch (kind) {
    case 'point':
      return distinct.length === 1
        ? ok({ type: 'Point', coordinates: distinct[0]! })
        : wrong('Sie haben mehrere Punkte gewählt. Sagen Sie, ob es eine Linie oder eine Fläche ist, oder entfernen Sie Punkte.');
    case 'line':
      return distinct.length >= 2
        ? ok({ type: 'LineString', coordinates: distinct })
        : wrong('Eine Linie braucht mindestens zwei verschiedene Punkte. Wählen Sie noch einen, oder nehmen Sie „Punkt“.');
    case 'area': {
      const open = same(distinct[0]!, distinct.at(-1)!) ? distinct.slice(0, -1) : distinct;
      if (open.length < 3) return wrong('Eine Fläche braucht mindestens drei verschiedene Punkte. Wählen Sie noch weitere, oder nehmen Sie „Linie“.');
      const ring = [...open, open[0]!];
      return crossesItself(ring)
        ? wrong('Der Rand der Fläche kreuzt sich selbst. Wählen Sie die Punkte der Reihe nach um die Fläche herum.')
        : ok({ type: 'Polygon', coordinates: [ring] });
    }
  }
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const same = (a: Corner, b: Corner): boolean => a[0] === b[0] && a[1] === b[1];

/** The corners of a shape, in order; a ring is closed. */
export function cornersOf(shape: Shape): readonly Corner[] {
  if (shape.type === 'Point') return [shape.coordinates];
  return shape.type === 'LineString' ? shape.coordinates : (shape.coordinates[0] ?? []);
}

/** Where its marker stands: the point, the middle corner of a line, the mean of an area's corners or, where that lies outside, a corner. */
export function anchorOf(shape: Shape): Position {
  const corners = cornersOf(shape);
  if (shape.type !== 'Polygon') return toPosition(corners[Math.floor((corners.length - 1) / 2)]!);
  const open = corners.slice(1);
  const mean = (part: 0 | 1): number => rounded(open.reduce((sum, corner) => sum + corner[part], 0) / open.length);
  const middle = { lon: mean(0), lat: mean(1) };
  return pointInRing(middle, corners) ? middle : toPosition(corners[0]!);
}

const toPosition = ([lon, lat]: Corner): Position => ({ lon, lat });

/** Whether every corner lies in the same ring of the area, and no edge leaves it in between. */
function isInside(shape: Shape, area: readonly Ring[]): boolean {
  const corners = cornersOf(shape);
  return area.some(
    (ring) =>
      corners.every((corner) => pointInRing(toPosition(corner), ring)) && !edgesOf(corners).some((edge) => edgesOf(ring).some((rim) => cross(edge, rim))),
  );
}

type Edge = readonly [Corner, Corner];
const edgesOf = (corners: readonly Corner[]): Edge[] => corners.slice(1).map((corner, index) => [corners[index]!, corner]);

/** Whether two edges have a point in common in their inside: touching ends do not count. */
function cross([a, b]: Edge, [c, d]: Edge): boolean {
  const side = (p: Corner, q: Corner, r: Corner): number => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function crossesItself(ring: readonly Corner[]): boolean {
  const edges = edgesOf(ring);
  return edges.some((edge, index) => edges.slice(index + 1).some((other) => cross(edge, other)));
}

/** What is wrong with the rings of a participation's area, as a sentence. */
export function areaProblem(area: readonly Ring[]): string | undefined {
  if (area.length === 0) return 'Nennen Sie das Gebiet: einen Bezirk, oder seine Eckpunkte.';
  if (area.reduce((sum, ring) => sum + ring.length, 0) > MOST_AREA_CORNERS)
    return `Das Gebiet hat zu viele Eckpunkte. Nehmen Sie höchstens ${MOST_AREA_CORNERS}.`;
  for (const ring of area) {
    if (!ring.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 85))
      return 'Schreiben Sie jeden Eckpunkt als Länge, Breite in Grad, z. B. 9.9352, 53.5577.';
    if (ring.length < 4) return 'Das Gebiet braucht mindestens drei verschiedene Eckpunkte.';
    if (!same(ring[0]!, ring.at(-1)!)) return 'Der letzte Eckpunkt muss gleich dem ersten sein.';
    if (ring.length <= 200 && crossesItself(ring)) return 'Der Rand des Gebiets kreuzt sich selbst. Nennen Sie die Eckpunkte der Reihe nach.';
  }
  return undefined;
}

/** West, south, east, north of rings. */
export function boundsOf(area: readonly Ring[]): readonly [Position, Position] {
  const corners = area.flat();
  const least = (part: 0 | 1): number => Math.min(...corners.map((corner) => corner[part]));
  const most = (part: 0 | 1): number => Math.max(...corners.map((corner) => corner[part]));
  return [
    { lon: least(0), lat: least(1) },
    { lon: most(0), lat: most(1) },
  ];
}
