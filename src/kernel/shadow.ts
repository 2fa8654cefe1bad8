import { shadowRatio, type SunPosition } from './sun.ts';

type Place = readonly [number, number];
type Line = readonly Place[];

/** Towards the horizon shadows grow without end; longer than so many heights nobody sees them. */
const LONGEST = 30;

/** Where the shadow of one metre of height ends, as metres east and north of its foot; `undefined` while the sun is down. */
export function shadowPerMetre(sun: SunPosition): readonly [eastMetres: number, northMetres: number] | undefined {
  const ratio = shadowRatio(sun);
  if (ratio === undefined) return undefined;
  const length = Math.min(ratio, LONGEST);
  const azimuth = (sun.azimuthDegrees * Math.PI) / 180;
  return [-Math.sin(azimuth) * length, -Math.cos(azimuth) * length];
}

/**
 * The shadow of an upright prism on flat ground: polygons whose union it is, in the plane of the footprint
 * (x to the right, y up). The footprint itself, the same where its top's shadow falls, and what each edge
 * sweeps between. Outer rings run against the clock, holes with it: drawn as one path with the nonzero
 * rule, they are the union.
 * @param footprint outer ring, then holes; first equal to last
 * @param shift where the shadow of the top falls: `shadowPerMetre` times the height, in the plane's units
 */
export function shadowOfPrism(footprint: readonly Line[], [dx, dy]: Place): readonly (readonly Line[])[] {
  const rings = footprint.map((ring, index) => turned(ring, index === 0));
  const moved = rings.map((ring) => ring.map(([x, y]): Place => [x + dx, y + dy]));
  const swept = rings.flatMap((ring, index) =>
    ring.slice(1).flatMap((to, at) => {
      const quad = [ring[at]!, to, moved[index]![at + 1]!, moved[index]![at]!, ring[at]!];
      return twiceArea(quad) === 0 ? [] : [[turned(quad, true)]];
    }),
  );
  return [rings, moved, ...swept];
}

const turned = (ring: Line, against: boolean): Line => (twiceArea(ring) > 0 === against ? ring : ring.toReversed());

/** Twice the area of a ring, positive against the clock (y up). */
function twiceArea(ring: Line): number {
  let sum = 0;
  for (let index = 1; index < ring.length; index++) {
    const [[ax, ay], [bx, by]] = [ring[index - 1]!, ring[index]!];
    sum += ax * by - bx * ay;
  }
  return sum;
}
