import type { Position } from './geo.ts';
import { fromUtm, toUtm, utmZone } from './mgrs.ts';

type Box = readonly [west: number, south: number, east: number, north: number];

/** A line of the grid: all its places have the same easting or northing. */
export interface GridLine {
  readonly axis: 'east' | 'north';
  readonly metres: number;
  /** The kilometres, as they stand at the edge of a map: the last two digits are the ones read. */
  readonly label: string;
  readonly path: readonly (readonly [number, number])[];
}

const STEPS = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000] as const;
const MOST_LINES = 60;
/** Lines of a grid are hardly bent: so many pieces are enough. */
const PIECES = 8;

/** The step that draws about eight lines across so many metres. */
export const gridStep = (acrossMetres: number): number => STEPS.find((step) => acrossMetres / step <= 9) ?? 100_000;

/** The UTM grid over a box, in the zone of its middle. @param stepMetres between two lines */
export function utmGrid([west, south, east, north]: Box, stepMetres: number): readonly GridLine[] {
  const centre: Position = { lon: (west + east) / 2, lat: (south + north) / 2 };
  const zone = utmZone(centre);
  const isSouth = centre.lat < 0;
  const corners = [
    [west, south],
    [east, south],
    [west, north],
    [east, north],
    [centre.lon, south],
    [centre.lon, north],
  ].map(([lon, lat]) => toUtm({ lon: lon!, lat: lat! }, zone));
  const range = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];
  const easts = range(corners.map(({ eastingMetres }) => eastingMetres));
  const norths = range(corners.map(({ northingMetres }) => northingMetres));
  const place = (eastingMetres: number, northingMetres: number): readonly [number, number] => {
    const { lon, lat } = fromUtm({ zone, south: isSouth, eastingMetres, northingMetres });
    return [lon, lat];
  };
  const between = ([from, to]: readonly [number, number]): number[] => Array.from({ length: PIECES + 1 }, (_, piece) => from + ((to - from) * piece) / PIECES);
  const line = (axis: GridLine['axis'], metres: number): GridLine => ({
    axis,
    metres,
    label: stepMetres < 1000 ? (metres / 1000).toFixed(1) : String(metres / 1000),
    path: axis === 'east' ? between(norths).map((value) => place(metres, value)) : between(easts).map((value) => place(value, metres)),
  });
  return [...steps(easts, stepMetres).map((metres) => line('east', metres)), ...steps(norths, stepMetres).map((metres) => line('north', metres))];
}

function steps([from, to]: readonly [number, number], step: number): number[] {
  const found: number[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to && found.length < MOST_LINES; value += step) found.push(value);
  return found;
}
