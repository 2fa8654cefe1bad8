import type { Point } from './plan.ts';

/** Farthest a chord may lie from its arc, in metres. */
export const ARC_TOLERANCE_METRES = 0.01;

/**
 * A circular arc through three points as a line: start, points between, end. The chords lie within
 * `ARC_TOLERANCE_METRES` of the arc; three points on one line stay as they are.
 */
export function arcPoints([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): Point[] {
  // moved to the first point: coordinates are large, the arc is small
  const [ux, uy, vx, vy] = [bx - ax, by - ay, cx - ax, cy - ay];
  const twice = 2 * (ux * vy - uy * vx);
  const straight: Point[] = [
    [ax, ay],
    [bx, by],
    [cx, cy],
  ];
  if (Math.abs(twice) < 1e-9) return straight;
  const mx = (vy * (ux * ux + uy * uy) - uy * (vx * vx + vy * vy)) / twice;
  const my = (ux * (vx * vx + vy * vy) - vx * (ux * ux + uy * uy)) / twice;
  const radius = Math.hypot(mx, my);
  const angle = (x: number, y: number): number => Math.atan2(y - my, x - mx);
  const [start, through, end] = [angle(0, 0), angle(ux, uy), angle(vx, vy)];
  const turn = (from: number, to: number): number => (((to - from) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
  const left = turn(start, through) <= turn(start, end);
  const sweep = left ? turn(start, end) : -turn(end, start);
  const step = radius <= ARC_TOLERANCE_METRES ? Math.PI / 4 : 2 * Math.acos(1 - ARC_TOLERANCE_METRES / radius);
  const count = Math.min(512, Math.max(2, Math.ceil(Math.abs(sweep) / step)));
  const between = Array.from({ length: count - 1 }, (_, index): Point => {
    const at = start + (sweep * (index + 1)) / count;
    return [ax + mx + radius * Math.cos(at), ay + my + radius * Math.sin(at)];
  });
  return [[ax, ay], ...between, [cx, cy]];
}
