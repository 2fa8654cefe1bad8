import type { Position } from '../../kernel/geo.ts';

/** A part of the world on a picture, in Web Mercator (EPSG:3857) as every web map shows it. */
export interface MapFrame {
  readonly centre: Position;
  /** 0 shows the world on 256 pixels; each step doubles. */
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

export const MIN_ZOOM = 9;
export const MAX_ZOOM = 19;
/** Where a map of the city begins. */
export const CITY_CENTRE: Position = { lon: 10.0, lat: 53.55 };

const worldPixels = (zoom: number): number => 256 * 2 ** zoom;

function toWorld({ lon, lat }: Position, zoom: number): Pixel {
  const size = worldPixels(zoom);
  const sin = Math.sin((lat * Math.PI) / 180);
  return { x: ((lon + 180) / 360) * size, y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size };
}

function fromWorld({ x, y }: Pixel, zoom: number): Position {
  const size = worldPixels(zoom);
  return { lon: (x / size) * 360 - 180, lat: (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / size))) * 180) / Math.PI };
}

/** Where a place lies on the picture; outside of it when the numbers are. */
export function positionToPixel(frame: MapFrame, position: Position): Pixel {
  const centre = toWorld(frame.centre, frame.zoom);
  const point = toWorld(position, frame.zoom);
  return { x: point.x - centre.x + frame.width / 2, y: point.y - centre.y + frame.height / 2 };
}

/** The place under a pixel, to six decimals (about 10 cm). */
export function pixelToPosition(frame: MapFrame, x: number, y: number): Position {
  const centre = toWorld(frame.centre, frame.zoom);
  const { lon, lat } = fromWorld({ x: centre.x + x - frame.width / 2, y: centre.y + y - frame.height / 2 }, frame.zoom);
  return { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
}

/** How many metres on the ground one pixel shows at the frame's centre. */
export const metresPerPixel = ({ centre, zoom }: Pick<MapFrame, 'centre' | 'zoom'>): number =>
  (Math.cos((centre.lat * Math.PI) / 180) * 2 * Math.PI * 6_378_137) / worldPixels(zoom);

/** The frame that shows all places with a margin, at most at `maxZoom`. */
export function frameFor(positions: readonly Position[], size: { readonly width: number; readonly height: number }, maxZoom = 17): MapFrame {
  if (positions.length === 0) return { centre: CITY_CENTRE, zoom: 10, ...size };
  const lons = positions.map(({ lon }) => lon);
  const lats = positions.map(({ lat }) => lat);
  const centre = { lon: (Math.min(...lons) + Math.max(...lons)) / 2, lat: (Math.min(...lats) + Math.max(...lats)) / 2 };
  const fits = (zoom: number): boolean =>
    positions.every((position) => {
      const { x, y } = positionToPixel({ centre, zoom, ...size }, position);
      return x > size.width * 0.12 && x < size.width * 0.88 && y > size.height * 0.12 && y < size.height * 0.88;
    });
  let zoom = maxZoom;
  while (zoom > MIN_ZOOM && !fits(zoom)) zoom--;
  return { centre, zoom, ...size };
}
