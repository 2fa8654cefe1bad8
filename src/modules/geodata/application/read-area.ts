import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { meshOfCityJson, meshOfFootprint, type BuildingMesh } from '../domain/building-mesh.ts';
import type { Collection } from '../domain/collection.ts';
import { boxToStorage, CRS84 } from '../domain/crs.ts';
import type { Properties } from '../domain/feature.ts';
import type { Box, Geometry } from '../domain/geometry.ts';
import { localPlane } from '../domain/local-plane.ts';
import { squareAround, type DrawnFeature, type PictureBox } from '../domain/picture-square.ts';
import { readArea } from '../store/read-area.ts';
import { readFeature } from '../store/read-features.ts';
import { readPicture } from '../store/read-picture.ts';
import { collectionFor } from './collections.ts';

type Reading = Pick<Context, 'database'>;

/** A feature as people read it: without what draws it in space. */
export interface Feature {
  readonly id: string;
  readonly geometry: Geometry | null;
  readonly properties: Properties;
}

export interface FeaturesInView {
  readonly collection: Collection;
  readonly features: readonly Feature[];
  /** Where the list goes on. */
  readonly next?: number;
}

/** Features that touch a box of longitudes and latitudes. @param after place of the last one before */
export async function featuresInView(
  ctx: Reading,
  actor: Actor,
  id: string,
  { bbox, limit, after = 0 }: { readonly bbox: Box; readonly limit: number; readonly after?: number },
): Promise<Result<FeaturesInView, Problem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const share = coveredShare(found.value, bbox);
  const wish = { area: share === 1 ? undefined : boxToStorage(bbox, CRS84), after, limit: limit + 1 };
  const near = share * found.value.features > MANY ? await readArea(ctx.database.read, id, { ...wish, inOrder: true }) : [];
  const rows = near.length > limit ? near : await readArea(ctx.database.read, id, { ...wish, inOrder: false });
  const features = rows.slice(0, limit).map(({ body }) => plain(JSON.parse(body) as Feature));
  return ok({ collection: found.value, features, ...(rows.length > limit ? { next: rows[limit - 1]!.seq } : {}) });
}

/** One feature, with its collection. */
export async function featureFor(ctx: Reading, actor: Actor, id: string, feature: string): Promise<Result<FeaturesInView, Problem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const one = await readFeature(ctx.database.read, id, feature, CRS84);
  if (one === undefined) return refuse({ kind: 'not-found', detail: 'Dieses Objekt gibt es in der Sammlung nicht. Wählen Sie eines aus der Tabelle.' });
  return ok({ collection: found.value, features: [plain(JSON.parse(one.text) as Feature)] });
}

function plain({ id, geometry, properties }: Feature): Feature {
  const { cityjson: _, ...rest } = properties ?? {};
  return { id, geometry, properties: rest };
}

export interface Drawn {
  readonly features: readonly DrawnFeature[];
  /** There are too many to be shown; these are some of them. */
  readonly some: boolean;
}

/** What lies on a picture, clipped and thinned, in the coordinates of a square around it: 0 to 4096, y up. Of very many, some. */
export async function drawnFeatures(ctx: Reading, actor: Actor, id: string, picture: PictureBox): Promise<Result<Drawn, Problem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const square = squareAround(picture);
  const share = coveredShare(found.value, square.degrees);
  const expected = found.value.features * share;
  const about = expected <= MANY_DRAWN ? undefined : Math.min(MOST_LOOKS, Math.ceil(DRAWN / share));
  return ok({ features: await readPicture(ctx.database.read, id, square, about), some: about !== undefined });
}

/** More than so many in an area: they are looked for along the collection's order. */
const MANY = 2000;
/** More than so many on a picture: it shows about `DRAWN` of them, from at most `MOST_LOOKS` single looks. */
const MANY_DRAWN = 15_000;
const DRAWN = 6000;
const MOST_LOOKS = 20_000;

/** How much of a collection's extent lies in a box, if its features were spread evenly: 0 to 1. */
function coveredShare({ extent }: Collection, [west, south, east, north]: Box): number {
  if (extent === undefined) return 1;
  const part = (from: number, to: number, low: number, high: number): number =>
    high === low ? Number(from <= low && to >= low) : Math.max(0, Math.min(to, high) - Math.max(from, low)) / (high - low);
  return part(west, east, extent[0], extent[2]) * part(south, north, extent[1], extent[3]);
}

/** Sides of a box of buildings at most, in degrees: about 1.3 by 1.1 km. */
const MOST_DEGREES = { lon: 0.02, lat: 0.01 } as const;
const MOST_BUILDINGS = 2000;

export interface Buildings {
  /** The south-west corner: meshes are in centimetres from it. */
  readonly origin: { readonly lon: number; readonly lat: number };
  readonly buildings: readonly (BuildingMesh & { readonly id: string; readonly heightMetres: number; readonly roofs: boolean })[];
  /** Whether all that stand there are told. */
  readonly complete: boolean;
}

/** Buildings in a small box as meshes: with their roofs where `cityjson` draws them, else upright from their footprint. */
export async function buildingsIn(ctx: Reading, actor: Actor, id: string, bbox: Box): Promise<Result<Buildings, Problem>> {
  const [west, south, east, north] = bbox;
  // a thousandth more: differences of degrees are never exact
  if (east - west > MOST_DEGREES.lon * 1.001 || north - south > MOST_DEGREES.lat * 1.001)
    return refuse(invalidField('bbox', 'Der Ausschnitt ist zu groß für Gebäude mit Dächern. Nehmen Sie höchstens 0,02° mal 0,01°.'));
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const rows = await readArea(ctx.database.read, id, { area: boxToStorage(bbox, CRS84), inOrder: false, after: 0, limit: MOST_BUILDINGS + 1 });
  const origin = { lon: west, lat: south };
  const plane = localPlane(origin);
  const buildings = rows.slice(0, MOST_BUILDINGS).flatMap(({ body }) => {
    const { id: name, geometry, properties } = JSON.parse(body) as Feature;
    const heightMetres = heightOf(properties);
    const drawn = meshOfCityJson(properties?.['cityjson'], plane);
    const mesh = drawn ?? (geometry === null || heightMetres <= 0 ? undefined : meshOfFootprint(geometry, heightMetres, plane));
    return mesh === undefined ? [] : [{ id: name, heightMetres, roofs: drawn !== undefined, ...mesh }];
  });
  return ok({ origin, buildings, complete: rows.length <= MOST_BUILDINGS });
}

/** As the city's own data say it, or as an imported CityJSON. */
function heightOf(properties: Properties | null): number {
  const height = properties?.['heightMetres'] ?? properties?.['height'];
  return typeof height === 'number' && height > 0 && height < 1000 ? height : 0;
}
