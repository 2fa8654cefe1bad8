import { cheapestAssignment } from '../../../kernel/assignment.ts';

/** GOSPA of one moment, and what it is made of: `distance² = localisation + missed + false` (each already to the power p). */
export interface Gospa {
  /** In metres. */
  readonly distance: number;
  /** Sum of d^p over assigned pairs. */
  readonly localisation: number;
  /** c^p / 2 for every true object without an estimate. */
  readonly missed: number;
  /** c^p / 2 for every estimate without a true object. */
  readonly false: number;
  /** Index of the estimate of each true object, or -1. */
  readonly assigned: readonly number[];
}

/** Exponent; alpha is 2, so that every object is assigned, missed or false. */
const P = 2;

/**
 * Generalised optimal sub-pattern assignment metric, p = 2, alpha = 2 (Rahmathullah, García-Fernández, Svensson:
 * "Generalized optimal sub-pattern assignment metric", Fusion 2017, definition 1 and proposition 1).
 * @param cutoffMetres c: further apart than that, a pair counts as missed and false
 * @param distance between a true object and an estimate, in metres
 */
export function gospa<T, E>(truth: readonly T[], estimates: readonly E[], cutoffMetres: number, distance: (truth: T, estimate: E) => number): Gospa {
  const half = cutoffMetres ** P / 2;
  const costs = truth.map((one) => estimates.map((other) => Math.min(distance(one, other), cutoffMetres) ** P));
  // a pair at the cutoff costs as much as one missed and one false: it is no pair
  const assigned = cheapestAssignment(costs).map((column, row) => (column >= 0 && costs[row]![column]! < cutoffMetres ** P ? column : -1));
  const pairs = assigned.filter((column) => column >= 0).length;
  const localisation = assigned.reduce((sum, column, row) => sum + (column < 0 ? 0 : costs[row]![column]!), 0);
  const missed = half * (truth.length - pairs);
  const wrong = half * (estimates.length - pairs);
  return { distance: (localisation + missed + wrong) ** (1 / P), localisation, missed, false: wrong, assigned };
}

/** One position of a track: of a true object or of an estimate. */
export interface TrackPoint {
  readonly id: string;
  readonly at: Temporal.Instant;
  readonly lon: number;
  readonly lat: number;
}

export interface TrackFigures {
  /** Moments at which there was a true object or an estimate. */
  readonly moments: number;
  /** Mean over the moments, metres. */
  readonly meanGospaMetres: number;
  /** Root mean square of the distance of assigned pairs, metres. */
  readonly rmsMetres: number;
  /** Objects missed and false, summed over the moments. */
  readonly missed: number;
  readonly false: number;
  /** How often a true object's estimate is another than before. */
  readonly idSwitches: number;
}

/** Scores tracks moment by moment. Estimates are compared with the truth of the same moment. */
export function scoreTracks(
  truth: readonly TrackPoint[],
  estimates: readonly TrackPoint[],
  cutoffMetres: number,
  distance: (a: TrackPoint, b: TrackPoint) => number,
): TrackFigures {
  const moments = new Map<number, { truth: TrackPoint[]; estimates: TrackPoint[] }>();
  const momentOf = ({ at }: TrackPoint): { truth: TrackPoint[]; estimates: TrackPoint[] } => {
    const found = moments.get(at.epochMilliseconds) ?? { truth: [], estimates: [] };
    moments.set(at.epochMilliseconds, found);
    return found;
  };
  for (const one of truth) momentOf(one).truth.push(one);
  for (const one of estimates) momentOf(one).estimates.push(one);
  const last = new Map<string, string>();
  const sum = { gospa: 0, squared: 0, pairs: 0, missed: 0, false: 0, switches: 0 };
  for (const [, now] of [...moments].toSorted(([a], [b]) => a - b)) {
    const found = gospa(now.truth, now.estimates, cutoffMetres, distance);
    const pairs = found.assigned.filter((column) => column >= 0).length;
    sum.gospa += found.distance;
    sum.squared += found.localisation;
    sum.pairs += pairs;
    sum.missed += now.truth.length - pairs;
    sum.false += now.estimates.length - pairs;
    sum.switches += switchesIn(now, found.assigned, last);
  }
  return {
    moments: moments.size,
    meanGospaMetres: moments.size === 0 ? 0 : sum.gospa / moments.size,
    rmsMetres: sum.pairs === 0 ? 0 : Math.sqrt(sum.squared / sum.pairs),
    missed: sum.missed,
    false: sum.false,
    idSwitches: sum.switches,
  };
}

function switchesIn(
  now: { readonly truth: readonly TrackPoint[]; readonly estimates: readonly TrackPoint[] },
  assigned: readonly number[],
  last: Map<string, string>,
): number {
  let switches = 0;
  for (const [row, column] of assigned.entries()) {
    if (column < 0) continue;
    const [id, estimate] = [now.truth[row]!.id, now.estimates[column]!.id];
    const before = last.get(id);
    if (before !== undefined && before !== estimate) switches++;
    last.set(id, estimate);
  }
  return switches;
}
