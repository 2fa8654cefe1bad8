import { shadowRatio, sunAt, type SunPosition } from '../../../kernel/sun.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { areaOf, gridOf, needsAround, planned, type Area } from './area.ts';
import { numberOf, patchesOf, PROPERTY } from './geojson.ts';
import { countMarked, emptyMask, fillConvex, fillDisc, fillPatch, inside, type Grid, type Mask } from './grid.ts';
import type { Calculated, Model, Parameters } from './model.ts';
import { multiPolygon } from './outline.ts';
import { boxOf, grown, meet, toLonLat, type Loop, type Patch, type Spot } from './plane.ts';
import type { GeoJsonFeature } from './process.ts';
import { SHADE } from './shade-description.ts';
import { treesOf, type Tree } from './trees.ts';

/** A building as an upright block. */
export interface Block {
  readonly patch: Patch;
  readonly heightMetres: number;
}

const CELL_METRES = 1;
const MOST_CELLS = 1_000_000;
/** A low sun throws endless shadows; beyond this they are faint and behind other things. */
const LONGEST_SHADOW_METRES = 500;
/** Where buildings stand that may throw a shadow into the area. */
const MARGIN_METRES = 250;
/** Crowns begin above a bare trunk. */
export const CROWN_BASE_SHARE = 0.3;

/**
 * Where the shadow of one metre of height ends, seen from its foot: away from the sun, as long as the
 * cotangent of its elevation. `undefined` while the sun is down.
 */
export function shadowOfOneMetre(sun: SunPosition): Spot | undefined {
  const ratio = shadowRatio(sun);
  if (ratio === undefined) return undefined;
  const azimuth = (sun.azimuthDegrees * Math.PI) / 180;
  return [-Math.sin(azimuth) * ratio, -Math.cos(azimuth) * ratio];
}

/** The shift of a shadow from a height, bounded in length. */
function shiftOf([x, y]: Spot, heightMetres: number): Spot {
  const length = Math.hypot(x, y) * heightMetres;
  const scale = length > LONGEST_SHADOW_METRES ? LONGEST_SHADOW_METRES / length : 1;
  return [x * heightMetres * scale, y * heightMetres * scale];
}

const moved = (loop: Loop, [dx, dy]: Spot): Loop => loop.map(([x, y]) => [x + dx, y + dy]);

/**
 * Shadow of an upright block on flat ground: its footprint, the footprint moved by the shadow of its
 * height, and the parallelogram that each of its edges sweeps between them. Together they are exactly
 * the footprint's Minkowski sum with the shadow's line, also with courtyards and re-entrant corners.
 */
export function blockShadow({ patch, heightMetres }: Block, oneMetre: Spot): { readonly patches: readonly Patch[]; readonly swept: readonly Loop[] } {
  const shift = shiftOf(oneMetre, heightMetres);
  const swept = patch.flatMap((loop) =>
    loop.slice(1).map((to, i): Loop => {
      const from = loop[i]!;
      return [from, to, [to[0] + shift[0], to[1] + shift[1]], [from[0] + shift[0], from[1] + shift[1]]];
    }),
  );
  return { patches: [patch, patch.map((loop) => moved(loop, shift))], swept };
}

function castBlock(mask: Mask, grid: Grid, block: Block, oneMetre: Spot): void {
  const { patches, swept } = blockShadow(block, oneMetre);
  for (const patch of patches) fillPatch(mask, grid, patch);
  for (const loop of swept) fillConvex(mask, grid, loop);
}

/** Shadow of a crown as an upright drum between its base and the tree's top: two discs and what lies between. */
function castTree(mask: Mask, grid: Grid, { spot: [x, y], crownMetres, heightMetres }: Required<Tree>, oneMetre: Spot): void {
  const radius = crownMetres / 2;
  const [base, top] = [shiftOf(oneMetre, heightMetres * CROWN_BASE_SHARE), shiftOf(oneMetre, heightMetres)];
  const [from, to]: [Spot, Spot] = [
    [x + base[0], y + base[1]],
    [x + top[0], y + top[1]],
  ];
  fillDisc(mask, grid, from, radius);
  fillDisc(mask, grid, to, radius);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length === 0) return;
  const [ax, ay] = [(-(to[1] - from[1]) / length) * radius, ((to[0] - from[0]) / length) * radius];
  fillConvex(mask, grid, [
    [from[0] + ax, from[1] + ay],
    [to[0] + ax, to[1] + ay],
    [to[0] - ax, to[1] - ay],
    [from[0] - ax, from[1] - ay],
  ]);
}

