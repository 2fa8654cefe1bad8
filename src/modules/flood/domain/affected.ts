import { cellAt, type GridFrame } from './grid.ts';
import { FLOODED_CENTIMETRES, NEVER } from './records.ts';

/** A place that is asked how deep it is in the water. */
export interface Place {
  readonly kind: 'people' | 'building' | 'facility';
  readonly name: string;
  readonly what: string;
  readonly lon: number;
  readonly lat: number;
  readonly people: number;
  readonly eastingMetres: number;
  readonly northingMetres: number;
}

/** Depth and time at a facility. */
export interface Facility {
  readonly name: string;
  readonly what: string;
  readonly lon: number;
  readonly lat: number;
  readonly people: number;
  readonly depthCentimetres: number;
  /** Minutes from the start of the run; `null` where the picture has no time. */
  readonly arrivalMinutes: number | null;
  /** Share of the members in which it is flooded. */
  readonly probabilityPercent: number | null;
}

export interface Affected {
  readonly people: number;
  readonly buildings: number;
  /** The soonest and deepest first. */
  readonly facilities: readonly Facility[];
  /** Collections that are not there: what they would count is not known, and not zero. */
  readonly unknown: readonly string[];
}

export interface WaterAt {
  readonly depth: ArrayLike<number>;
  readonly arrival?: ArrayLike<number>;
  readonly probability?: ArrayLike<number>;
}

/** Who and what stands in at least 10 cm of water. Of an ensemble `depth` is what is planned with. */
export function affectedBy(frame: GridFrame, { depth, arrival, probability }: WaterAt, places: readonly Place[], unknown: readonly string[]): Affected {
  let people = 0;
  let buildings = 0;
  const facilities: Facility[] = [];
  for (const place of places) {
    const cell = cellAt(frame, place.eastingMetres, place.northingMetres);
    if (cell === undefined || depth[cell]! < FLOODED_CENTIMETRES) continue;
    if (place.kind === 'people') people += place.people;
    else if (place.kind === 'building') buildings += 1;
    else {
      const { name, what, lon, lat, people: inside } = place;
      const minutes = arrival?.[cell];
      const arrivalMinutes = minutes === undefined || minutes === NEVER ? null : minutes;
      facilities.push({
        name,
        what,
        lon,
        lat,
        people: inside,
        depthCentimetres: depth[cell]!,
        arrivalMinutes,
        probabilityPercent: probability?.[cell] ?? null,
      });
    }
  }
  const soonest = (one: Facility): number => one.arrivalMinutes ?? Infinity;
  facilities.sort(
    (a, b) => (soonest(a) === soonest(b) ? b.depthCentimetres - a.depthCentimetres : soonest(a) - soonest(b)) || a.name.localeCompare(b.name, 'de'),
  );
  return { people, buildings, facilities, unknown };
}
