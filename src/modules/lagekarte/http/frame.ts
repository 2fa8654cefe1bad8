import type { Visit } from '../../../platform/http/route.ts';
import { CITY_CENTRE, frameFor, pixelToPosition, type MapFrame } from '../../../platform/ui/map-projection.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { placesOf, type MapPicture } from '../application/show-map.ts';
import type { MapView } from '../domain/view.ts';
import { FIRST_ZOOM } from './address.ts';

/** Sets a page of a Lage into the city's frame, with the head of the Lage above it. */
export type LageFrame = (visit: Visit, entered: MapPicture['entered']) => PageView;

export const SIZE = { width: 960, height: 600 };
/** A single thing is not shown from so close that nothing around it can be seen. */
const CLOSEST = 15;

/** The part of the world that a view shows: as chosen, around the object that is told of, or all that has a place. */
export function frameOf(
  view: MapView,
  { objects, object }: Pick<MapPicture, 'objects' | 'object'>,
  size: { readonly width: number; readonly height: number } = SIZE,
): MapFrame {
  if (view.centre !== undefined) return { centre: view.centre, zoom: view.zoom, ...size };
  const places = placesOf(object === undefined ? objects : [object.now]);
  if (places.length === 0) return { centre: CITY_CENTRE, zoom: FIRST_ZOOM, ...size };
  return frameFor(places, size, CLOSEST);
}

/** West, south, east, north of a picture. */
export function edgesOf(frame: MapFrame): readonly [number, number, number, number] {
  const [northWest, southEast] = [pixelToPosition(frame, 0, 0), pixelToPosition(frame, frame.width, frame.height)];
  return [northWest.lon, southEast.lat, southEast.lon, northWest.lat];
}
