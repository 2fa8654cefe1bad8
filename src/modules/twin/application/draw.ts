import type { Actor } from '../../../kernel/actor.ts';
import { collectionsFor, drawnFeatures, type Collection, type DrawnFeature } from '../../geodata/public.ts';
import { stationsIn, type Station } from '../../sensors/public.ts';
import type { TwinView } from '../domain/view.ts';
import { sunOver, type SunOver, type TwinContext } from './show.ts';

export interface DrawnLayer {
  readonly collection: Collection;
  /** In the coordinates of the square around the picture: 0 to 4096, y up. */
  readonly features: readonly DrawnFeature[];
  /** There are too many to be shown; these are some of them. */
  readonly some: boolean;
}

/** What a picture of a view holds. */
export interface TwinDrawing {
  readonly layers: readonly DrawnLayer[];
  readonly stations: readonly Station[];
  readonly sun: SunOver;
}

/** All that is drawn of a view on a picture of the server. */
export async function drawTwin(
  ctx: TwinContext,
  actor: Actor,
  view: TwinView,
  picture: {
    readonly bbox: readonly [number, number, number, number];
    readonly zoom: number;
    readonly sidePixels: number;
    readonly now: Temporal.Instant;
    readonly stations: number;
  },
): Promise<TwinDrawing> {
  const { sensors, at, after, centre } = view;
  const square = { centre, zoom: picture.zoom, sidePixels: picture.sidePixels };
  const [known, page, all] = await Promise.all([
    collectionsFor(ctx, actor),
    sensors === undefined
      ? undefined
      : stationsIn(ctx, actor, {
          ...{ layer: sensors, bbox: picture.bbox, limit: picture.stations },
          ...(at === undefined ? {} : { at }),
          ...(after === undefined ? {} : { after }),
        }),
    Promise.all(view.collections.map(async (id) => ({ id, drawn: await drawnFeatures(ctx, actor, id, square) }))),
  ]);
  const layers = all.flatMap(({ id, drawn }): DrawnLayer[] => {
    const collection = known.find((one) => one.id === id);
    return collection === undefined || !drawn.ok ? [] : [{ collection, ...drawn.value }];
  });
  return { layers, stations: page?.stations ?? [], sun: sunOver(centre, view.sun ?? at ?? picture.now) };
}
