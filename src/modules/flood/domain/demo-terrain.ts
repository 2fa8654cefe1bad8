import { DEMO_QUARTER } from '../../../kernel/demo-quarter.ts';
import { toUtm32 } from '../../../kernel/geo.ts';
import type { HeightGrid } from './grid.ts';
import type { Structure } from './structures.ts';

/** A ground with what stands on it. */
export interface Terrain {
  readonly grid: HeightGrid;
  readonly structures: readonly Structure[];
}

const SIDE_METRES = 10_240;
const MIDDLE = toUtm32(DEMO_QUARTER);
/** South-west corner, in whole metres: the quarter lies in the northern marsh. */
const WEST = Math.round(MIDDLE.eastingMetres) - SIDE_METRES / 2;
const SOUTH = Math.round(MIDDLE.northingMetres) - 7_400;

type Spot = readonly [number, number];

/** Distance across a river whose middle line swings. */
const northRiver = (x: number): number => 5_300 + 180 * Math.sin(x / 1_400);
const southRiver = (x: number): number => 2_050 + 150 * Math.sin(x / 1_700 + 1);
const smooth = (from: number, to: number, at: number): number => {
  const part = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return part * part * (3 - 2 * part);
};

/** Port basins on the western island: west, south, east, north. */
const BASINS = [
  [900, 4_150, 3_300, 4_330],
  [900, 3_650, 3_100, 3_830],
  [900, 3_150, 2_900, 3_330],
] as const;

/** Ground of a made-up marsh between two arms of a river, in metres above NHN; `x` and `y` in metres from the south-west corner. */
function heightAt(x: number, y: number): number {
  const wave = 0.35 * Math.sin(x / 310) * Math.cos(y / 270) + 0.2 * Math.sin(x / 97 + y / 131);
  const fromNorth = Math.abs(y - northRiver(x));
  const fromSouth = Math.abs(y - southRiver(x));
  if (fromNorth < 260) return -7 + 9 * smooth(150, 260, fromNorth);
  if (fromSouth < 220) return -6 + 8 * smooth(120, 220, fromSouth);
  if (BASINS.some(([west, south, east, north]) => x > west && x < east && y > south && y < north)) return -8;
  // the arm that joins the basins to the northern river
  if (x > 700 && x < 1_100 && y > 3_100 && y < northRiver(x)) return -8;
  if (y > northRiver(x)) return 2.2 + wave + 16 * smooth(8_300, 9_600, y);
  if (y < southRiver(x)) return 1.2 + wave;
  // port on the western half of the island, heaped up; marsh on the eastern one
  return x < 4_000 ? 5.3 + 0.3 * wave : 0.9 + wave;
}

const shore = (river: (x: number) => number, off: number, from: number, to: number): Spot[] => {
  const points: Spot[] = [];
  for (let x = from; x < to; x += 160) points.push([x, river(x) + off]);
  return [...points, [to, river(to) + off]];
};

interface Wall {
  readonly id: string;
  readonly name: string;
  readonly crestMetres: number;
  readonly line: readonly Spot[];
  readonly gates: readonly { readonly id: string; readonly name: string; readonly sillMetres: number; readonly at: Spot }[];
}

const box = (west: number, south: number, east: number, north: number): Spot[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

/** Dykes and walls with their gates, each made up. */
const WALLS: readonly Wall[] = [
  {
    ...{ id: 'deich-nord', name: 'Norddeich', crestMetres: 8.1, line: shore(northRiver, 320, -200, SIDE_METRES + 200) },
    gates: [
      { id: 'tor-nord-1', name: 'Norddeich, Tor 1', sillMetres: 3.2, at: [3_600, northRiver(3_600) + 320] },
      { id: 'tor-nord-2', name: 'Norddeich, Tor 2', sillMetres: 2.6, at: [6_200, northRiver(6_200) + 320] },
    ],
  },
  {
    ...{ id: 'deich-insel', name: 'Ringdeich der Insel', crestMetres: 7.8 },
    line: [
      [4_050, 2_700],
      [4_050, 4_700],
      ...shore(northRiver, -330, 4_200, 9_800),
      [9_900, 4_300],
      [9_900, 2_700],
      ...shore(southRiver, 300, 4_200, 9_800).toReversed(),
      [4_050, 2_700],
    ],
    gates: [
      { id: 'tor-insel-1', name: 'Insel, Tor am Hafen', sillMetres: 4.6, at: [4_050, 3_700] },
      { id: 'tor-insel-2', name: 'Insel, Tor Süd', sillMetres: 2.4, at: [7_100, southRiver(7_100) + 300] },
    ],
  },
  { id: 'deich-sued', name: 'Süddeich', crestMetres: 8, line: shore(southRiver, -290, -200, SIDE_METRES + 200), gates: [] },
  ...BASINS.map(([, south], n): Wall => {
    const bottom = south + 230;
    return {
      ...{ id: `polder-${n + 1}`, name: `Polder ${n + 1}`, crestMetres: 7.3, line: box(1_400, bottom, 2_700, bottom + 220) },
      gates: [{ id: `tor-polder-${n + 1}`, name: `Polder ${n + 1}, Kaitor`, sillMetres: 5.2, at: [2_000, bottom] }],
    };
  }),
];

const onMap = ([x, y]: Spot): readonly [number, number] => [WEST + x, SOUTH + y];
const GATE_METRES = 90;

/** A gate lies over its wall, along it. */
function gateLine({ line }: Wall, [x, y]: Spot): readonly Spot[] {
  const n = line.findIndex((point, index) => index > 0 && nearSegment(line[index - 1]!, point, [x, y]));
  const [from, to] = [line[n - 1]!, line[n]!];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [east, north] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const along = (x - from[0]) * east + (y - from[1]) * north;
  const spot = (metres: number): Spot => [from[0] + east * metres, from[1] + north * metres];
  return [spot(along - GATE_METRES / 2), spot(along + GATE_METRES / 2)];
}

function nearSegment(from: Spot, to: Spot, [x, y]: Spot): boolean {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const along = ((x - from[0]) * (to[0] - from[0]) + (y - from[1]) * (to[1] - from[1])) / length;
  const across = Math.abs((x - from[0]) * (to[1] - from[1]) - (y - from[1]) * (to[0] - from[0])) / length;
  return along >= 0 && along <= length && across < 30;
}

/** What stands on the demo's ground. */
export function demoStructures(): readonly Structure[] {
  return WALLS.flatMap((wall): Structure[] => [
    { id: wall.id, kind: 'dyke', name: wall.name, crestMetres: wall.crestMetres, sillMetres: 1, line: wall.line.map(onMap) },
    ...wall.gates.map(({ id, name, sillMetres, at }): Structure => ({
      ...{ id, kind: 'gate', name, sillMetres },
      crestMetres: wall.crestMetres,
      line: gateLine(wall, at).map(onMap),
    })),
  ]);
}

/**
 * A marsh that nobody has built: two arms of a river, an island with a port and polders, dykes and gates, around the
 * demo's quarter. The same on every machine. @param cells along each side
 */
export function demoTerrain(cells: number): Terrain {
  const cellMetres = SIDE_METRES / cells;
  const heights = new Float32Array(cells * cells);
  for (let row = 0, cell = 0; row < cells; row++) {
    const y = SIDE_METRES - (row + 0.5) * cellMetres;
    for (let column = 0; column < cells; column++, cell++) heights[cell] = Math.round(heightAt((column + 0.5) * cellMetres, y) * 100) / 100;
  }
  return { grid: { columns: cells, rows: cells, cellMetres, westMetres: WEST, southMetres: SOUTH, heights }, structures: demoStructures() };
}
