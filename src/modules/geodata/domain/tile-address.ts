import { boxToStorage, crsNamed } from './crs.ts';
import type { Geometry } from './cql2-tree.ts';

const HALF = 20_037_508.342789244;
export const MAX_ZOOM = 22;
/** Beyond the edge, in tile coordinates of 4096: lines and symbols go on across it. */
const BUFFER = 64;

/** A tile of WebMercatorQuad in metres of EPSG:3857, with the area to look in. */
export interface TileBox {
  readonly zoom: number;
  readonly west: number;
  readonly south: number;
  readonly size: number;
  readonly margin: number;
  /** In EPSG:25832, margin included. */
  readonly area: Geometry;
}

/** The tile of this address; `undefined` when there is none. */
export function tileAt(z: string, y: string, x: string): TileBox | undefined {
  if (![z, y, x].every((part) => /^\d{1,8}$/.test(part))) return undefined;
  const [zoom, row, column] = [Number(z), Number(y), Number(x)];
  if (zoom > MAX_ZOOM || row >= 2 ** zoom || column >= 2 ** zoom) return undefined;
  const size = (2 * HALF) / 2 ** zoom;
  const west = column * size - HALF;
  const south = HALF - (row + 1) * size;
  const margin = (size * BUFFER) / 4096;
  const box = [west - margin, south - margin, west + size + margin, south + size + margin];
  return { zoom, west, south, size, margin, area: boxToStorage(box, crsNamed('EPSG:3857')!) };
}
