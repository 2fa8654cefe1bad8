/** A point in EPSG:25832: easting and northing in metres. */
export type Point = readonly [eastingMetres: number, northingMetres: number];
/** Closed: the first point is the last. */
export type Ring = readonly Point[];
/** Outer ring first, then holes. */
export type Polygon = readonly Ring[];

export type Geometry =
  | { readonly kind: 'area'; readonly polygons: readonly Polygon[] }
  | { readonly kind: 'line'; readonly lines: readonly (readonly Point[])[] }
  | { readonly kind: 'point'; readonly points: readonly Point[] };

/** A simple property as the file has it: XPlanGML name and text, in the file's order. */
export interface Value {
  readonly name: string;
  readonly text: string;
}

/** What the plan lays down at a place. */
export interface Feature {
  /** `gml:id` of the file. */
  readonly id: string;
  /** XPlanGML class, e.g. `BP_BaugebietsTeilFlaeche`. */
  readonly className: string;
  readonly values: readonly Value[];
  readonly geometry?: Geometry;
}

/** An XPlanGML 6.0 document as Kontor understands it. */
export interface Plan {
  readonly id: string;
  /** Class of the plan, e.g. `BP_Plan`. */
  readonly className: string;
  readonly values: readonly Value[];
  /** Raeumlicher Geltungsbereich. */
  readonly extent: readonly Polygon[];
  readonly municipality?: { readonly ags: string; readonly name: string };
  readonly features: readonly Feature[];
}

/** The first value of a name. */
export const valueOf = ({ values }: Pick<Feature, 'values'>, name: string): string | undefined => values.find((one) => one.name === name)?.text;

/** Values of `XPlanGML` code lists and their words, and the plan's legal days. */
const KINDS: Readonly<Record<string, string>> = {
  '1000': 'Bebauungsplan',
  '10000': 'Einfacher Bebauungsplan',
  '10001': 'Qualifizierter Bebauungsplan',
  '3000': 'Vorhabenbezogener Bebauungsplan',
};
const STATUSES: Readonly<Record<string, string>> = {
  '1000': 'Aufstellungsbeschluss',
  '2000': 'Entwurf',
  '2100': 'Frühzeitige Behördenbeteiligung',
  '2200': 'Frühzeitige Öffentlichkeitsbeteiligung',
  '2300': 'Behördenbeteiligung',
  '2400': 'Öffentliche Auslegung',
  '3000': 'Satzung',
  '4000': 'In Kraft getreten',
  '5000': 'Untergegangen',
};

const DAYS: Readonly<Record<string, string>> = {
  aufstellungsbeschlussDatum: 'Aufstellungsbeschluss',
  auslegungsStartDatum: 'Beginn der Auslegung',
  auslegungsEndDatum: 'Ende der Auslegung',
  satzungsbeschlussDatum: 'Satzungsbeschluss',
  rechtsverordnungsDatum: 'Rechtsverordnung',
  inkrafttretensDatum: 'In Kraft',
};

export interface PlanHead {
  readonly name: string;
  readonly number?: string;
  readonly kind?: string;
  readonly status?: string;
  readonly days: readonly { readonly label: string; readonly on: string }[];
}

/** Name, number, kind, status and legal days, with the words of the code lists; an unknown code stays a code. */
export function headOf(plan: Plan): PlanHead {
  const [number, kind, status] = [valueOf(plan, 'nummer'), valueOf(plan, 'planArt'), valueOf(plan, 'rechtsstand')];
  return {
    name: valueOf(plan, 'name') ?? 'Plan ohne Namen',
    ...(number === undefined ? {} : { number }),
    ...(kind === undefined ? {} : { kind: KINDS[kind] ?? `Code ${kind}` }),
    ...(status === undefined ? {} : { status: STATUSES[status] ?? `Code ${status}` }),
    days: plan.values.flatMap(({ name, text }) => (DAYS[name] === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text) ? [] : [{ label: DAYS[name], on: text }])),
  };
}

/** Area of a geometry in square metres (Gauss's formula in the plane of EPSG:25832; its scale is below 0.04 % off in Hamburg). */
export function squareMetres(polygons: readonly Polygon[]): number {
  return polygons.reduce(
    (sum, [outer, ...holes]) => sum + Math.abs(ringArea(outer ?? [])) - holes.reduce((hole, ring) => hole + Math.abs(ringArea(ring)), 0),
    0,
  );
}

function ringArea(ring: Ring): number {
  const [e0 = 0, n0 = 0] = ring[0] ?? [];
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    // near the ring's own first point, so that large coordinates do not eat the digits
    twice += (ax - e0) * (by - n0) - (bx - e0) * (ay - n0);
  }
  return twice / 2;
}

/** All points of a geometry. */
export function pointsOf(geometry: Geometry): readonly Point[] {
  switch (geometry.kind) {
    case 'area':
      return geometry.polygons.flat(2);
    case 'line':
      return geometry.lines.flat();
    case 'point':
      return geometry.points;
  }
}

/** West, south, east and north of the plan in EPSG:25832 metres; nothing where nothing is drawn. */
export function boundsOf(plan: Plan): readonly [west: number, south: number, east: number, north: number] | undefined {
  const own = plan.extent.flat(2);
  const points = own.length > 0 ? own : plan.features.flatMap(({ geometry }) => (geometry === undefined ? [] : pointsOf(geometry)));
  if (points.length === 0) return undefined;
  const edge = points.reduce(([w, s, e, n], [x, y]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)] as const, [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
  ] as readonly [number, number, number, number]);
  return edge;
}
