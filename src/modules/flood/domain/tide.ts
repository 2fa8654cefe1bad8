/** Level of a gauge at a time, seconds from the start. */
export interface TidePoint {
  readonly seconds: number;
  readonly levelMetres: number;
}

/** Straight from point to point; before the first and after the last it stays. */
export function levelCurve(points: readonly TidePoint[]): (seconds: number) => number {
  return (seconds) => {
    const after = points.findIndex((point) => point.seconds > seconds);
    if (after === 0) return points[0]!.levelMetres;
    if (after < 0) return points.at(-1)!.levelMetres;
    const [from, to] = [points[after - 1]!, points[after]!];
    return from.levelMetres + ((seconds - from.seconds) / (to.seconds - from.seconds)) * (to.levelMetres - from.levelMetres);
  };
}

/** The tide rises faster than it falls at St. Pauli: about five hours and a half against seven. */
const RISE_HOURS = 5.5;
const FALL_HOURS = 7;

/**
 * A made-up storm tide: half a cosine up from the level at the start to the peak, and half a one down towards low
 * water. Its shape is an assumption, its peak is the forecast's.
 * @param peakHours when the peak comes, from the start of the run
 */
export function stormTide(startMetres: number, peakMetres: number, peakHours: number, lowMetres: number): (seconds: number) => number {
  return (seconds) => {
    const hours = seconds / 3600 - peakHours;
    const rise = Math.min(RISE_HOURS, Math.max(0.5, peakHours));
    if (hours <= -rise) return startMetres;
    if (hours <= 0) return startMetres + ((peakMetres - startMetres) * (1 + Math.cos((Math.PI * hours) / rise))) / 2;
    if (hours >= FALL_HOURS) return lowMetres;
    return lowMetres + ((peakMetres - lowMetres) * (1 + Math.cos((Math.PI * hours) / FALL_HOURS))) / 2;
  };
}
