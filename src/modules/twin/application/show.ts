import type { Actor } from '../../../kernel/actor.ts';
import type { Position } from '../../../kernel/geo.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { collectionsFor, type Collection } from '../../geodata/public.ts';
import { sensorLayers, stationsIn, streamCurve, type Curve, type SensorLayer, type Station } from '../../sensors/public.ts';
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

/** The sun over a place, with how long shadows fall; `null` while it is down. */
export type SunOver = SunPosition & { readonly shadowPerHeight: number | null };

export interface TwinPicture {
  readonly layers: TwinLayers;
  readonly stations: readonly Station[];
  /** Where the table goes on. */
  readonly next?: number;
  readonly curve?: Curve;
  readonly sun: SunOver;
}

const HOURS_OF_A_CURVE = 24;

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
  const { sensors, at, after, stream } = view;
  const to = at ?? now;
  const [layers, page, curve] = await Promise.all([
    twinLayers(ctx, actor),
    sensors === undefined
      ? undefined
      : stationsIn(ctx, actor, { layer: sensors, bbox, limit, ...(at === undefined ? {} : { at }), ...(after === undefined ? {} : { after }) }),
    stream === undefined ? undefined : twinCurve(ctx, actor, stream, { to }),
  ]);
  return {
    layers,
    stations: page?.stations ?? [],
    ...(page?.next === undefined ? {} : { next: page.next }),
    ...(curve?.ok === true ? { curve: curve.value } : {}),
    sun: sunOver(view.centre, to),
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
