import { cheapestAssignment } from '../../../kernel/assignment.ts';

/** What a radar, a drone or a camera sees without knowing who it is. */
export interface Detection {
  readonly lon: number;
  readonly lat: number;
  /** One standard deviation, in each direction. */
  readonly uncertaintyMetres: number;
  readonly what: MoverClass;
}

export const MOVER_CLASSES = ['ship', 'vehicle', 'drone', 'person', 'unknown'] as const;
export type MoverClass = (typeof MOVER_CLASSES)[number];

/**
 * A track: a Kalman filter with constant velocity. Noise is the same in both directions, so one covariance of place
 * and velocity holds for both axes (metres, metres per second, in the plane around the origin).
 */
export interface Track {
  readonly id: string;
  readonly what: MoverClass;
  readonly originLon: number;
  readonly originLat: number;
  readonly atMs: number;
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
  readonly pp: number;
  readonly pv: number;
  readonly vv: number;
  readonly hits: number;
  readonly confirmed: boolean;
  readonly lastHitMs: number;
  /** Who has seen it, the last few. */
  readonly sensors: readonly string[];
}

/** How a class moves: white noise of acceleration in m²/s³, and the fastest it begins with. */
const MOTION: Readonly<Record<MoverClass, { readonly noise: number; readonly fastest: number }>> = {
  ship: { noise: 0.02, fastest: 12 },
  vehicle: { noise: 1, fastest: 30 },
  drone: { noise: 2, fastest: 20 },
  person: { noise: 0.05, fastest: 2 },
  unknown: { noise: 0.5, fastest: 15 },
};
/** 99 % of what belongs to a track lies within (chi-square, two degrees of freedom). */
const GATE = 9.21;
const NO_PAIR = 1e6;
const HITS_TO_CONFIRM = 3;
const TENTATIVE_MS = 20_000;
const COAST_MS = 60_000;
const WIDEST_METRES = 500;
const METRES_PER_DEGREE = 111_320;
const MOST_SENSORS = 5;
/** A scan may be so much older than the newest one. */
const LATE_MS = 2000;
export const MOST_TRACKS = 2000;

export interface Step {
  readonly tracks: readonly Track[];
  /** Ids of tracks that have ended. */
  readonly ended: readonly string[];
  /** For each detection the id of its track; `undefined`: there are too many tracks. */
  readonly assigned: readonly (string | undefined)[];
}

/** Brings one scan of one sensor into the tracks: predict, gate, assign, update, begin and end. @param newId makes ids */
export function track(
  tracks: readonly Track[],
  scan: { readonly sensor: string; readonly atMs: number; readonly detections: readonly Detection[] },
  newId: () => string,
): Step {
  const predicted = tracks.map((one) => predict(one, scan.atMs));
  const columns = assign(predicted, scan.detections);
  const next = new Map(predicted.map((one) => [one.id, one]));
  const assigned: (string | undefined)[] = scan.detections.map((_, index) => {
    const column = columns[index]!;
    return column < 0 ? undefined : predicted[column]!.id;
  });
  for (const [index, detection] of scan.detections.entries()) {
    const id = assigned[index];
    if (id !== undefined) next.set(id, update(next.get(id)!, detection, scan));
    else if (next.size < MOST_TRACKS) {
      const begun = begin(newId(), detection, scan);
      assigned[index] = begun.id;
      next.set(begun.id, begun);
    }
  }
  const all = [...next.values()];
  const ended = all.filter((one) => isOver(one, scan.atMs)).map(({ id }) => id);
  return { tracks: all.filter(({ id }) => !ended.includes(id)), ended, assigned };
}

/** For each detection the index of its track, or -1. */
function assign(tracks: readonly Track[], detections: readonly Detection[]): readonly number[] {
  if (tracks.length === 0) return detections.map(() => -1);
  const costs = detections.map((detection) => tracks.map((one) => costOf(one, detection)));
  return cheapestAssignment(costs).map((column, row) => (column >= 0 && costs[row]![column]! < NO_PAIR ? column : -1));
}

