import { GIRTH_METRES, shrink } from './lage-motion.ts';
import type { Projection } from './lage-projection.ts';

/** Corners of a circle on the ground: on a tilted map it is no circle. */
const CORNERS = 40;
/** A circle that its sign covers, in shares of half the sign's side, is left out. */
const COVERED = 0.75;
const LINE_PIXELS = 1.2;
const DASH_PIXELS = 2.4;

interface Around {
  readonly circle?: { readonly metres: number; readonly colour: string } | undefined;
}

const places = new Float64Array(2 * CORNERS);
const pixels = new Float64Array(2 * CORNERS);

/** Draws how far each thing may be from where it is shown. */
export function drawCircles(
  to: CanvasRenderingContext2D,
  projection: Projection,
  from: { readonly marks: readonly Around[]; readonly places: Float64Array; readonly half: number; readonly ratio: number },
): void {
  for (const [index, { circle }] of from.marks.entries()) {
    if (circle === undefined) continue;
    const [x, y] = [from.places[2 * index]!, from.places[2 * index + 1]!];
    const radius = circle.metres / (GIRTH_METRES * shrink(y));
    if (reach(projection, x, y, radius) < COVERED * from.half) continue;
    for (let corner = 0; corner < CORNERS; corner++) {
      const turn = (2 * Math.PI * corner) / CORNERS;
      places[2 * corner] = x + radius * Math.cos(turn);
      places[2 * corner + 1] = y + radius * Math.sin(turn);
    }
    projection.write(places, CORNERS, pixels);
    if (outside(to.canvas)) continue;
    to.beginPath();
    for (let corner = 0; corner < CORNERS; corner++) to.lineTo(pixels[2 * corner]!, pixels[2 * corner + 1]!);
    to.closePath();
    [to.fillStyle, to.strokeStyle, to.lineWidth] = [circle.colour, circle.colour, LINE_PIXELS * from.ratio];
    to.globalAlpha = 0.12;
    to.fill();
    to.globalAlpha = 0.7;
    to.setLineDash([DASH_PIXELS * from.ratio, DASH_PIXELS * from.ratio]);
    to.stroke();
  }
  to.globalAlpha = 1;
}

/** Pixels from the middle to the rim, east or south, whichever is more. */
function reach(projection: Projection, x: number, y: number, radius: number): number {
  places.set([x, y, x + radius, y, x, y + radius]);
  projection.write(places, 3, pixels);
  const rim = (at: number): number => Math.hypot(pixels[at]! - pixels[0]!, pixels[at + 1]! - pixels[1]!);
  return Math.max(rim(2), rim(4));
}

/** Whether all corners lie beyond one side, or one of them behind the eye. */
function outside({ width, height }: { readonly width: number; readonly height: number }): boolean {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let corner = 0; corner < CORNERS; corner++) {
    const [x, y] = [pixels[2 * corner]!, pixels[2 * corner + 1]!];
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  return east < 0 || south < 0 || west > width || north > height || west <= -1e6;
}
