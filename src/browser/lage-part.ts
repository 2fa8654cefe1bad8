import { extent } from './lage-picture.ts';
import type { Shape } from './lage-types.ts';

/** West, south, east, north in degrees. */
export type Part = readonly [west: number, south: number, east: number, north: number];

/** What is asked for goes so far beyond what is seen, in shares of it: a short move needs nothing new. */
const MARGIN = 0.5;
/** Parts begin and end at lines of a grid, so many to a screen: those who look at about the same ask for the same. */
const LINES = 4;
/** A part that is so many times wider than needed brings too much. */
const TOO_WIDE = 6;
/** Where the map of the world ends. */
const EDGE: Part = [-180, -85, 180, 85];

/** The part to ask for when this is seen. */
export function partFor(seen: Part): Part {
  const [west, south, east, north] = seen;
  const [width, height] = [east - west, north - south];
  const step = 2 ** Math.floor(Math.log2(Math.max(width, height, 1e-4) / LINES));
  const down = (value: number): number => Math.floor(value / step) * step;
  const up = (value: number): number => Math.ceil(value / step) * step;
  return [
    Math.max(EDGE[0], down(west - MARGIN * width)),
    Math.max(EDGE[1], down(south - MARGIN * height)),
    Math.min(EDGE[2], up(east + MARGIN * width)),
    Math.min(EDGE[3], up(north + MARGIN * height)),
  ];
}

/** Whether a part still serves: all that is seen lies in it, and not much else. */
export function serves(part: Part, seen: Part): boolean {
  const inside =
    part[0] <= Math.max(EDGE[0], seen[0]) &&
    part[1] <= Math.max(EDGE[1], seen[1]) &&
    part[2] >= Math.min(EDGE[2], seen[2]) &&
    part[3] >= Math.min(EDGE[3], seen[3]);
  const wide = Math.max((part[2] - part[0]) / (seen[2] - seen[0] || 1), (part[3] - part[1]) / (seen[3] - seen[1] || 1));
  return inside && wide <= TOO_WIDE;
}

/** Whether the city would tell of this here: what touches the part, and what has no place. */
export function lies(shape: Shape | null, part: Part): boolean {
  const box = extent(shape);
  return box === undefined || (box[0] <= part[2] && box[2] >= part[0] && box[1] <= part[3] && box[3] >= part[1]);
}

/** As the city reads it. */
export const partText = (part: Part): string => part.map((degrees) => Number(degrees.toFixed(6))).join(',');
