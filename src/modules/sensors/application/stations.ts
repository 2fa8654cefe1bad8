import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { latestAt } from '../domain/watch.ts';
import { findLatestWords, type LatestWord } from '../store/latest.ts';
import { findCurve, findLayers, findSparks, findStations, type CurvePoint, type LayerRow, type StationRow } from '../store/stations.ts';

type Reading = Pick<Context, 'database' | 'clock'>;

/** A stream at its place with one number of it. */
export type Station = StationRow;
export type SensorLayer = LayerRow;

export interface StationPage {
  readonly stations: readonly Station[];
  /** Where the next page begins; absent on the last. */
  readonly next?: number;
}

/** The layers of sensors the actor may see. */
export const sensorLayers = (ctx: Reading, actor: Actor): Promise<readonly SensorLayer[]> =>
  findLayers(ctx.database.read, { internal: worksForCity(actor), until: latestAt(ctx.clock()) });

/**
 * The stations of a layer inside a box (west, south, east, north in WGS 84), a page at a time.
 * @param wish.at the state at that instant; without it the latest
 */
export async function stationsIn(
  ctx: Reading,
  actor: Actor,
  wish: {
    readonly layer: string;
    readonly bbox: readonly [number, number, number, number];
    readonly at?: Temporal.Instant;
    readonly after?: number;
    readonly limit: number;
  },
): Promise<StationPage> {
  const { layer, bbox, at, limit, after = 0 } = wish;
  const until = at ?? latestAt(ctx.clock());
  const rows = await findStations(ctx.database.read, { layer, bbox, until, internal: worksForCity(actor), after, limit: limit + 1 });
  const stations = rows.slice(0, limit);
  return { stations, ...(rows.length > limit ? { next: stations.at(-1)!.streamId } : {}) };
}

export interface Curve {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly CurvePoint[];
}

/** What a stream measured between two instants, at most 2,000 numbers, the newest of them. */
export async function streamCurve(
  ctx: Reading,
  actor: Actor,
  streamId: number,
  period: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): Promise<Result<Curve, Problem>> {
  const curve = await findCurve(ctx.database.read, streamId, { ...period, limit: 2000, internal: worksForCity(actor) });
  return curve === undefined
    ? refuse({ kind: 'not-found', detail: 'Diesen Datenstrom gibt es nicht, oder er ist nicht öffentlich. Wählen Sie eine Station aus der Liste.' })
    : ok(curve);
}

/** Several streams in outline: for each a list of means in equal steps, with holes where nothing was measured. */
export async function streamSparks(
  ctx: Reading,
  actor: Actor,
  streamIds: readonly number[],
  period: { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly steps: number },
): Promise<ReadonlyMap<number, readonly (number | undefined)[]>> {
  const sparks = new Map<number, (number | undefined)[]>();
  for (const { streamId, step, value } of await findSparks(ctx.database.read, streamIds, { ...period, internal: worksForCity(actor) })) {
    const spark = sparks.get(streamId) ?? Array.from<number | undefined>({ length: period.steps });
    spark[step - 1] = value;
    sparks.set(streamId, spark);
  }
  return sparks;
}

/** What streams said last, closed to the public or not: for modules that work for the city. */
export const latestWords = ({ database }: Pick<Reading, 'database'>, streamIds: readonly number[]): Promise<readonly LatestWord[]> =>
  findLatestWords(database.read, streamIds);