/** Squared Mahalanobis distance and the logarithm of the gate's size: of two tracks that fit, the surer one wins. */
function costOf(one: Track, detection: Detection): number {
  if (one.what !== detection.what && one.what !== 'unknown' && detection.what !== 'unknown') return NO_PAIR;
  const { x, y } = planeOf(one, detection);
  const spread = one.pp + detection.uncertaintyMetres ** 2;
  const distance = ((x - one.x) ** 2 + (y - one.y) ** 2) / spread;
  // a track that has just begun gets what no confirmed one wants: else ghosts would live on the hits of others
  return distance > GATE ? NO_PAIR : distance + 2 * Math.log(spread) + (one.confirmed ? 0 : 2 * GATE);
}

/** Van Loan's discretisation of white noise of acceleration. What comes late is taken as of now. */
function predict(one: Track, atMs: number): Track {
  const seconds = Math.max(0, (atMs - one.atMs) / 1000);
  if (seconds === 0) return one;
  const { noise } = MOTION[one.what];
  return {
    ...one,
    atMs,
    x: one.x + one.vx * seconds,
    y: one.y + one.vy * seconds,
    pp: one.pp + 2 * seconds * one.pv + seconds ** 2 * one.vv + (noise * seconds ** 3) / 3,
    pv: one.pv + seconds * one.vv + (noise * seconds ** 2) / 2,
    vv: one.vv + noise * seconds,
  };
}

function update(one: Track, detection: Detection, { sensor, atMs }: { readonly sensor: string; readonly atMs: number }): Track {
  const { x, y } = planeOf(one, detection);
  const spread = one.pp + detection.uncertaintyMetres ** 2;
  const [gainPlace, gainSpeed] = [one.pp / spread, one.pv / spread];
  const hits = one.hits + 1;
  return {
    ...one,
    what: one.what === 'unknown' ? detection.what : one.what,
    x: one.x + gainPlace * (x - one.x),
    y: one.y + gainPlace * (y - one.y),
    vx: one.vx + gainSpeed * (x - one.x),
    vy: one.vy + gainSpeed * (y - one.y),
    pp: (1 - gainPlace) * one.pp,
    pv: (1 - gainPlace) * one.pv,
    vv: one.vv - gainSpeed * one.pv,
    hits,
    confirmed: one.confirmed || hits >= HITS_TO_CONFIRM,
    lastHitMs: Math.max(one.lastHitMs, atMs),
    sensors: [sensor, ...one.sensors.filter((other) => other !== sensor)].slice(0, MOST_SENSORS),
  };
}

function begin(id: string, { lon, lat, uncertaintyMetres, what }: Detection, { sensor, atMs }: { readonly sensor: string; readonly atMs: number }): Track {
  const vv = (MOTION[what].fastest / 2) ** 2;
  return {
    id,
    what,
    originLon: lon,
    originLat: lat,
    atMs,
    x: 0,
    y: 0,
    vx: 0,
    vy: 0,
    pp: uncertaintyMetres ** 2,
    pv: 0,
    vv,
    hits: 1,
    confirmed: false,
    lastHitMs: atMs,
    sensors: [sensor],
  };
}

const isOver = ({ confirmed, lastHitMs, pp }: Track, atMs: number): boolean =>
  atMs - lastHitMs > (confirmed ? COAST_MS : TENTATIVE_MS) || pp > WIDEST_METRES ** 2;

const wideMetres = ({ originLat }: Track): number => METRES_PER_DEGREE * Math.cos((originLat * Math.PI) / 180);
const planeOf = (one: Track, { lon, lat }: { readonly lon: number; readonly lat: number }): { x: number; y: number } => ({
  x: (lon - one.originLon) * wideMetres(one),
  y: (lat - one.originLat) * METRES_PER_DEGREE,
});

/** Where a track is, how fast and where to. */
export function stateOf(one: Track): {
  readonly lon: number;
  readonly lat: number;
  readonly uncertaintyMetres: number;
  readonly speedMetresPerSecond: number;
  readonly courseDegrees: number;
} {
  return {
    lon: one.originLon + one.x / wideMetres(one),
    lat: one.originLat + one.y / METRES_PER_DEGREE,
    uncertaintyMetres: Math.sqrt(Math.max(0, one.pp)),
    speedMetresPerSecond: Math.hypot(one.vx, one.vy),
    courseDegrees: ((Math.atan2(one.vx, one.vy) * 180) / Math.PI + 360) % 360,
  };
}

/** Whether a scan comes in time; older ones would pull tracks back. */
export const isInTime = (newestMs: number, atMs: number): boolean => atMs >= newestMs - LATE_MS;
