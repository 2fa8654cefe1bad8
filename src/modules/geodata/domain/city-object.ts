/** East, north, height in metres, in the file's system. */
export type Corner = readonly [number, number, number];

export interface CityGeometry {
  readonly type: string;
  readonly lod?: unknown;
  readonly boundaries?: unknown;
  readonly semantics?: { readonly surfaces?: readonly { readonly type?: unknown }[]; readonly values?: unknown };
}

export interface CityObject {
  readonly type?: unknown;
  readonly attributes?: unknown;
  readonly geometry?: readonly CityGeometry[];
  readonly parents?: readonly string[];
  readonly children?: readonly string[];
}

/** A face: its rings as numbers of vertices, and what its surface is called. */
export interface Face {
  readonly rings: readonly (readonly number[])[];
  readonly surface: string | undefined;
  readonly lod: number;
}

/** How deep surfaces lie in the boundaries (CityJSON 2.0.1, 3.2). */
const DEPTHS: Readonly<Record<string, number>> = { MultiSurface: 0, CompositeSurface: 0, Solid: 1, MultiSolid: 2, CompositeSolid: 2 };

/** Faces of geometries of surfaces and solids; others have none. */
export function facesOf(geometries: readonly CityGeometry[]): Face[] {
  return geometries.flatMap(({ type, lod, boundaries, semantics }) => {
    const depth = DEPTHS[type];
    return depth === undefined ? [] : facesIn(boundaries, semantics?.values, depth, semantics?.surfaces ?? [], Number.parseFloat(String(lod)));
  });
}

function facesIn(boundaries: unknown, values: unknown, depth: number, surfaces: readonly { readonly type?: unknown }[], lod: number): Face[] {
  if (!Array.isArray(boundaries)) return [];
  return boundaries.flatMap((part: unknown, index): Face[] => {
    const value: unknown = Array.isArray(values) ? values[index] : undefined;
    if (depth > 0) return facesIn(part, value, depth - 1, surfaces, lod);
    const type = typeof value === 'number' ? surfaces[value]?.type : undefined;
    return isRings(part) ? [{ rings: part, surface: typeof type === 'string' ? type : undefined, lod }] : [];
  });
}

const isRings = (part: unknown): part is number[][] =>
  Array.isArray(part) && part.length > 0 && part.every((ring) => Array.isArray(ring) && ring.length >= 3 && ring.every((one) => Number.isInteger(one)));

/** Downward faces that are steeper than this are walls. */
const FLAT = 0.5;

/**
 * What the object covers on the ground: its drawing of LoD 0; else its ground surfaces; else the faces
 * that look down. Polygons in the file's system, rings closed.
 */
export function footprintOf(faces: readonly Face[], corners: readonly Corner[]): (readonly [number, number])[][][] {
  const choices = [
    faces.filter(({ lod }) => lod < 1),
    faces.filter(({ surface }) => surface === 'GroundSurface'),
    faces.filter(({ rings }) => lookOf(rings[0]!, corners) < -FLAT),
  ];
  const chosen = choices.find((some) => some.length > 0) ?? [];
  return chosen.map(({ rings }) => rings.map((ring) => closed(ring.map((index) => corners[index]!))));
}

const closed = (ring: readonly Corner[]): (readonly [number, number])[] => [...ring, ring[0]!].map(([east, north]) => [east, north]);

/** The upward part of the face's normal (Newell): 1 up, -1 down, 0 a wall. */
function lookOf(ring: readonly number[], corners: readonly Corner[]): number {
  let [x, y, z] = [0, 0, 0];
  for (const [index, number] of ring.entries()) {
    const [ax, ay, az] = corners[number]!;
    const [bx, by, bz] = corners[ring[(index + 1) % ring.length]!]!;
    x += (ay - by) * (az + bz);
    y += (az - bz) * (ax + bx);
    z += (ax - bx) * (ay + by);
  }
  const length = Math.hypot(x, y, z);
  return length === 0 ? 0 : z / length;
}

/**
 * The object and its parts as a feature of its own (CityJSONFeature, with its transform beside it, in
 * whole millimetres): only what draws it, without textures.
 */
export function cutOut(id: string, objects: Readonly<Record<string, CityObject>>, corners: readonly Corner[]): object {
  const numbers = new Map<number, number>();
  const renumber = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renumber);
    const index = value as number;
    if (!numbers.has(index)) numbers.set(index, numbers.size);
    return numbers.get(index);
  };
  const kept = Object.entries(objects).map(([name, { type, geometry = [], parents, children }]) => {
    const drawn = geometry.filter(({ type: kind }) => DEPTHS[kind] !== undefined);
    const own = drawn.map(({ type: kind, lod, boundaries, semantics }) => ({ type: kind, lod, boundaries: renumber(boundaries), semantics }));
    return [name, { type, geometry: own, parents, children }] as const;
  });
  const used = [...numbers.keys()].map((index) => corners[index]!);
  const translate = ([0, 1, 2] as const).map((axis) => Math.floor(used.reduce((least, corner) => Math.min(least, corner[axis]), Infinity)));
  const vertices = used.map((corner) => corner.map((metres, axis) => Math.round((metres - translate[axis]!) * 1000)));
  return { type: 'CityJSONFeature', id, CityObjects: Object.fromEntries(kept), vertices, transform: { scale: [0.001, 0.001, 0.001], translate } };
}
