import type { Crests, Edge } from './structures.ts';

/**
 * Whole centimetres above NHN: a level finer than that would only look exact. `DRY` is what no level
 * reaches: no way for the water, or no ground.
 */
export type Centimetres = Int16Array;
export const DRY = 32_767;
const LOWEST = -32_000;
const HIGHEST = 32_000;

/** Rounded up, so that a crest is never lower than it is. */
export const centimetres = (metres: number): number =>
  metres === Infinity || Number.isNaN(metres) ? DRY : Math.min(HIGHEST, Math.max(LOWEST, Math.ceil(metres * 100 - 1e-6)));

/** Crests in centimetres, of the eastern and the southern edge of each cell. */
export interface SpillGround {
  readonly columns: number;
  readonly rows: number;
  readonly east: Centimetres;
  readonly south: Centimetres;
}

export function spillGround({ columns, rows }: { readonly columns: number; readonly rows: number }, { east, south }: Crests): SpillGround {
  return { columns, rows, east: Int16Array.from(east, centimetres), south: Int16Array.from(south, centimetres) };
}

/**
 * The lowest level of the sources at which each cell gets wet: the highest crest of the best way from
 * a source (priority flood, Barnes, Lehman & Mulla 2014, with a bucket for every centimetre).
 * @param sources cells whose level is the gauge's
 */
export function spillLevels(ground: SpillGround, sources: ArrayLike<number>, heights: Float32Array | Float64Array): Centimetres {
  const spill = new Int16Array(ground.columns * ground.rows).fill(DRY);
  const flood = new Flood(ground, spill);
  for (let n = 0; n < sources.length; n++) flood.reach(sources[n]!, centimetres(heights[sources[n]!]!));
  flood.spread();
  return spill;
}

/**
 * The same after the crests of some edges were lowered: only what now floods at a lower level is
 * calculated anew. Where nothing is lower, nothing is done.
 * @param spill of the ground with these edges as they were; it is not changed
 */
export function spillLowered(ground: SpillGround, spill: Centimetres, lowered: ReadonlyMap<Edge, number>): Centimetres {
  const east = ground.east;
  const south = ground.south;
  const before: (readonly [Edge, number])[] = [];
  for (const [edge, crest] of lowered) {
    const crests = (edge & 1) === 1 ? south : east;
    before.push([edge, crests[edge >> 1]!]);
    crests[edge >> 1] = Math.min(crests[edge >> 1]!, centimetres(crest));
  }
  const after = Int16Array.from(spill);
  const flood = new Flood(ground, after);
  for (const edge of lowered.keys()) flood.through(edge);
  flood.spread();
  // the ground is kept for the next question, with its edges as they were
  for (const [edge, crest] of before) ((edge & 1) === 1 ? south : east)[edge >> 1] = crest;
  return after;
}

/** Cells to be looked at, lowest level first: a chain of cells for every centimetre. */
class Flood {
  readonly #ground: SpillGround;
  readonly #spill: Centimetres;
  /** First place of the chain of each level, and for each place its cell and the next one. */
  readonly #first = new Int32Array(HIGHEST - LOWEST + 2).fill(-1);
  #cells = new Int32Array(1 << 16);
  #next = new Int32Array(1 << 16);
  #stack = new Int32Array(1 << 16);
  #used = 0;
  #free = -1;
  #lowest = HIGHEST + 1;

  constructor(ground: SpillGround, spill: Centimetres) {
    this.#ground = ground;
    this.#spill = spill;
  }

