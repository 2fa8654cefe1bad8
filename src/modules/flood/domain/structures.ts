import { inGrid, type GridFrame, type HeightGrid } from './grid.ts';

/** What stands in the water's way as a line: its crest is the crest of every edge between cells that it crosses. */
export interface Structure {
  readonly id: string;
  readonly kind: 'dyke' | 'gate';
  readonly name: string;
  /** Metres above NHN when it stands whole and closed. */
  readonly crestMetres: number;
  /** Gates: the sill, which is left when it is open or has failed. Dykes: the ground. */
  readonly sillMetres: number;
  /** Easting and northing of its corners. */
  readonly line: readonly (readonly [number, number])[];
}

/** `failed`: closed until the water or a given time breaks it, then as good as open. */
export type StructureState = 'closed' | 'open' | 'failed';

export const crestOf = ({ crestMetres, sillMetres }: Structure, state: StructureState): number => (state === 'closed' ? crestMetres : sillMetres);

/** An edge between a cell and its neighbour: the eastern one (`cell * 2`) or the southern one (`cell * 2 + 1`). */
export type Edge = number;

/** Lines that meet the middle of a cell exactly would pass between two edges; nothing lies this close to a surveyor's number. */
const NUDGE = [1.4142e-6, 1.7321e-6] as const;

/**
 * Edges whose two middles lie on different sides of the line. Water goes from middle to middle, so
 * a line that is closed lets none through, at any size of the cells.
 */
export function edgesUnder(frame: GridFrame, line: Structure['line']): readonly Edge[] {
  const points = line.map(([easting, northing]) => {
    const [x, y] = inGrid(frame, easting, northing);
    return [x - 0.5 + NUDGE[0], y - 0.5 + NUDGE[1]] as const;
  });
  const edges = new Set<Edge>();
  for (let n = 1; n < points.length; n++) crossed(frame, points[n - 1]!, points[n]!, edges);
  return [...edges].toSorted((a, b) => a - b);
}

/** Edges of what stands there. A gate is in the grid, too, where its cells are wider than the gate: it is stretched until it crosses an edge. */
export function edgesOf(frame: GridFrame, { kind, line }: Structure): readonly Edge[] {
  const edges = edgesUnder(frame, line);
  if (kind === 'dyke' || line.length < 2) return edges;
  const [from, to] = [line[0]!, line.at(-1)!];
  const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
  const half = Math.hypot(to[0] - from[0], to[1] - from[1]) / 2;
  if (half === 0) return edges;
  const way = [(to[0] - from[0]) / 2 / half, (to[1] - from[1]) / 2 / half] as const;
  const spot = (metres: number): Point => [middle[0] + way[0] * metres, middle[1] + way[1] * metres];
  let found = edges;
  for (let reach = half; found.length === 0 && reach < 2 * frame.cellMetres; reach += frame.cellMetres / 8)
    found = edgesUnder(frame, [spot(-reach), spot(reach)]);
  return found;
}

type Point = readonly [number, number];

/** Rows that the segment passes cut horizontal links, columns vertical ones. */
function crossed({ columns, rows }: GridFrame, [ax, ay]: Point, [bx, by]: Point, edges: Set<Edge>): void {
  for (let row = Math.max(0, Math.ceil(Math.min(ay, by))); row <= Math.min(rows - 1, Math.floor(Math.max(ay, by))); row++) {
    const column = Math.floor(ax + ((row - ay) / (by - ay)) * (bx - ax));
    if (column >= 0 && column < columns - 1) edges.add((row * columns + column) * 2);
  }
  for (let column = Math.max(0, Math.ceil(Math.min(ax, bx))); column <= Math.min(columns - 1, Math.floor(Math.max(ax, bx))); column++) {
    const row = Math.floor(ay + ((column - ax) / (bx - ax)) * (by - ay));
    if (row >= 0 && row < rows - 1) edges.add((row * columns + column) * 2 + 1);
  }
}

/** Crest of the edge to the east and to the south of every cell; `Infinity` where nothing passes. */
export interface Crests {
  readonly east: Float64Array;
  readonly south: Float64Array;
}

/** The higher of the two cells. Beyond the border of the grid and around cells without a height nothing passes. */
export function bareCrests({ columns, rows, heights }: HeightGrid, room: (cells: number) => Float64Array = (cells) => new Float64Array(cells)): Crests {
  const east = room(columns * rows).fill(Infinity);
  const south = room(columns * rows).fill(Infinity);
  for (let row = 0, cell = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, cell++) {
      const height = heights[cell]!;
      if (column < columns - 1) east[cell] = higher(height, heights[cell + 1]!);
      if (row < rows - 1) south[cell] = higher(height, heights[cell + columns]!);
    }
  return { east, south };
}

function higher(one: number, other: number): number {
  const crest = Math.max(one, other);
  return Number.isNaN(crest) ? Infinity : crest;
}

/** Sets the crest of edges to the structure's, never below the ground. */
export function setCrest(crests: Crests, grid: HeightGrid, edges: readonly Edge[], crestMetres: number): void {
  for (const edge of edges) ((edge & 1) === 1 ? crests.south : crests.east)[edge >> 1] = crestAt(grid, edge, crestMetres);
}

/** The ground under an edge, or a structure on it, whichever is higher. */
export function crestAt({ heights, columns }: HeightGrid, edge: Edge, crestMetres: number): number {
  const cell = edge >> 1;
  return Math.max(higher(heights[cell]!, heights[cell + ((edge & 1) === 1 ? columns : 1)]!), crestMetres);
}

/** Crests of the grid with all its structures in the given state; whole and closed where none is given. */
export function crestsOf(
  grid: HeightGrid,
  structures: readonly Structure[],
  states: Readonly<Record<string, StructureState>> = {},
  room?: (cells: number) => Float64Array,
): Crests {
  const crests = bareCrests(grid, room);
  const laid = structures.map((one) => ({ edges: edgesOf(grid, one), crest: crestOf(one, states[one.id] ?? 'closed'), gate: one.kind === 'gate' }));
  // a gate stands in a gap of its dyke: what it says holds where both cross the same edge
  for (const { edges, crest } of laid.toSorted((a, b) => Number(a.gate) - Number(b.gate))) setCrest(crests, grid, edges, crest);
  return crests;
}
