import { emptyMask, fillPatch, gridOver, type Grid, type Mask } from './grid.ts';
import type { CheckedInputs, DataNeed } from './model.ts';
import { boxOf, degreesOf, grown, toSpot, type Box, type Loop, type Patch } from './plane.ts';
import type { GeoJsonFeature } from './process.ts';

/** The area a person asks about. */
export interface Area {
  readonly patches: readonly Patch[];
  readonly box: Box;
}

export function areaOf({ areas }: CheckedInputs): Area {
  const patches = areas['area']!.map((polygon) => polygon.map((loop): Loop => loop.map((position) => toSpot(position))));
  return { patches, box: boxOf(patches.flatMap(([outer]) => outer ?? [])) };
}

/** A grid over the area, and which of its cells are inside. */
export function gridOf({ patches, box }: Area, wanted: number, most: number): { readonly grid: Grid; readonly within: Mask } {
  const grid = gridOver(box, wanted, most);
  const within = emptyMask(grid);
  for (const patch of patches) fillPatch(within, grid, patch);
  return { grid, within };
}

/** Needs of these collections, as far as `metres` around the area. */
export const needsAround = (inputs: CheckedInputs, wishes: readonly (readonly [input: string, metres: number])[]): readonly DataNeed[] =>
  wishes.flatMap(([input, metres]) => {
    const collection = inputs.collections[input];
    return collection === undefined ? [] : [{ input, collection, box: degreesOf(grown(areaOf(inputs).box, metres)) }];
  });

/** The city's features without those a plan removes, and with those it adds. */
export function planned(
  data: Readonly<Record<string, readonly GeoJsonFeature[]>>,
  inputs: CheckedInputs,
  names: { readonly city: string; readonly added: string; readonly removed: string },
): readonly GeoJsonFeature[] {
  const gone = new Set(inputs.ids[names.removed]);
  return [...(data[names.city] ?? []).filter(({ id }) => id === undefined || !gone.has(String(id))), ...(inputs.features[names.added] ?? [])];
}
