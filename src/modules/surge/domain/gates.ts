import { reaches, type Expected } from './forecast.ts';

export const GATE_KINDS = ['schiebetor', 'stemmtor', 'drehtor', 'hubtor', 'dammbalken'] as const;
export type GateKind = (typeof GATE_KINDS)[number];

/** Minutes it takes to close, where a gate does not say itself: settings, on the slow side. */
export const CLOSING_MINUTES: Readonly<Record<GateKind, number>> = { schiebetor: 30, stemmtor: 20, drehtor: 25, hubtor: 15, dammbalken: 90 };

export const GATE_STATES = ['open', 'closing', 'closed', 'faulty', 'unknown'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** What a sensor says: the state, since when it says so, and when it spoke last. */
export interface SensorWord {
  readonly state: GateState;
  readonly since: Temporal.Instant;
  readonly at: Temporal.Instant;
  readonly name: string;
}

/** What a person saw or did. */
export interface PersonWord {
  readonly state: GateState;
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly remark: string;
}

export interface GateFacts {
  /** Short and unique in the Lage, e.g. `P07-2`. */
  readonly code: string;
  readonly name: string;
  readonly kind: GateKind;
  readonly polder: string;
  /** At this level, in metres NHN at St. Pauli, it must be closed. */
  readonly closingMetres: number;
  readonly closingMinutes: number;
  /** Who closes it: the Polderpilot. */
  readonly pilot: string;
  readonly lon: number;
  readonly lat: number;
  /** SensorThings datastream, if it has one. */
  readonly streamId: number | null;
}

export interface Gate extends GateFacts {
  readonly id: string;
  readonly polderId: string;
  readonly sensor: SensorWord | null;
  readonly person: PersonWord | null;
}

/** A polder: what lies behind gates. */
export interface PolderFacts {
  readonly code: string;
  readonly name: string;
  readonly people: number;
  readonly facilities: number;
  readonly lon: number;
  readonly lat: number;
  readonly synthetic: boolean;
}

/** After that a sensor is silent. */
export const SENSOR_SILENT_MINUTES = 15;
/** Kept free between the end of closing and the water. */
export const SPARE_MINUTES = 30;

/** What is held to be so, and why. */
export interface Judged {
  readonly state: GateState;
  /** Who says what is held to be so. */
  readonly source: 'sensor' | 'person' | 'nobody';
  readonly at: Temporal.Instant | null;
  /** Sensor and person say different things, and neither is just older. The worse one is held to be so. */
  readonly contradiction: boolean;
  /** Has a sensor that has not spoken for too long. */
  readonly silent: boolean;
}

/** The worse the later. */
const WORSE: readonly GateState[] = ['closed', 'closing', 'unknown', 'faulty', 'open'];

export function judge(gate: Pick<Gate, 'sensor' | 'person' | 'closingMinutes' | 'streamId'>, now: Temporal.Instant): Judged {
  const { sensor, person, streamId } = gate;
  const silent = (streamId !== null || sensor !== null) && (sensor === null || minutesBetween(sensor.at, now) > SENSOR_SILENT_MINUTES);
  if (sensor === null && person === null) return { state: 'unknown', source: 'nobody', at: null, contradiction: false, silent };
  if (person === null) return { state: silent ? 'unknown' : sensor!.state, source: 'sensor', at: sensor!.at, contradiction: false, silent };
  if (sensor === null || (silent && Temporal.Instant.compare(person.at, sensor.at) >= 0))
    return { state: person.state, source: 'person', at: person.at, contradiction: false, silent };
  if (contradicts(sensor, person, gate.closingMinutes)) {
    const worse = WORSE.indexOf(sensor.state) >= WORSE.indexOf(person.state) ? 'sensor' : 'person';
    return {
      state: worse === 'sensor' ? sensor.state : person.state,
      source: worse,
      at: worse === 'sensor' ? sensor.at : person.at,
      contradiction: true,
      silent,
    };
  }
  if (Temporal.Instant.compare(person.at, sensor.since) > 0) return { state: person.state, source: 'person', at: person.at, contradiction: false, silent };
  return { state: silent ? 'unknown' : sensor.state, source: 'sensor', at: sensor.at, contradiction: false, silent };
}

/** Differing words of which neither is just what was so before the other. */
function contradicts(sensor: SensorWord, person: PersonWord, closingMinutes: number): boolean {
  if (sensor.state === person.state || sensor.state === 'unknown' || person.state === 'unknown') return false;
  const moving = sensor.state === 'closing' || person.state === 'closing';
  const [older, newer] = Temporal.Instant.compare(sensor.since, person.at) > 0 ? [person, sensor] : [sensor, person];
  // the sensor began to say so after the person had looked: a gate that goes shut is no contradiction
  if (newer === sensor && WORSE.indexOf(newer.state) < WORSE.indexOf(older.state)) return false;
  const lastHeard = newer === person ? sensor.at : sensor.since;
  const apart = Math.abs(minutesBetween(person.at, lastHeard));
  if (moving) return apart > closingMinutes;
  // the person looked after the sensor's last word: it may not have noticed yet
  return newer === sensor || Temporal.Instant.compare(sensor.at, person.at) > 0;
}

export const minutesBetween = (from: Temporal.Instant, to: Temporal.Instant): number => (to.epochMilliseconds - from.epochMilliseconds) / 60_000;

/** Until when a gate must be shut and when that has to begin. */
export interface Due {
  /** The water reaches its closing level; `null`: not as far as the forecast goes. */
  readonly waterAt: Temporal.Instant | null;
  readonly beginBy: Temporal.Instant | null;
  /** Minutes left until closing has to begin; negative: too late. */
  readonly minutesLeft: number | null;
}

export function dueOf(gate: Pick<GateFacts, 'closingMetres' | 'closingMinutes'>, expected: Expected | undefined, now: Temporal.Instant): Due {
  const waterAt = expected === undefined ? undefined : reaches(expected, gate.closingMetres);
  if (waterAt === undefined) return { waterAt: null, beginBy: null, minutesLeft: null };
  const beginBy = waterAt.subtract({ minutes: gate.closingMinutes + SPARE_MINUTES });
  return { waterAt, beginBy, minutesLeft: Math.round(minutesBetween(now, beginBy)) };
}

/** A gate as the list shows it. */
export interface GateRow {
  readonly gate: Gate;
  readonly judged: Judged;
  readonly due: Due;
}

export const isShut = ({ judged }: Pick<GateRow, 'judged'>): boolean => judged.state === 'closed' && !judged.contradiction;

/** What has to be closed first comes first; what is shut comes last. */
export function byUrgency(a: GateRow, b: GateRow): number {
  const [shutA, shutB] = [isShut(a), isShut(b)];
  if (shutA !== shutB) return shutA ? 1 : -1;
  const [inA, inB] = [a.due.minutesLeft ?? Infinity, b.due.minutesLeft ?? Infinity];
  return inA === inB ? a.gate.code.localeCompare(b.gate.code) : inA - inB;
}

/** Of a numeric or spoken result of a sensor: `0`/`1`/`2`/`3`, or the state's own name. */
export function stateOfResult(result: unknown): GateState {
  if (typeof result === 'number') return (['open', 'closing', 'closed', 'faulty'] as const)[result] ?? 'unknown';
  return GATE_STATES.find((state) => state === result) ?? 'unknown';
}

/** An area that is to be cleared. */
export interface ZoneFacts {
  readonly code: string;
  readonly name: string;
  readonly people: number;
  /** People that help to clear it, and minutes they need together. */
  readonly helpers: number;
  readonly minutes: number;
  readonly area: { readonly type: 'Polygon'; readonly coordinates: readonly (readonly (readonly [number, number])[])[] } | null;
  readonly synthetic: boolean;
}

export const ZONE_STATES = ['none', 'ordered', 'running', 'cleared'] as const;
export type ZoneState = (typeof ZONE_STATES)[number];

export interface Zone extends ZoneFacts {
  readonly id: string;
  readonly state: ZoneState;
  /** People known to have left. */
  readonly left: number;
  readonly at: Temporal.Instant | null;
  readonly by: string;
  readonly remark: string;
}
