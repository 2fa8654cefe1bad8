import { boxToStorage, crsNamed } from './crs.ts';
import type { Geometry } from './cql2-tree.ts';

const HALF = 20_037_508.342789244;
const EXTENT = 4096;

/** A picture in Web Mercator: its middle, its zoom (0: the world on 256 pixels), its larger side. */
export interface PictureBox {
  readonly centre: { readonly lon: number; readonly lat: number };
  readonly zoom: number;
  readonly sidePixels: number;
}

/** The square around a picture: in metres of EPSG:3857, and as an area of EPSG:25832. */
export interface PictureSquare {
  readonly zoom: number;
  readonly west: number;
  readonly south: number;
  readonly size: number;
  /** Its own coordinates run from 0 to this, y up. */
  readonly extent: number;
  readonly area: Geometry;
  /** West, south, east, north in degrees. */
  readonly degrees: readonly [number, number, number, number];
}

/** A feature in a square's coordinates. */
export interface DrawnFeature {
  readonly id: string;
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, unknown>>;
}

export function squareAround({ centre, zoom, sidePixels }: PictureBox): PictureSquare {
  const size = ((2 * HALF) / (256 * 2 ** zoom)) * sidePixels;
  const x = (centre.lon / 180) * HALF;
  const y = (Math.log(Math.tan(Math.PI / 4 + (centre.lat * Math.PI) / 360)) / Math.PI) * HALF;
  const [west, south] = [x - size / 2, y - size / 2];
  const lon = (at: number): number => (at / HALF) * 180;
  const lat = (at: number): number => (Math.atan(Math.sinh((at / HALF) * Math.PI)) * 180) / Math.PI;
  const area = boxToStorage([west, south, west + size, south + size], crsNamed('EPSG:3857')!);
  return { zoom, west, south, size, extent: EXTENT, area, degrees: [lon(west), lat(south), lon(west + size), lat(south + size)] };
}
