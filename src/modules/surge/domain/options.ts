import type { GateRow, Zone } from './gates.ts';
import { isShut } from './gates.ts';

/** One thing that could be done, as it is asked. */
export interface OptionInput {
  readonly title: string;
  readonly kind: 'close-gates' | 'evacuate' | 'wait' | 'other';
  readonly gateIds: readonly string[];
  readonly zoneIds: readonly string[];
  /** For what is computed from nothing else, and instead of what is computed. */
  readonly minutes?: number | undefined;
  readonly helpers?: number | undefined;
  readonly people?: number | undefined;
}

export interface PolderReach {
  readonly id: string;
  readonly people: number;
  readonly facilities: number;
}

export interface OptionFacts {
  readonly gates: readonly GateRow[];
  readonly zones: readonly Zone[];
  readonly polders: readonly PolderReach[];
  /** Until the peak. */
  readonly minutesToPeak: number | null;
  /** Free helpers; `null`: nobody knows. */
  readonly available: number | null;
}

/** An option in figures: whom it reaches, time and forces it needs and there are. */
export interface OptionFigures {
  readonly title: string;
  readonly kind: OptionInput['kind'];
  readonly people: number;
  readonly facilities: number;
  readonly minutesNeeded: number;
  readonly minutesLeft: number | null;
  readonly helpersNeeded: number;
  readonly helpersAvailable: number | null;
  readonly verdict: 'possible' | 'too-late' | 'too-few' | 'unknown';
}

/** Minutes from one forecast to the next. */
const UNTIL_NEXT_FORECAST = 60;
/** A Polderpilot closes with one more beside him. */
const CREW = 2;

export const compareOptions = (options: readonly OptionInput[], facts: OptionFacts): OptionFigures[] => options.map((option) => figuresOf(option, facts));

function figuresOf(option: OptionInput, { gates, zones, polders, minutesToPeak, available }: OptionFacts): OptionFigures {
  const chosen = gates.filter(({ gate }) => option.gateIds.includes(gate.id));
  const open = chosen.filter((row) => !isShut(row));
  const areas = zones.filter(({ id, state }) => option.zoneIds.includes(id) && state !== 'cleared');
  const behind = polders.filter(({ id }) => chosen.some(({ gate }) => gate.polderId === id));
  const pilots = new Map<string, number>();
  // one pilot closes one gate after the other; pilots work side by side
  for (const { gate } of open) pilots.set(gate.pilot, (pilots.get(gate.pilot) ?? 0) + gate.closingMinutes);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const minutesNeeded =
    option.minutes ?? Math.max(option.kind === 'wait' ? UNTIL_NEXT_FORECAST : 0, ...pilots.values(), ...areas.map(({ minutes }) => minutes));
  const helpersNeeded = option.helpers ?? pilots.size * CREW + sum(areas.map(({ helpers }) => helpers));
  // who waits loses every gate whose closing has to begin meanwhile
  const toWater =
    option.kind === 'wait'
      ? gates.filter((row) => !isShut(row)).map(({ due }) => due.minutesLeft ?? Infinity)
      : open.map(({ due, gate }) => (due.minutesLeft === null ? Infinity : due.minutesLeft + gate.closingMinutes));
  const nearest = Math.min(...toWater, areas.length > 0 || open.length === 0 ? (minutesToPeak ?? Infinity) : Infinity);
  const minutesLeft = Number.isFinite(nearest) ? nearest : null;
  return {
    title: option.title,
    kind: option.kind,
    people: option.people ?? sum(behind.map(({ people }) => people)) + sum(areas.map(({ people, left }) => Math.max(0, people - left))),
    facilities: sum(behind.map(({ facilities }) => facilities)),
    minutesNeeded,
    minutesLeft,
    helpersNeeded,
    helpersAvailable: available,
    verdict: verdictOf({ minutesNeeded, minutesLeft, helpersNeeded, available }),
  };
}

function verdictOf(f: { minutesNeeded: number; minutesLeft: number | null; helpersNeeded: number; available: number | null }): OptionFigures['verdict'] {
  if (f.minutesLeft !== null && f.minutesNeeded > f.minutesLeft) return 'too-late';
  if (f.available !== null && f.helpersNeeded > f.available) return 'too-few';
  return f.minutesLeft === null || (f.available === null && f.helpersNeeded > 0) ? 'unknown' : 'possible';
}
