import { toUtm32, type Position } from './geo.ts';

const plane = (place: Position): readonly [number, number] => {
  const { eastingMetres, northingMetres } = toUtm32(place);
  return [eastingMetres, northingMetres];
};

/** Length of a line of places in metres, in the plane of EPSG:25832: in Hamburg within 0.04 % of the ground. */
export function lengthMetres(places: readonly Position[]): number {
  const points = places.map(plane);
  return points.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - points[at]![0], y - points[at]![1]), 0);
}

/** Area inside of a ring of places in square metres, in the plane of EPSG:25832: in Hamburg within 0.08 %. The ring may be open or closed. */
export function areaSquareMetres(places: readonly Position[]): number {
  const points = places.map(plane);
  const [ox, oy] = points[0] ?? [0, 0];
  const twice = points.reduce((sum, [x, y], at) => {
    const [nx, ny] = points[(at + 1) % points.length]!;
    return sum + (x - ox) * (ny - oy) - (nx - ox) * (y - oy);
  }, 0);
  return Math.abs(twice) / 2;
}

/** Direction from one place to another in degrees, clockwise from the grid north of EPSG:25832. */
export function bearingDegrees(from: Position, to: Position): number {
  const [[x, y], [tx, ty]] = [plane(from), plane(to)];
  return ((Math.atan2(tx - x, ty - y) * 180) / Math.PI + 360) % 360;
}
