import type { Crests } from './structures.ts';

/** What a dynamic engine calculates on. All lengths in metres, times in seconds from the start of the run. */
export interface FloodGround {
  readonly columns: number;
  readonly rows: number;
  readonly cellMetres: number;
  /** `NaN`: no ground, no water. */
  readonly heights: Float32Array | Float64Array;
  /** May change while it runs: a breach lowers the crest of an edge. */
  readonly crests: Crests;
  /** Manning's n, s/m^(1/3). */
  readonly roughness: number;
}

/** Water that comes from outside. */
export interface FloodWater {
  /** Cells whose level follows a gauge, e.g. the river at the border of the grid. */
  readonly tide?: { readonly cells: Int32Array; readonly levelAt: (seconds: number) => number };
  /** Water that is poured in, the same share into each cell. */
  readonly inflow?: { readonly cells: Int32Array; readonly cubicMetresPerSecondAt: (seconds: number) => number };
}

/** Where water has come from, in cubic metres: `inside = start + throughTide + throughInflow`, but for rounding. */
export interface WaterBalance {
  readonly start: number;
  readonly throughTide: number;
  readonly throughInflow: number;
  readonly inside: number;
}

export interface FloodEngine {
  readonly model: 'inertial' | 'hll';
  readonly version: string;
  /** Depth of each cell now. */
  readonly depths: Float64Array;
  /** Seconds since the start of the run. */
  readonly seconds: number;
  readonly steps: number;
  /** Calculates up to exactly this time. */
  readonly runUntil: (seconds: number) => void;
  readonly balance: () => WaterBalance;
}

export const GRAVITY = 9.81;
/** Below this depth a cell counts as dry: nothing flows out of it. */
export const DRY_METRES = 1e-6;
/** Models of flow over land say nothing for smoother ground (facts of the method: n of 0.03 and more). */
export const LEAST_ROUGHNESS = 0.03;
/** No step takes longer, also where all is dry. */
export const LONGEST_STEP_SECONDS = 10;

/** A volume of water: many small parts are added with a second number for what the first one loses (Neumaier 1974). */
export function volumeOf(depths: Float64Array, cellMetres: number): number {
  let sum = 0;
  let lost = 0;
  for (let cell = 0; cell < depths.length; cell++) {
    const depth = depths[cell]!;
    const next = sum + depth;
    lost += Math.abs(sum) >= depth ? sum - next + depth : depth - next + sum;
    sum = next;
  }
  return (sum + lost) * cellMetres * cellMetres;
}
