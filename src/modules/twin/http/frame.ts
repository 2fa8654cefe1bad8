import { pixelToPosition, type MapFrame } from '../../../platform/ui/map-projection.ts';
import type { TwinView } from '../domain/view.ts';
import { printView } from './address.ts';

export const PATH = '/zwilling';
export const PICTURE = `${PATH}/bild.svg`;
export const SIZE = { width: 960, height: 560 };
/** Rows of the table of stations, and the marks on the picture. */
export const ROWS = 25;
/** Told apart in light and in dark, and in this order. */
const COLOURS = ['#1d6fa5', '#3f8f4f', '#b5761a', '#8a4fa0', '#a8324a', '#4a6b7c', '#6b7a1a', '#00787a'] as const;

/** The colour of the layer at this place among those shown. */
export const colourAt = (index: number): string => COLOURS[index % COLOURS.length]!;

/** The part of the city that pictures of a view show. */
export const frameOf = ({ centre, zoom }: TwinView): MapFrame => ({ centre, zoom: Math.round(zoom), ...SIZE });

/** West, south, east, north of a picture. */
export function boxOf(frame: MapFrame): readonly [number, number, number, number] {
  const [northWest, southEast] = [pixelToPosition(frame, 0, 0), pixelToPosition(frame, frame.width, frame.height)];
  return [northWest.lon, southEast.lat, southEast.lon, northWest.lat];
}

export const link = (view: TwinView, change: Parameters<typeof printView>[1] = {}, path: string = PATH): string => `${path}?${printView(view, change)}`;
