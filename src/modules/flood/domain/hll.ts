import { DRY_METRES, GRAVITY, LONGEST_STEP_SECONDS, volumeOf, type FloodEngine, type FloodGround, type FloodWater, type WaterBalance } from './engine.ts';
import { flux, passed, velocity } from './hll-flux.ts';
import { WaterGate } from './water.ts';

export const HLL_VERSION = '1.0';
/** Of the step at which the first wave has crossed a cell; a half in each direction where there are two. */
const COURANT = 0.9;

/**
 * The shallow water equations by finite volumes of first order: HLL with hydrostatic reconstruction, wetting
 * and drying, friction implicit. For what runs fast: the wave behind a breach.
 */
export class Hll implements FloodEngine {
  readonly model = 'hll';
  readonly version = HLL_VERSION;
  seconds = 0;
  steps = 0;
  readonly depths: Float64Array;
  /** Momentum to the east and to the south, m²/s. */
  readonly eastward: Float64Array;
  readonly southward: Float64Array;
  readonly #ground: FloodGround;
  readonly #heights: Float64Array;
  readonly #gate: WaterGate;
  readonly #start: number;
  readonly #speedEast: Float64Array;
  readonly #speedSouth: Float64Array;
  readonly #change: readonly [Float64Array, Float64Array, Float64Array];

  constructor(ground: FloodGround, depths: Float64Array, water: FloodWater) {
    const cells = ground.columns * ground.rows;
    const room = (): Float64Array => new Float64Array(cells);
    this.#ground = ground;
    this.#heights = Float64Array.from(ground.heights, (height) => (Number.isNaN(height) ? 0 : height));
    this.depths = Float64Array.from(depths, (depth, cell) => (Number.isNaN(ground.heights[cell]!) ? 0 : depth));
    this.eastward = room();
    this.southward = room();
    this.#speedEast = room();
    this.#speedSouth = room();
    this.#change = [room(), room(), room()];
    this.#gate = new WaterGate({ cellMetres: ground.cellMetres, heights: this.#heights }, water);
    this.#start = volumeOf(this.depths, ground.cellMetres);
  }

  runUntil(until: number): void {
    const { cellMetres } = this.#ground;
    while (this.seconds < until) {
      const left = until - this.seconds;
      const step = Math.min((COURANT * cellMetres) / this.#fastest(), LONGEST_STEP_SECONDS, left);
      this.#exchange();
      this.#apply(step);
      this.steps += 1;
      this.seconds = step === left ? until : this.seconds + step;
      this.#gate.let(this.depths, this.seconds, step);
    }
  }

  /** Velocities of all cells. @returns the speed of the fastest wave, of both directions together */
  #fastest(): number {
    const { columns, rows } = this.#ground;
    let fastest = 1e-9;
    for (let cell = 0; cell < this.depths.length; cell++) {
      const depth = this.depths[cell]!;
      if (depth <= DRY_METRES) {
        this.#speedEast[cell] = 0;
        this.#speedSouth[cell] = 0;
        continue;
      }
      const east = (this.#speedEast[cell] = velocity(depth, this.eastward[cell]!));
      const south = (this.#speedSouth[cell] = velocity(depth, this.southward[cell]!));
      const celerity = Math.sqrt(GRAVITY * depth);
      const both = (columns > 1 ? Math.abs(east) + celerity : 0) + (rows > 1 ? Math.abs(south) + celerity : 0);
      if (both > fastest) fastest = both;
    }
    return fastest;
  }

  /** What every cell gains through its edges in a second. */
  #exchange(): void {
    const { columns, rows, crests } = this.#ground;
    const { depths } = this;
    for (const change of this.#change) change.fill(0);
    for (let row = 0, cell = 0; row < rows; row++) {
      if (columns > 1) this.#endWalls(row * columns, row * columns + columns - 1, 1);
      for (let column = 0; column < columns; column++, cell++) {
        if (column < columns - 1 && (depths[cell]! > 0 || depths[cell + 1]! > 0)) this.#through(cell, cell + 1, crests.east[cell]!, 1);
        if (row < rows - 1 && (depths[cell]! > 0 || depths[cell + columns]! > 0)) this.#through(cell, cell + columns, crests.south[cell]!, 2);
      }
    }
    if (rows > 1) for (let column = 0; column < columns; column++) this.#endWalls(column, (rows - 1) * columns + column, 2);
  }

  #through(before: number, behind: number, crest: number, axis: 1 | 2): void {
    const across = axis === 1 ? this.#speedEast : this.#speedSouth;
    const along = axis === 1 ? this.#speedSouth : this.#speedEast;
    const [water, momentum, sideways] = [this.#change[0], this.#change[axis], this.#change[axis === 1 ? 2 : 1]];
    const { depths } = this;
    const heights = this.#heights;
    if (crest === Infinity) this.#wall(before, behind, momentum, across);
    else {
      flux(depths[before]!, heights[before]!, across[before]!, along[before]!, depths[behind]!, heights[behind]!, across[behind]!, along[behind]!, crest);
      water[before]! -= passed.water;
      water[behind]! += passed.water;
      momentum[before]! -= passed.momentumBefore;
      momentum[behind]! += passed.momentumBehind;
      sideways[before]! -= passed.sideways;
      sideways[behind]! += passed.sideways;
    }
  }

  /** Nothing passes: each side meets its own mirror image, which pushes back (Toro 2001, 6.4). */
  #wall(before: number, behind: number, momentum: Float64Array, across: Float64Array): void {
    momentum[before]! -= mirrored(this.depths[before]!, across[before]!);
    momentum[behind]! += mirrored(this.depths[behind]!, -across[behind]!);
  }

  #endWalls(first: number, last: number, axis: 1 | 2): void {
    const across = axis === 1 ? this.#speedEast : this.#speedSouth;
    const momentum = this.#change[axis];
    momentum[first]! += mirrored(this.depths[first]!, -across[first]!);
    momentum[last]! -= mirrored(this.depths[last]!, across[last]!);
  }

  #apply(step: number): void {
    const { cellMetres, roughness } = this.#ground;
    const [water, east, south] = this.#change;
    const share = step / cellMetres;
    const drag = GRAVITY * roughness * roughness * step;
    for (let cell = 0; cell < this.depths.length; cell++) {
      const depth = Math.max(0, this.depths[cell]! + share * water[cell]!);
      this.depths[cell] = depth;
      if (depth <= DRY_METRES) {
        this.eastward[cell] = 0;
        this.southward[cell] = 0;
        continue;
      }
      const toEast = this.eastward[cell]! + share * east[cell]!;
      const toSouth = this.southward[cell]! + share * south[cell]!;
      const slowed = drag === 0 ? 1 : 1 + (drag * Math.hypot(velocity(depth, toEast), velocity(depth, toSouth))) / (depth * Math.cbrt(depth));
      this.eastward[cell] = toEast / slowed;
      this.southward[cell] = toSouth / slowed;
    }
  }

  balance(): WaterBalance {
    const { throughTide, throughInflow } = this.#gate;
    return { start: this.#start, throughTide, throughInflow, inside: volumeOf(this.depths, this.#ground.cellMetres) };
  }
}

/** Push of a wall on water that runs against it: the HLL flow between a cell and its mirror image. */
function mirrored(depth: number, towards: number): number {
  if (depth <= DRY_METRES) return (GRAVITY / 2) * depth * depth;
  const celerity = Math.sqrt(GRAVITY * depth);
  const force = depth * towards * towards + (GRAVITY / 2) * depth * depth;
  return Math.max(0, force + Math.max(celerity - towards, celerity + towards / 2) * depth * towards);
}
