import { areaOf, gridOf, needsAround, planned } from './area.ts';
import { CANOPY } from './canopy-description.ts';
import { countMarked, emptyMask, fillDisc, inside, type Grid, type Mask } from './grid.ts';
import type { Model } from './model.ts';
import { multiPolygon } from './outline.ts';
import { inPatch } from './plane.ts';
import { treesOf, type Tree } from './trees.ts';

const CELL_METRES = 0.5;
const MOST_CELLS = 2_000_000;
/** Crowns reach into the area from beside it. */
const MARGIN_METRES = 30;
/** No street tree's crown grows wider than this. */
export const WIDEST_GROWN_METRES = 25;

/**
 * A crown's diameter after some years, in metres: d(t) = max(d0, min(25, d0 + g·t)) with the growth g
 * in metres a year. A straight line for lack of a better one: an assumption, not a measurement.
 */
export const grownCrown = (diameterMetres: number, growthMetresPerYear: number, years: number): number =>
  Math.max(diameterMetres, Math.min(WIDEST_GROWN_METRES, diameterMetres + growthMetresPerYear * years));

/** Ground under crowns: the union of discs, so that what lies under two crowns counts once. */
export function canopyOn(grid: Grid, trees: readonly Required<Pick<Tree, 'spot' | 'crownMetres'>>[]): Mask {
  const mask = emptyMask(grid);
  for (const { spot, crownMetres } of trees) fillDisc(mask, grid, spot, crownMetres / 2);
  return mask;
}

/**
 * Canopy cover: share of an area that lies under crowns, each a disc of its diameter, counted without
 * overlap on cells of 0.5 m (wider in large areas). Units: m², %.
 */
export const canopy: Model = {
  description: CANOPY,
  needs: (inputs) => needsAround(inputs, [['trees', MARGIN_METRES]]),
  prepare(inputs, data) {
    const area = areaOf(inputs);
    const { grid, within } = gridOf(area, CELL_METRES, MOST_CELLS);
    const trees = treesOf(planned(data, inputs, { city: 'trees', added: 'addTrees', removed: 'removeTrees' }));
    const inArea = trees.filter(({ spot }) => area.patches.some((patch) => inPatch(spot, patch)));
    const areaCells = countMarked(within, within);
    return ({ crown, years, growth }) => {
      const grown = trees.map(({ spot, crownMetres }) => ({ spot, crownMetres: grownCrown(crownMetres ?? crown!, growth!, years!) }));
      const mask = inside(canopyOn(grid, grown), within);
      const cells = countMarked(mask, within);
      const share = areaCells === 0 ? null : (100 * cells) / areaCells;
      return {
        numbers: {
          canopyArea: cells * grid.cell ** 2,
          coverShare: share,
          area: areaCells * grid.cell ** 2,
          trees: inArea.length,
          unknownCrowns: inArea.filter(({ crownMetres }) => crownMetres === undefined).length,
        },
        layers: {
          canopy: {
            type: 'FeatureCollection',
            features: [{ type: 'Feature', geometry: multiPolygon(grid, mask), properties: { years: years!, coverShare: share } }],
          },
        },
      };
    };
  },
};
