import { DRY_METRES, GRAVITY } from './engine.ts';

/** Arrays of the local inertial model; in memory that threads share, where several calculate. */
export interface InertialFields {
  readonly columns: number;
  readonly rows: number;
  readonly cellMetres: number;
  /** g n², of Manning's friction. */
  readonly friction: number;
  /** Ground; a wall stands where there is none. */
  readonly ground: Float64Array;
  readonly depth: Float64Array;
  readonly crestEast: Float64Array;
  readonly crestSouth: Float64Array;
  /** Flow through the eastern and the southern edge, m²/s; the southern one before and after a step, in turn. */
  readonly flowEast: Float64Array;
  readonly flowSouth: readonly [Float64Array, Float64Array];
}

/** Weight of the own edge against its two neighbours (de Almeida et al. 2012, eq. 8). */
const THETA = 0.8;
const BESIDE = (1 - THETA) / 2;

/** Deeper water is not in the table below; no gauge's river is. */
export const DEEPEST_METRES = 64;
/** Depths from 2^-20 m to 2^6 m: the exponent of a number of 32 bits and the first 7 bits of what follows it. */
const FIRST = (127 - 20) << 7;
const ROOMS = Float64Array.from({ length: (26 << 7) + 2 }, (_, n) => {
  const [exponent, part] = [(n >> 7) - 20, (n & 127) / 128];
  return (2 ** exponent * (1 + part)) ** (7 / 3);
});
const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/**
 * h^(7/3) of a depth between `DRY_METRES` and 64 m, from a table with straight lines between: off by less than
 * 3e-5, which is nothing against what is known of n. A power function would take half of the whole step.
 */
function room73(depth: number): number {
  single[0] = depth;
  const number = bits[0]!;
  const place = (number >> 16) - FIRST;
  const below = ROOMS[place]!;
  return below + (number & 65_535) * (1 / 65_536) * (ROOMS[place + 1]! - below);
}

/**
 * Flow through the edges of rows `from` up to, not including, `to` (Bates, Horritt & Fewtrell 2010, eq. 11):
 * q' = (q̄ - g h Δt ∂η/∂x) / (1 + g Δt n² |q| / h^(7/3)), q̄ of de Almeida et al. 2012. Here h is the depth
 * of water over the crest of the edge. No edge takes more than a quarter of the water of the cell it comes
 * from: so no depth becomes negative, whatever the other edges do.
 * @param turn 0 or 1: which of the two southern flows is the earlier one
 */
export function flowRows(fields: InertialFields, from: number, to: number, seconds: number, turn: number): void {
  const { columns, rows, cellMetres, friction, ground, depth, crestEast, crestSouth, flowEast, flowSouth } = fields;
  const before = flowSouth[turn]!;
  const after = flowSouth[1 - turn]!;
  const pull = (GRAVITY * seconds) / cellMetres;
  const drag = friction * seconds;
  const most = cellMetres / (4 * seconds);
  for (let row = from; row < to; row++) {
    const first = row * columns;
    const end = first + columns;
    let west = 0;
    let here = ground[first]! + depth[first]!;
    const south = row < rows - 1 ? columns : 0;
    const north = row > 0 ? columns : 0;
    for (let cell = first; cell < end; cell++) {
      const water = depth[cell]!;
      const below = cell + south;
      const under = ground[below]! + depth[below]!;
      const overSouth = (here > under ? here : under) - crestSouth[cell]!;
      if (overSouth > DRY_METRES) {
        const own = before[cell]!;
        const mean = THETA * own + BESIDE * ((north === 0 ? 0 : before[cell - north]!) + before[below]!);
        const room = room73(overSouth);
        const flow = ((mean - pull * overSouth * (under - here)) * room) / (room + drag * (own < 0 ? -own : own));
        const out = most * water;
        const back = -most * depth[below]!;
        after[cell] = flow > out ? out : flow < back ? back : flow;
      } else after[cell] = 0;
      const next = cell + 1 < end ? cell + 1 : cell;
      const there = ground[next]! + depth[next]!;
      const own = flowEast[cell]!;
      const overEast = (here > there ? here : there) - crestEast[cell]!;
      if (overEast > DRY_METRES) {
        const mean = THETA * own + BESIDE * (west + flowEast[next]!);
        const room = room73(overEast);
        const flow = ((mean - pull * overEast * (there - here)) * room) / (room + drag * (own < 0 ? -own : own));
        const out = most * water;
        const back = -most * depth[next]!;
        flowEast[cell] = flow > out ? out : flow < back ? back : flow;
      } else flowEast[cell] = 0;
      west = own;
      here = there;
    }
  }
}

/** Depth after the flow of the same step (Bates et al. 2010, eq. 12). @returns the deepest of these rows */
export function depthRows(fields: InertialFields, from: number, to: number, seconds: number, turn: number): number {
  const { columns, cellMetres, depth, flowEast, flowSouth } = fields;
  const south = flowSouth[1 - turn]!;
  const share = seconds / cellMetres;
  let deepest = 0;
  for (let row = from; row < to; row++) {
    const first = row * columns;
    const end = first + columns;
    const north = row > 0 ? columns : 0;
    let west = 0;
    for (let cell = first; cell < end; cell++) {
      const east = flowEast[cell]!;
      const fromNorth = north === 0 ? 0 : south[cell - north]!;
      let now = depth[cell]! + share * (west - east + (fromNorth - south[cell]!));
      // four quarters may be more than a whole by the last digit
      if (now < 0) now = 0;
      depth[cell] = now;
      if (now > deepest) deepest = now;
      west = east;
    }
  }
  return deepest;
}