  reach(cell: number, level: number): void {
    if (level >= this.#spill[cell]!) return;
    this.#spill[cell] = level;
    let place = this.#free;
    if (place >= 0) this.#free = this.#next[place]!;
    else place = this.#used++;
    if (place === this.#cells.length) this.#grow();
    this.#cells[place] = cell;
    this.#next[place] = this.#first[level - LOWEST]!;
    this.#first[level - LOWEST] = place;
    if (level < this.#lowest) this.#lowest = level;
  }

  #grow(): void {
    const [cells, next] = [this.#cells, this.#next];
    this.#cells = new Int32Array(cells.length * 4);
    this.#cells.set(cells);
    this.#next = new Int32Array(next.length * 4);
    this.#next.set(next);
  }

  /** What reaches one side of an edge may reach the other. */
  through(edge: Edge): void {
    const cell = edge >> 1;
    const south = (edge & 1) === 1;
    const other = cell + (south ? this.#ground.columns : 1);
    const crest = (south ? this.#ground.south : this.#ground.east)[cell]!;
    if (crest === DRY) return;
    this.reach(other, Math.max(crest, this.#spill[cell]!));
    this.reach(cell, Math.max(crest, this.#spill[other]!));
  }

  spread(): void {
    for (let level = this.#lowest; level <= HIGHEST; level++) {
      for (let place = this.#first[level - LOWEST]!; place >= 0; place = this.#first[level - LOWEST]!) {
        this.#first[level - LOWEST] = this.#next[place]!;
        this.#next[place] = this.#free;
        this.#free = place;
        // else a later, lower way was faster
        if (this.#spill[this.#cells[place]!] === level) this.#fill(this.#cells[place]!, level);
      }
    }
    this.#lowest = HIGHEST + 1;
  }

  /** All that lies behind a cell and floods with it: most of a polder, at one level. */
  #fill(from: number, level: number): void {
    const { columns, east, south } = this.#ground;
    const spill = this.#spill;
    let stack = this.#stack;
    let height = 1;
    stack[0] = from;
    while (height > 0) {
      const cell = stack[--height]!;
      if (height + 4 > stack.length) stack = this.#higherStack();
      // written out four times: a loop over the sides takes twice as long. An edge that nothing passes is as high as `DRY`
      if (cell >= columns) {
        const other = cell - columns;
        const crest = south[other]!;
        if (crest <= level) {
          if (level < spill[other]!) {
            spill[other] = level;
            stack[height++] = other;
          }
        } else if (crest < spill[other]!) this.reach(other, crest);
      }
      if (cell + columns < spill.length) {
        const other = cell + columns;
        const crest = south[cell]!;
        if (crest <= level) {
          if (level < spill[other]!) {
            spill[other] = level;
            stack[height++] = other;
          }
        } else if (crest < spill[other]!) this.reach(other, crest);
      }
      if (cell > 0) {
        const other = cell - 1;
        const crest = east[other]!;
        if (crest <= level) {
          if (level < spill[other]!) {
            spill[other] = level;
            stack[height++] = other;
          }
        } else if (crest < spill[other]!) this.reach(other, crest);
      }
      if (cell + 1 < spill.length) {
        const other = cell + 1;
        const crest = east[cell]!;
        if (crest <= level) {
          if (level < spill[other]!) {
            spill[other] = level;
            stack[height++] = other;
          }
        } else if (crest < spill[other]!) this.reach(other, crest);
      }
    }
  }

  #higherStack(): Int32Array<ArrayBuffer> {
    const stack = new Int32Array(this.#stack.length * 4);
    stack.set(this.#stack);
    this.#stack = stack;
    return stack;
  }
}

/** Depth in whole centimetres at a level of the sources, 0 where it stays dry; with what it comes to. */
export interface Flooded {
  readonly depths: Uint16Array;
  readonly cells: number;
  readonly deepestCentimetres: number;
}

/** @param heights of the ground, in metres */
export function floodedAt(spill: Centimetres, heights: Float32Array | Float64Array, levelMetres: number): Flooded {
  const level = Math.floor(levelMetres * 100 + 1e-6);
  const depths = new Uint16Array(spill.length);
  let cells = 0;
  let deepest = 0;
  for (let cell = 0; cell < spill.length; cell++) {
    if (spill[cell]! > level) continue;
    const depth = level - heights[cell]! * 100;
    if (depth < 1) continue;
    depths[cell] = depth;
    cells += 1;
    if (depth > deepest) deepest = depth;
  }
  return { depths, cells, deepestCentimetres: Math.floor(deepest) };
}
