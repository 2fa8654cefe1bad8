import { fromUtm32 } from '../../../kernel/geo.ts';
import { boxToStorage, crsNamed } from './crs.ts';
import type { Geometry } from './cql2-tree.ts';

const RADIUS = 6_378_137;
const HALF = Math.PI * RADIUS;
/** Width of a tile in its own coordinates. */
export const EXTENT = 4096;
export const MAX_ZOOM = 22;
/** Beyond the edge, in tile coordinates of 4096: lines and symbols go on across it. */
export const BUFFER = 64;

/** A tile of WebMercatorQuad in metres of EPSG:3857, with the area to look in. */
export interface TileBox {
  readonly zoom: number;
  readonly west: number;
  readonly south: number;
  readonly size: number;
  /** Metres on the ground that one tile coordinate covers, at the tile's middle. */
  readonly unitMetres: number;
  /** In EPSG:25832, margin included. */
  readonly area: Geometry;
}

/** The tile of this address; `undefined` when there is none. */
export function tileAt(z: string, y: string, x: string): TileBox | undefined {
  if (![z, y, x].every((part) => /^(0|[1-9]\d{0,7})$/.test(part))) return undefined;
  const [zoom, row, column] = [Number(z), Number(y), Number(x)];
  if (zoom > MAX_ZOOM || row >= 2 ** zoom || column >= 2 ** zoom) return undefined;
  const size = (2 * HALF) / 2 ** zoom;
  const west = column * size - HALF;
  const south = HALF - (row + 1) * size;
  const margin = (size * BUFFER) / EXTENT;
  const box = [west - margin, south - margin, west + size + margin, south + size + margin];
  // Mercator stretches by 1 / cos(latitude), which is cosh(northing / radius)
  const unitMetres = size / EXTENT / Math.cosh((south + size / 2) / RADIUS);
  return { zoom, west, south, size, unitMetres, area: boxToStorage(box, crsNamed('EPSG:3857')!) };
}

/** From EPSG:25832 into the tile: x to the right, y up, 0 to 4096. */
export function intoTile({ west, south, size }: TileBox): (eastingMetres: number, northingMetres: number) => readonly [number, number] {
  const scale = EXTENT / size;
  return (eastingMetres, northingMetres) => {
    const { lon, lat } = fromUtm32(eastingMetres, northingMetres);
    const x = (lon * HALF) / 180;
    const y = RADIUS * Math.asinh(Math.tan((lat * Math.PI) / 180));
    return [(x - west) * scale, (y - south) * scale];
  };
}
