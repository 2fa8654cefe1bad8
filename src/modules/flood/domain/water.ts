import type { FloodGround, FloodWater } from './engine.ts';

/** Lets water in from outside, after each step, and keeps count of it. */
export class WaterGate {
  readonly #ground: Pick<FloodGround, 'cellMetres' | 'heights'>;
  readonly #water: FloodWater;
  throughTide = 0;
  throughInflow = 0;

  constructor(ground: Pick<FloodGround, 'cellMetres' | 'heights'>, water: FloodWater) {
    this.#ground = ground;
    this.#water = water;
  }

  /** @returns the deepest cell that was touched */
  let(depths: Float64Array, now: number, stepSeconds: number): number {
    const { cellMetres, heights } = this.#ground;
    const { tide, inflow } = this.#water;
    const area = cellMetres * cellMetres;
    let deepest = 0;
    if (inflow !== undefined) {
      // the middle of the step: exact for a curve of straight lines
      const volume = inflow.cubicMetresPerSecondAt(now - stepSeconds / 2) * stepSeconds;
      const share = volume / area / inflow.cells.length;
      for (const cell of inflow.cells) {
        depths[cell]! += share;
        if (depths[cell]! > deepest) deepest = depths[cell]!;
      }
      this.throughInflow += volume;
    }
    if (tide !== undefined) {
      const level = tide.levelAt(now);
      let gained = 0;
      for (const cell of tide.cells) {
        const depth = Math.max(0, level - heights[cell]!);
        gained += depth - depths[cell]!;
        depths[cell] = depth;
        if (depth > deepest) deepest = depth;
      }
      this.throughTide += gained * area;
    }
    return deepest;
  }
}
