import { GRAVITY, LONGEST_STEP_SECONDS, volumeOf, type FloodEngine, type FloodGround, type FloodWater, type WaterBalance } from './engine.ts';
import { DEEPEST_METRES, depthRows, flowRows, type InertialFields } from './inertial-step.ts';
import { WaterGate } from './water.ts';

export const INERTIAL_VERSION = '1.0';
/**
 * Share of the step at which a long wave crosses a cell (Bates et al. 2010, eq. 14). With θ = 0.8 the shortest
 * wave in both directions, for which q̄ = 0.6 q, grows above √0.4 = 0.63: 8 c² must stay below 2 (1 + 0.6).
 */
const COURANT = 0.5;

/** Who calculates the rows: this thread alone, or several with a part each. All give the same to the last bit. */
export interface RowWorkers {
  /** Both halves of a step for all rows. @returns the deepest cell */
  readonly step: (seconds: number, turn: number) => number;
}

export type Room = (cells: number) => Float64Array;

/** Arrays of the model, with the ground and its crests. @param room where they lie, e.g. in shared memory */
export function inertialFields({ columns, rows, cellMetres, heights, crests, roughness }: FloodGround, depths: Float64Array, room: Room): InertialFields {
  const cells = columns * rows;
  const ground = room(cells);
  const depth = room(cells);
  // no level is ever this high, and no edge to such a cell lets anything through
  for (let cell = 0; cell < cells; cell++) ground[cell] = Number.isNaN(heights[cell]!) ? 0 : heights[cell]!;
  for (let cell = 0; cell < cells; cell++) depth[cell] = Number.isNaN(heights[cell]!) ? 0 : depths[cell]!;
  const flowEast = room(cells);
  const flowSouth = [room(cells), room(cells)] as const;
  const friction = GRAVITY * roughness * roughness;
  return { columns, rows, cellMetres, friction, ground, depth, crestEast: crests.east, crestSouth: crests.south, flowEast, flowSouth };
}

/** One thread calculates all rows. */
export const alone = (fields: InertialFields): RowWorkers => ({
  step(seconds, turn) {
    flowRows(fields, 0, fields.rows, seconds, turn);
    return depthRows(fields, 0, fields.rows, seconds, turn);
  },
});

/** The local inertial model of Bates, Horritt & Fewtrell (2010): the tide over land, not the wave behind a breach. */
export class LocalInertial implements FloodEngine {
  readonly model = 'inertial';
  readonly version = INERTIAL_VERSION;
  seconds = 0;
  steps = 0;
  readonly #fields: InertialFields;
  readonly #workers: RowWorkers;
  readonly #gate: WaterGate;
  readonly #start: number;
  #deepest: number;

  constructor(fields: InertialFields, water: FloodWater, workers: RowWorkers = alone(fields)) {
    this.#fields = fields;
    this.#workers = workers;
    this.#gate = new WaterGate({ cellMetres: fields.cellMetres, heights: fields.ground }, water);
    this.#start = volumeOf(fields.depth, fields.cellMetres);
    this.#deepest = fields.depth.reduce((most, depth) => Math.max(most, depth), 0);
  }

  get depths(): Float64Array {
    return this.#fields.depth;
  }

  runUntil(until: number): void {
    const { depth, cellMetres } = this.#fields;
    while (this.seconds < until) {
      const wave = (COURANT * cellMetres) / Math.sqrt(GRAVITY * Math.max(this.#deepest, 1e-9));
      const left = until - this.seconds;
      const step = Math.min(wave, LONGEST_STEP_SECONDS, left);
      const deepest = this.#workers.step(step, this.steps & 1);
      this.steps += 1;
      this.seconds = step === left ? until : this.seconds + step;
      this.#deepest = Math.max(deepest, this.#gate.let(depth, this.seconds, step));
      if (!(this.#deepest < DEEPEST_METRES)) throw new RangeError(`water of ${this.#deepest} m: the model ends at ${DEEPEST_METRES} m`);
    }
  }

  balance(): WaterBalance {
    const { throughTide, throughInflow } = this.#gate;
    return { start: this.#start, throughTide, throughInflow, inside: volumeOf(this.#fields.depth, this.#fields.cellMetres) };
  }
}
