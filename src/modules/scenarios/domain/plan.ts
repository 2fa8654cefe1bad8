import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isObject, Mistake, readGeometry, readPlaces, ringOf, spotsOf, type Corners, type GeometryType, type PlanGeometry } from './geometry.ts';
import { LIMITS } from './limits.ts';

/** What a plan changes: a building or trees that come, a way that is closed, a place people walk to. */
export const PLAN_KINDS = ['building', 'tree', 'closed', 'destination'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

export interface PlanFeature {
  /** Within its variant: `1`, `2`, … in the order of drawing. */
  readonly id: string;
  readonly kind: PlanKind;
  readonly name?: string;
  readonly heightMetres?: number;
  readonly crownMetres?: number;
  readonly geometry: PlanGeometry;
}
export type NewFeature = Omit<PlanFeature, 'id'>;
export type Plan = readonly PlanFeature[];

const GEOMETRIES: Readonly<Record<PlanKind, readonly GeometryType[]>> = {
  building: ['Polygon', 'MultiPolygon'],
  tree: ['Point'],
  closed: ['LineString', 'MultiLineString', 'Polygon', 'MultiPolygon', 'Point'],
  destination: ['Point'],
};

interface Size {
  readonly least: number;
  readonly most: number;
  readonly fallback: number;
}
type SizeName = 'heightMetres' | 'crownMetres';
/** Metres; what is not said is taken as a usual size, and stands in the plan then. */
const SIZES: Readonly<Record<PlanKind, Readonly<Partial<Record<SizeName, Size>>>>> = {
  building: { heightMetres: { least: 1, most: 500, fallback: 15 } },
  tree: { heightMetres: { least: 1, most: 120, fallback: 10 }, crownMetres: { least: 0.5, most: 60, fallback: 6 } },
  closed: {},
  destination: {},
};

function sizeOf(name: SizeName, { least, most, fallback }: Size, given: unknown): number {
  if (given === undefined || given === null) return fallback;
  if (typeof given !== 'number' || !(given >= least && given <= most))
    throw new Mistake(
      `${name === 'heightMetres' ? 'Die Höhe (heightMetres)' : 'Die Krone (crownMetres)'} ist eine Zahl von ${least.toLocaleString('de')} bis ${most.toLocaleString('de')} Metern.`,
    );
  return given;
}

function sizesOf(kind: PlanKind, properties: Readonly<Record<string, unknown>>): Pick<PlanFeature, SizeName> {
  return Object.fromEntries(Object.entries(SIZES[kind]).map(([name, size]) => [name, sizeOf(name as SizeName, size, properties[name])]));
}

function nameOf(value: unknown): Pick<PlanFeature, 'name'> {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value !== 'string' || value.length > LIMITS.titleLength) throw new Mistake(`Ein Name ist ein Text von höchstens ${LIMITS.titleLength} Zeichen.`);
  return { name: value };
}

function readFeature(value: unknown, corners: Corners, standard: PlanKind | undefined): NewFeature {
  if (!isObject(value) || value['type'] !== 'Feature') throw new Mistake('Erwartet wird GeoJSON: ein Feature oder eine FeatureCollection.');
  const properties = isObject(value['properties']) ? value['properties'] : {};
  const kind = PLAN_KINDS.find((one) => one === properties['kind']) ?? (properties['kind'] === undefined ? standard : undefined);
  if (kind === undefined)
    throw new Mistake('Jedes Objekt sagt mit der Eigenschaft kind, was es ist: building (Gebäude), tree (Baum), closed (gesperrt) oder destination (Ziel).');
  return { kind, ...nameOf(properties['name']), ...sizesOf(kind, properties), geometry: readGeometry(value['geometry'], GEOMETRIES[kind], corners) };
}

/** Refuses at `field` what a reader has thrown; everything else is a bug. */
export function reading<T>(field: string, read: () => T): Result<T, Problem<'invalid-input'>> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof Mistake) return refuse(invalidField(field, error.message));
    throw error;
  }
}

const TOO_MANY = `Eine Variante hat höchstens ${LIMITS.planFeatures} Objekte.`;

const TOO_MANY_CORNERS = `Alle Objekte einer Variante haben zusammen höchstens ${LIMITS.planCorners.toLocaleString('de')} Ecken. Vereinfachen Sie die Formen, oder nehmen Sie Objekte heraus.`;

/** Features of a plan as GeoJSON. @param standard kind of those that tell none */
export function readPlan(value: unknown, field: string, standard?: PlanKind): Result<readonly NewFeature[], Problem<'invalid-input'>> {
  return reading(field, () => {
    const list: unknown = isObject(value) && value['type'] === 'FeatureCollection' ? value['features'] : [value];
    if (!Array.isArray(list)) throw new Mistake('In der FeatureCollection fehlt die Liste features.');
    if (list.length > LIMITS.planFeatures) throw new Mistake(`Das sind zu viele Objekte. ${TOO_MANY}`);
    const corners: Corners = { count: 0, most: LIMITS.planCorners };
    return list.map((one: unknown) => readFeature(one, corners, standard));
  });
}

export interface TypedFeature {
  readonly kind: PlanKind;
  readonly name: string;
  /** One place a line. */
  readonly places: string;
  readonly heightMetres?: number;
  readonly crownMetres?: number;
}

/** A feature as typed into a form: a building through its corners, a tree or destination on each place, a closed way along them. */
export function typedPlan({ kind, name, places, ...sizes }: TypedFeature): Result<readonly NewFeature[], Problem<'invalid-input'>> {
  return reading('places', () => {
    const spots = readPlaces(places, LIMITS.planFeatures);
    if (spots.length === 0) throw new Mistake('Schreiben Sie mindestens eine Stelle auf, etwa 10.0012, 53.5501.');
    const more = { kind, ...nameOf(name.trim()), ...sizesOf(kind, sizes) };
    if (kind === 'building') return [{ ...more, geometry: { type: 'Polygon', coordinates: [ringOf(spots)] } }];
    if (kind === 'closed')
      return [{ ...more, geometry: spots.length === 1 ? { type: 'Point', coordinates: spots[0]! } : { type: 'LineString', coordinates: spots } }];
    return spots.map((spot): NewFeature => ({ ...more, geometry: { type: 'Point', coordinates: spot } }));
  });
}

/** The plan with more features, numbered on. */
export function withFeatures(plan: Plan, added: readonly NewFeature[]): Result<Plan, Problem> {
  if (plan.length + added.length > LIMITS.planFeatures) return refuse({ kind: 'too-large', detail: `${TOO_MANY} Nehmen Sie welche heraus.` });
  const corners = [...plan, ...added].reduce((sum, { geometry }) => sum + spotsOf(geometry).length, 0);
  if (corners > LIMITS.planCorners) return refuse({ kind: 'too-large', detail: TOO_MANY_CORNERS });
  const last = plan.reduce((most, { id }) => Math.max(most, Number(id)), 0);
  return ok([...plan, ...added.map((one, index) => ({ id: String(last + index + 1), ...one }))]);
}

/** The plan as GeoJSON, as it is drawn, downloaded and handed on. */
export function planGeoJson(plan: Plan) {
  return {
    type: 'FeatureCollection' as const,
    features: plan.map(({ id, geometry, ...properties }) => ({ type: 'Feature' as const, id, geometry, properties })),
  };
}
