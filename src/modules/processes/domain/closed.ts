import { linesOf, patchesOf, spotOf } from './geojson.ts';
import type { CheckedInputs } from './model.ts';
import { boxOf, distanceToPiece, grown, inPatch, meet, type Box, type Spot } from './plane.ts';

/** Ways of a plan that nobody may use. */
export interface Closed {
  readonly ids: ReadonlySet<string>;
  /** Whether a piece of a way is closed: its middle lies on a drawn line, or inside of a drawn polygon. */
  readonly covers: (from: Spot, to: Spot) => boolean;
}

/** A line drawn by hand follows a way this closely. */
export const NEAR_METRES = 6;

/** What a plan closes, by the ids of features and by what is drawn. */
export function closedBy({ features, ids }: CheckedInputs): Closed {
  const drawn = features['closed'] ?? [];
  const shapes = drawn.flatMap(({ geometry }) => {
    if (geometry === null) return [];
    const lines = linesOf(geometry).map((line) => shape(boxOf(line), (at) => line.slice(1).some((to, i) => distanceToPiece(at, line[i]!, to) <= NEAR_METRES)));
    const patches = patchesOf(geometry).map((patch) => shape(boxOf(patch[0] ?? []), (at) => inPatch(at, patch)));
    const point = geometry.type === 'Point' ? spotOf(geometry) : undefined;
    const spots = point === undefined ? [] : [shape(boxOf([point]), (at) => Math.hypot(at[0] - point[0], at[1] - point[1]) <= 2 * NEAR_METRES)];
    return [...lines, ...patches, ...spots];
  });
  return {
    ids: new Set(ids['closedIds']),
    covers: (from, to) => {
      const middle: Spot = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      return shapes.some(({ box, holds }) => meet(box, boxOf([middle])) && holds(middle));
    },
  };
}

const shape = (box: Box, holds: (at: Spot) => boolean) => ({ box: grown(box, 2 * NEAR_METRES), holds });