export interface Shade {
  /** Ground in the area that no building stands on. */
  readonly openCells: number;
  readonly shadedCells: number;
  readonly mask: Mask;
}

/** Which open ground of a grid lies in shadow. @param within cells of the area */
export function shadeOn(grid: Grid, within: Mask, blocks: readonly Block[], trees: readonly Required<Tree>[], oneMetre: Spot): Shade {
  const built = emptyMask(grid);
  for (const { patch } of blocks) fillPatch(built, grid, patch);
  const open = within.map((value, i) => (built[i] === 0 ? value : 0));
  const shadow = emptyMask(grid);
  for (const block of blocks) castBlock(shadow, grid, block, oneMetre);
  for (const tree of trees) castTree(shadow, grid, tree, oneMetre);
  return { openCells: countMarked(open, open), shadedCells: countMarked(shadow, open), mask: inside(shadow, open) };
}

/** The instant of a full hour of the city's clock on a day. */
export const hourOf = (day: string, hour: number): Temporal.Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: CITY_ZONE, plainTime: { hour } }).toInstant();

export function blocksOf(features: readonly GeoJsonFeature[], area: Area): readonly Block[] {
  const near = grown(area.box, MARGIN_METRES);
  return features.flatMap((feature) => {
    if (feature.geometry === null) return [];
    // a building whose height nobody knows stands on its ground and casts no shadow
    const heightMetres = numberOf(feature, PROPERTY.height) ?? 0;
    return patchesOf(feature.geometry).flatMap((patch) => (meet(boxOf(patch[0] ?? []), near) ? [{ patch, heightMetres }] : []));
  });
}

/**
 * Shade on open ground at one hour: buildings are blocks (footprint and height), crowns are drums, the
 * ground is flat, the sky is clear. The share is counted on cells of 1 m (wider in large areas).
 * Units: metres, %. Sun: Astronomical Almanac, low precision (kernel/sun).
 */
export const shade: Model = {
  description: SHADE,
  needs: (inputs) =>
    needsAround(inputs, [
      ['buildings', MARGIN_METRES],
      ['trees', 60],
    ]),
  prepare(inputs, data) {
    const area = areaOf(inputs);
    const { grid, within } = gridOf(area, CELL_METRES, MOST_CELLS);
    const blocks = blocksOf(planned(data, inputs, { city: 'buildings', added: 'addBuildings', removed: 'removeBuildings' }), area);
    const trees = treesOf(planned(data, inputs, { city: 'trees', added: 'addTrees', removed: 'removeTrees' }));
    const [west, north] = toLonLat([(area.box.west + area.box.east) / 2, (area.box.south + area.box.north) / 2]);
    const size = { grid, within, blocks, trees };
    return (parameters) => atHour(size, parameters, sunAt({ lon: west, lat: north }, hourOf(inputs.days['date']!, parameters['hour']!)));
  },
};

interface Ground {
  readonly grid: Grid;
  readonly within: Mask;
  readonly blocks: readonly Block[];
  readonly trees: readonly Tree[];
}

function atHour({ grid, within, blocks, trees }: Ground, { hour, crown, treeHeight }: Parameters, sun: SunPosition): Calculated {
  const oneMetre = shadowOfOneMetre(sun);
  const facts = { buildings: blocks.length, trees: trees.length, sunElevation: sun.elevationDegrees };
  if (oneMetre === undefined)
    return { numbers: { ...facts, shadedShare: null, shadedArea: null, openArea: null }, layers: { shade: { type: 'FeatureCollection', features: [] } } };
  const known = trees.map((tree) => ({ ...tree, crownMetres: tree.crownMetres ?? crown!, heightMetres: tree.heightMetres ?? treeHeight! }));
  const { openCells, shadedCells, mask } = shadeOn(grid, within, blocks, known, oneMetre);
  const share = openCells === 0 ? null : (100 * shadedCells) / openCells;
  const properties = { hour: hour!, shadedShare: share, sunElevation: sun.elevationDegrees };
  return {
    numbers: { ...facts, shadedShare: share, shadedArea: shadedCells * grid.cell ** 2, openArea: openCells * grid.cell ** 2 },
    layers: { shade: { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: multiPolygon(grid, mask), properties }] } },
  };
}
