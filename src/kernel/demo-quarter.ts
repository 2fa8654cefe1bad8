import type { Position } from './geo.ts';

/** The middle of the demo's made-up quarter; nothing of it stands there. Buildings, ways, people and plans of the demo are laid out by it. */
export const DEMO_QUARTER: Position = { lon: 10.045, lat: 53.558 };

/** The quarter is turned against north: no wall looks due south, as in most places. Radians. */
const TURN = (-14 * Math.PI) / 180;

/** Blocks between streets, in metres; `lots` stand in each of a block's two rows, back to back. Rows begin at `firstRow`. */
export const DEMO_BLOCKS = { width: 92, depth: 62, street: 16, columns: 10, firstRow: -3, lots: 5 } as const;

/** Metres along and across the quarter as metres east and north of its middle. */
export const demoOffset = (along: number, across: number): readonly [east: number, north: number] => [
  along * Math.cos(TURN) - across * Math.sin(TURN),
  along * Math.sin(TURN) + across * Math.cos(TURN),
];
