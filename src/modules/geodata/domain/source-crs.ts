import { fromUtm32 } from '../../../kernel/geo.ts';
import type { Place } from './geometry.ts';
import { UnreadableFile, type FileCrs } from './source.ts';

const RADIUS_METRES = 6_378_137;
const degrees = (radians: number): number => (radians * 180) / Math.PI;

/** Turns a pair of the file into longitude and latitude in WGS 84 (EPSG:3857: IOGP 373-7-2, 3.2.1.2). */
export const PLACE_OF: Readonly<Record<FileCrs, (x: number, y: number) => Place>> = {
  CRS84: (x, y) => [x, y],
  '25832': (x, y) => {
    const { lon, lat } = fromUtm32(x, y);
    return [lon, lat];
  },
  '3857': (x, y) => [degrees(x / RADIUS_METRES), degrees(Math.atan(Math.sinh(y / RADIUS_METRES)))],
};

const EPSG: ReadonlyMap<number, FileCrs> = new Map([
  [4326, 'CRS84'],
  // ETRS89 in degrees: the same as WGS 84 to less than a metre
  [4258, 'CRS84'],
  [25832, '25832'],
  [3857, '3857'],
]);

/** The system with this number of the EPSG. @throws UnreadableFile on one that is not understood */
export function crsOfEpsg(code: number): FileCrs {
  const found = EPSG.get(code);
  if (found === undefined)
    throw new UnreadableFile(`Das Koordinatensystem EPSG:${code} kennt Kontor nicht. Wandeln Sie die Datei in EPSG:4326 oder EPSG:25832 um.`);
  return found;
}
