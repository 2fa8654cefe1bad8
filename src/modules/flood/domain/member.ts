import { fromUtm32, toUtm32 } from '../../../kernel/geo.ts';
import type { FloodEngine, FloodGround, FloodWater, WaterBalance } from './engine.ts';
import type { HeightGrid } from './grid.ts';
import { emptyRecord, FLOODED_CENTIMETRES, note, type FloodRecord } from './records.ts';
import { gaugeOf, statesOf, type Breach, type MemberInput, type RunInput } from './run.ts';
import { depthsBelow, tideCells, type TideInlet } from './sources.ts';
import { spillGround, spillLevels } from './spill.ts';
import { crestsOf, edgesOf, edgesUnder, setCrest, type Edge, type Structure } from './structures.ts';

/** How a member is made ready: what the engine gets, and what gives way when. */
export interface MemberSetUp {
  readonly ground: FloodGround;
  readonly water: FloodWater;
  readonly start: Float64Array;
  readonly breach: () => void;
}

export interface GroundFacts {
  readonly grid: HeightGrid;
  readonly structures: readonly Structure[];
  readonly inlet: TideInlet;
}

/** @param room where the crests lie, e.g. in shared memory */
export function setUp({ grid, structures, inlet }: GroundFacts, input: RunInput, member: MemberInput, room?: (cells: number) => Float64Array): MemberSetUp {
  // what fails later is closed until then
  const open = Object.fromEntries(Object.entries(statesOf(input)).filter(([, state]) => state === 'open'));
  const crests = crestsOf(grid, structures, open, room);
  const cells = tideCells(grid, inlet);
  const start = depthsBelow(grid, spillLevels(spillGround(grid, crests), cells, grid.heights), input.startMetres);
  const failing = structures.filter(({ id }) => input.gates[id] === 'failed').map((one) => ({ edges: edgesOf(grid, one), sill: one.sillMetres }));
  const broken = member.breaches.map((breach) => {
    const structure = structures.find(({ id }) => id === breach.structureId)!;
    return { edges: breachEdges(grid, structure, breach), sill: structure.sillMetres };
  });
  return {
    ground: { ...grid, crests, roughness: input.roughness },
    water: { tide: { cells, levelAt: gaugeOf(input, member.peakMetres) } },
    start,
    breach() {
      for (const { edges, sill } of [...failing, ...broken]) setCrest(crests, grid, edges, sill);
    },
  };
}

/** The part of a dyke that gives way; at least one edge, where the dyke crosses the grid at all. */
export function breachEdges(grid: HeightGrid, structure: Structure, { place, widthMetres }: Breach): readonly Edge[] {
  if (structure.kind === 'gate') return edgesOf(grid, structure);
  const middle = place === undefined ? middleOf(structure.line) : toSpot(place);
  const far = (edge: Edge): number => {
    const cell = edge >> 1;
    const [column, row] = [cell % grid.columns, Math.floor(cell / grid.columns)];
    const south = edge & 1;
    const x = grid.westMetres + (column + (south === 1 ? 0.5 : 1)) * grid.cellMetres;
    const y = grid.southMetres + (grid.rows - row - (south === 1 ? 1 : 0.5)) * grid.cellMetres;
    return Math.hypot(x - middle[0], y - middle[1]);
  };
  const edges = edgesUnder(grid, structure.line).toSorted((a, b) => far(a) - far(b));
  const within = edges.filter((edge) => far(edge) <= widthMetres / 2);
  return within.length > 0 ? within : edges.slice(0, 1);
}

function toSpot([lon, lat]: readonly [number, number]): readonly [number, number] {
  const { eastingMetres, northingMetres } = toUtm32({ lon, lat });
  return [eastingMetres, northingMetres];
}

/** Half way along a line. */
function middleOf(line: Structure['line']): readonly [number, number] {
  const lengths = line.slice(1).map(([x, y], n) => Math.hypot(x - line[n]![0], y - line[n]![1]));
  let left = lengths.reduce((sum, one) => sum + one, 0) / 2;
  for (const [n, length] of lengths.entries()) {
    if (left <= length) {
      const [from, to] = [line[n]!, line[n + 1]!];
      const part = length === 0 ? 0 : left / length;
      return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    }
    left -= length;
  }
  return line[0]!;
}

export const degreesOf = ([x, y]: readonly [number, number]): readonly [number, number] => {
  const { lon, lat } = fromUtm32(x, y);
  return [lon, lat];
};

/** What one member comes to. */
export interface MemberFacts {
  readonly floodedSquareKilometres: number;
  readonly deepestMetres: number;
  readonly steps: number;
  /** Share of the water that rounding has made or lost. */
  readonly massError: number;
}

/** How often depths are looked at: arrival times are this exact. */
const LOOK_SECONDS = 60;

/** Lets an engine run through the hours and keeps what it sees. @param told share that is done */
export function runMember(
  engine: FloodEngine,
  { ground, start, breach }: MemberSetUp,
  input: RunInput,
  told: (share: number) => void,
): FloodRecord & { readonly facts: MemberFacts } {
  const record = emptyRecord(start.length);
  const land = Uint8Array.from(start, (depth) => (depth * 100 < FLOODED_CENTIMETRES ? 1 : 0));
  const end = input.hours * 3600;
  const breaks = input.breachAfterHours * 3600;
  let broken = false;
  for (let seconds = 0; seconds < end;) {
    if (!broken && seconds >= breaks) {
      breach();
      broken = true;
    }
    const next = Math.min(end, seconds + LOOK_SECONDS, broken ? Infinity : Math.max(breaks, seconds + 1e-3));
    engine.runUntil(next);
    seconds = next;
    note(record, engine.depths, land, Math.floor(seconds / 60));
    told(seconds / end);
  }
  return { ...record, facts: factsOf(record, ground, engine.balance(), engine.steps) };
}

function factsOf({ maximum }: FloodRecord, { cellMetres }: FloodGround, balance: WaterBalance, steps: number): MemberFacts {
  let flooded = 0;
  let deepest = 0;
  for (const depth of maximum) {
    if (depth >= FLOODED_CENTIMETRES) flooded += 1;
    if (depth > deepest) deepest = depth;
  }
  const { start, throughTide, throughInflow, inside } = balance;
  const moved = Math.max(1, start, inside);
  return {
    floodedSquareKilometres: (flooded * cellMetres * cellMetres) / 1e6,
    deepestMetres: deepest / 100,
    steps,
    massError: Math.abs(start + throughTide + throughInflow - inside) / moved,
  };
}
