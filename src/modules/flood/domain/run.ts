import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { LEAST_ROUGHNESS, type FloodEngine } from './engine.ts';
import { HLL_VERSION } from './hll.ts';
import { INERTIAL_VERSION } from './inertial.ts';
import type { Structure, StructureState } from './structures.ts';
import { levelCurve, stormTide } from './tide.ts';

export type Model = FloodEngine['model'];
export const MODEL_VERSION: Readonly<Record<Model, string>> = { inertial: INERTIAL_VERSION, hll: HLL_VERSION };

/** Where a dyke or a gate gives way. */
export interface Breach {
  readonly structureId: string;
  /** Where on a dyke, in degrees; absent: its middle. */
  readonly place?: readonly [number, number];
  /** Of a dyke; a gate fails as a whole. */
  readonly widthMetres: number;
}

/** What is to be calculated. */
export interface RunInput {
  readonly gridId: string;
  readonly title: string;
  readonly model: Model;
  /** Peaks of the gauge, metres above NHN: each is calculated, with the same curve else. */
  readonly peaksMetres: readonly number[];
  readonly startMetres: number;
  readonly lowMetres: number;
  readonly peakAfterHours: number;
  readonly hours: number;
  /** A curve that was forecast, instead of the made-up shape; it is stretched to each peak. */
  readonly curve?: readonly { readonly minutes: number; readonly levelMetres: number }[];
  readonly roughness: number;
  /** Gates that are not closed. */
  readonly gates: Readonly<Record<string, 'open' | 'failed'>>;
  readonly breaches: readonly Breach[];
  /** Each breach in a member of its own, and one without any; else all at once. */
  readonly eachBreach: boolean;
  readonly breachAfterHours: number;
}

export const RUN_LIMITS = {
  members: 24,
  peaks: 8,
  hours: 24,
  curvePoints: 500,
  /** Waiting or running in one Lage. */
  openRuns: 4,
  /** Cells of the ground a member is calculated on. */
  cells: 400_000,
  /** How long a member should take on one core, at the speed the models have at least. */
  memberSeconds: 60,
  /** After that it is ended. */
  runSeconds: 1_800,
} as const;

const LEVELS = [-5, 15] as const;

/** Finds every mistake at once. */
export function checkRun(input: RunInput, structures: readonly Structure[], lowestMetres: number): Result<RunInput, Problem> {
  const problems: FieldProblem[] = [];
  const need = (good: boolean, field: string, message: string): void => {
    if (!good) problems.push({ field, message });
  };
  const level = (value: number): boolean => value >= LEVELS[0] && value <= LEVELS[1];
  const { peaksMetres: peaks, startMetres, lowMetres, hours, peakAfterHours, roughness, gates, breaches, curve } = input;
  need(input.title.length <= 120, 'title', 'Schreiben Sie höchstens 120 Zeichen.');
  need(
    peaks.length > 0 && peaks.length <= RUN_LIMITS.peaks && peaks.every(level),
    'peaksMetres',
    `Nennen Sie 1 bis ${RUN_LIMITS.peaks} Scheitel zwischen ${LEVELS[0]} und ${LEVELS[1]} m über NHN, zum Beispiel 5,5; 6,0; 6,5.`,
  );
  need(level(startMetres), 'startMetres', 'Der Pegel am Anfang liegt zwischen -5 und 15 m über NHN.');
  need(level(lowMetres) && peaks.every((peak) => lowMetres <= peak), 'lowMetres', 'Das Niedrigwasser liegt nicht über dem Scheitel.');
  need(
    peaks.every((peak) => startMetres <= peak),
    'startMetres',
    'Der Pegel am Anfang liegt nicht über dem Scheitel.',
  );
  need(hours > 0 && hours <= RUN_LIMITS.hours, 'hours', `Rechnen Sie höchstens ${RUN_LIMITS.hours} Stunden.`);
  need(peakAfterHours > 0 && peakAfterHours <= hours, 'peakAfterHours', 'Der Scheitel kommt innerhalb der gerechneten Stunden.');
  need(roughness >= LEAST_ROUGHNESS && roughness <= 0.2, 'roughness', `Die Rauheit n liegt zwischen ${LEAST_ROUGHNESS} und 0,2.`);
  need(input.breachAfterHours >= 0 && input.breachAfterHours <= hours, 'breachAfterHours', 'Der Bruch kommt innerhalb der gerechneten Stunden.');
  need(Math.max(...peaks) - lowestMetres < 60, 'peaksMetres', 'Das Wasser wäre tiefer als 60 m. Prüfen Sie die Höhen des Rasters.');
  const gateIds = new Set(structures.filter(({ kind }) => kind === 'gate').map(({ id }) => id));
  for (const id of Object.keys(gates)) need(gateIds.has(id), 'gates', `Das Tor „${id}“ gibt es in diesem Raster nicht.`);
  for (const { structureId, widthMetres } of breaches) {
    need(
      structures.some(({ id }) => id === structureId),
      'breaches',
      `Das Bauwerk „${structureId}“ gibt es in diesem Raster nicht.`,
    );
    need(widthMetres >= 1 && widthMetres <= 2_000, 'breaches', 'Eine Bruchstelle ist 1 bis 2.000 m breit.');
  }
  if (curve !== undefined) {
    const rising = curve.every(({ minutes }, n) => n === 0 || minutes > curve[n - 1]!.minutes);
    const good = curve.length >= 2 && curve.length <= RUN_LIMITS.curvePoints && rising && curve.every(({ levelMetres }) => level(levelMetres));
    need(good, 'curve', `Die Ganglinie hat 2 bis ${RUN_LIMITS.curvePoints} Punkte, die zeitlich aufeinander folgen, mit Pegeln zwischen -5 und 15 m.`);
  }
  need(
    membersOf(input).length <= RUN_LIMITS.members,
    'breaches',
    `Es wären mehr als ${RUN_LIMITS.members} Rechnungen. Nehmen Sie weniger Scheitel oder Brüche.`,
  );
  return problems.length === 0 ? ok(input) : refuse(invalidFields(problems));
}

