import { filterMistake, type Cql2, type Geometry } from './cql2-tree.ts';

/** How deep the lists of each shape go, and the fewest positions in the innermost. */
const SHAPES: Readonly<Record<string, readonly [depth: number, fewest: number]>> = {
  Point: [0, 1],
  MultiPoint: [1, 1],
  LineString: [1, 2],
  MultiLineString: [2, 2],
  Polygon: [2, 4],
  MultiPolygon: [3, 4],
};

/** The GeoJSON name of a shape, however it is capitalised. */
export const shapeNamed = (name: string): string | undefined =>
  [...Object.keys(SHAPES), 'GeometryCollection'].find((shape) => shape.toLowerCase() === name.toLowerCase());
export const depthOf = (shape: string): number => SHAPES[shape]![0];

/** Refuses a geometry that only looks right: open rings, one-point lines, infinite coordinates. */
export function checkedGeometry(value: unknown, at: string): Geometry {
  const geometry = (value ?? {}) as Record<string, unknown>;
  if (geometry['type'] === 'GeometryCollection') {
    const parts = geometry['geometries'];
    if (!Array.isArray(parts) || parts.length === 0) return filterMistake(at, 'Die Sammlung hat keine Geometrien.');
    return {
      type: 'GeometryCollection',
      geometries: parts.map((part: unknown) =>
        (part as Geometry | null)?.type === 'GeometryCollection' ? filterMistake(at, 'Eine Sammlung enthält keine Sammlung.') : checkedGeometry(part, at),
      ),
    };
  }
  const type = geometry['type'];
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type))
    return filterMistake(at, `Eine Geometrie ist ${Object.keys(SHAPES).join(', ')} oder GeometryCollection.`);
  const [depth, fewest] = SHAPES[type]!;
  checkLevel(geometry['coordinates'], depth, { type, fewest, at });
  return { type, coordinates: geometry['coordinates'] };
}

function checkLevel(value: unknown, depth: number, shape: { readonly type: string; readonly fewest: number; readonly at: string }): void {
  const { type, fewest, at } = shape;
  if (!Array.isArray(value) || value.length === 0) filterMistake(at, `Die Klammern von ${type} stimmen nicht.`);
  const list = value as readonly unknown[];
  if (depth === 0) return checkPosition(list, at);
  for (const part of list) checkLevel(part, depth - 1, shape);
  if (depth !== 1) return;
  if (list.length < fewest) filterMistake(at, `${type} hat zu wenige Punkte.`);
  if (type.endsWith('Polygon') && String(list[0]) !== String(list.at(-1))) filterMistake(at, 'Der Ring einer Fläche endet dort, wo er beginnt.');
}

function checkPosition(position: readonly unknown[], at: string): void {
  if (position.length < 2 || position.length > 3 || !position.every((part) => typeof part === 'number' && Number.isFinite(part)))
    filterMistake(at, 'Ein Punkt hat zwei Zahlen, oder drei mit der Höhe.');
}

/** A box of four numbers, or six with heights. */
export function boxNode(numbers: readonly unknown[], at: string): Cql2 {
  const fine = numbers.length === 4 || numbers.length === 6;
  if (!fine || !numbers.every((part) => typeof part === 'number' && Number.isFinite(part)))
    return filterMistake(at, 'BBOX hat vier Zahlen: West, Süd, Ost, Nord.');
  const box = numbers as readonly number[];
  const flat = box.length === 6 ? [box[0]!, box[1]!, box[3]!, box[4]!] : box;
  return flat[1]! > flat[3]! ? filterMistake(at, 'Der Süden von BBOX liegt nördlich des Nordens.') : { kind: 'bbox', box: flat, at };
}
