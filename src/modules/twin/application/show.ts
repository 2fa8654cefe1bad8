import type { Actor } from '../../../kernel/actor.ts';
import type { Position } from '../../../kernel/geo.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { buildingsIn, collectionsFor, featureFor, featuresInView, type Collection, type FeaturesInView } from '../../geodata/public.ts';
import { sensorLayers, stationsIn, streamCurve, streamSparks, type Curve, type SensorLayer, type Station } from '../../sensors/public.ts';
import { shadowRatio, sunAt, type SunPosition } from '../../../kernel/sun.ts';
import type { TwinView } from '../domain/view.ts';

export type TwinContext = Pick<Context, 'database' | 'clock'>;

/** What may be shown at all. */
export interface TwinLayers {
  readonly sensors: readonly SensorLayer[];
  /** Shown as vector tiles. */
  readonly collections: readonly Collection[];
}

export type TwinCurve = Curve;
export type TwinFeatures = FeaturesInView;
export type TwinSpark = readonly (number | undefined)[];

/** The sun over a place, with how long shadows fall; `null` while it is down. */
export type SunOver = SunPosition & { readonly shadowPerHeight: number | null };

export interface TwinPicture {
  readonly layers: TwinLayers;
  readonly stations: readonly Station[];
  /** Where the table goes on. */
  readonly next?: number;
  /** The last day of each station, in outline. */
  readonly sparks: ReadonlyMap<number, TwinSpark>;
  readonly curve?: Curve;
  /** First features of each collection shown. */
  readonly features: readonly TwinFeatures[];
  /** The feature that is told about, alone in its list. */
  readonly object?: TwinFeatures;
  readonly sun: SunOver;
}

const HOURS_OF_A_CURVE = 24;
const STEPS_OF_A_SPARK = 24;
/** Rows of a collection on the page; its own pages have all of them. */
export const FEATURE_ROWS = 10;

/**
 * All that one look at the twin shows.
 * @param bbox what lies in the picture: west, south, east, north
 * @param now the instant of a view that asks for the latest
 */
export async function showTwin(
  ctx: TwinContext,
  actor: Actor,
  view: TwinView,
  { bbox, now, limit }: { readonly bbox: readonly [number, number, number, number]; readonly now: Temporal.Instant; readonly limit: number },
): Promise<TwinPicture> {
  const { sensors, at, after, stream, object } = view;
  const to = at ?? now;
  const [layers, page, curve, features, told] = await Promise.all([
    twinLayers(ctx, actor),
    sensors === undefined
      ? undefined
      : stationsIn(ctx, actor, { layer: sensors, bbox, limit, ...(at === undefined ? {} : { at }), ...(after === undefined ? {} : { after }) }),
    stream === undefined ? undefined : twinCurve(ctx, actor, stream, { to }),
    Promise.all(view.collections.map((id) => featuresInView(ctx, actor, id, { bbox, limit: FEATURE_ROWS }))),
    object === undefined ? undefined : featureFor(ctx, actor, object.collection, object.id),
  ]);
  const stations = page?.stations ?? [];
  return {
    layers,
    stations,
    ...(page?.next === undefined ? {} : { next: page.next }),
    sparks: await streamSparks(
      ctx,
      actor,
      stations.map(({ streamId }) => streamId),
      { from: to.subtract({ hours: HOURS_OF_A_CURVE }), to, steps: STEPS_OF_A_SPARK },
    ),
    ...(curve?.ok === true ? { curve: curve.value } : {}),
    features: features.flatMap((one) => (one.ok ? [one.value] : [])),
    ...(told?.ok === true ? { object: told.value } : {}),
    sun: sunOver(view.centre, view.sun ?? to),
  };
}

/** Layers of sensors and collections the actor may see. */
export async function twinLayers(ctx: TwinContext, actor: Actor): Promise<TwinLayers> {
  const [sensors, collections] = await Promise.all([sensorLayers(ctx, actor), collectionsFor(ctx, actor)]);
  return { sensors, collections };
}

/** A page of a layer's stations. */
export function twinStations(ctx: TwinContext, actor: Actor, wish: Parameters<typeof stationsIn>[2]): ReturnType<typeof stationsIn> {
  return stationsIn(ctx, actor, wish);
}

/** Buildings of a small box as meshes. */
export function twinBuildings(ctx: TwinContext, actor: Actor, collection: string, bbox: Parameters<typeof buildingsIn>[3]): ReturnType<typeof buildingsIn> {
  return buildingsIn(ctx, actor, collection, bbox);
}

/** A stream's curve up to `to`; a day of it when nothing else is said. */
export function twinCurve(
  ctx: TwinContext,
  actor: Actor,
  streamId: number,
  { from, to }: { readonly from?: Temporal.Instant | undefined; readonly to: Temporal.Instant },
): Promise<Result<Curve, Problem>> {
  return streamCurve(ctx, actor, streamId, { from: from ?? to.subtract({ hours: HOURS_OF_A_CURVE }), to });
}

export function sunOver(place: Position, at: Temporal.Instant): SunOver {
  const sun = sunAt(place, at);
  return { ...sun, shadowPerHeight: shadowRatio(sun) ?? null };
}