/** One combination of the ensemble. */
export interface MemberInput {
  readonly number: number;
  readonly peakMetres: number;
  readonly breaches: readonly Breach[];
}

export function membersOf({ peaksMetres, breaches, eachBreach }: Pick<RunInput, 'peaksMetres' | 'breaches' | 'eachBreach'>): readonly MemberInput[] {
  const cases: readonly (readonly Breach[])[] = eachBreach ? [[], ...breaches.map((one) => [one])] : [breaches];
  return peaksMetres.flatMap((peakMetres) => cases.map((one) => ({ peakMetres, breaches: one }))).map((one, n) => ({ number: n + 1, ...one }));
}

/** Level of the gauge for a member. */
export function gaugeOf({ startMetres, lowMetres, peakAfterHours, curve }: RunInput, peakMetres: number): (seconds: number) => number {
  if (curve === undefined) return stormTide(startMetres, peakMetres, peakAfterHours, lowMetres);
  const highest = Math.max(...curve.map(({ levelMetres }) => levelMetres));
  const lowest = Math.min(...curve.map(({ levelMetres }) => levelMetres));
  const stretch = highest === lowest ? 0 : (peakMetres - lowest) / (highest - lowest);
  return levelCurve(curve.map(({ minutes, levelMetres }) => ({ seconds: minutes * 60, levelMetres: lowest + (levelMetres - lowest) * stretch })));
}

export const statesOf = ({ gates }: Pick<RunInput, 'gates'>): Readonly<Record<string, StructureState>> => gates;

/** Cell updates a second that a model reaches on one core at least. */
const SPEED: Readonly<Record<Model, number>> = { inertial: 30e6, hll: 4e6 };

/** How many cells must become one, so that a member is done in its time. */
export function coarseningOf(
  { model, hours, peaksMetres }: Pick<RunInput, 'model' | 'hours' | 'peaksMetres'>,
  grid: { readonly columns: number; readonly rows: number; readonly cellMetres: number },
  lowestMetres: number,
): number {
  const deepest = Math.max(1, Math.max(...peaksMetres) - lowestMetres);
  for (let factor = 1; ; factor++) {
    const cells = Math.ceil(grid.columns / factor) * Math.ceil(grid.rows / factor);
    const steps = (hours * 3600 * Math.sqrt(9.81 * deepest)) / (0.5 * grid.cellMetres * factor);
    if ((cells <= RUN_LIMITS.cells && (cells * steps) / SPEED[model] <= RUN_LIMITS.memberSeconds) || cells <= 400) return factor;
  }
}
