import { parentPort } from 'node:worker_threads';
import type { HeightGrid } from '../domain/grid.ts';
import { classesOf, fewerDots } from '../domain/legend.ts';
import { tideCells, type TideInlet } from '../domain/sources.ts';
import { floodedAt, spillGround, spillLevels, spillLowered } from '../domain/spill.ts';
import { crestAt, crestsOf, edgesOf, type Structure } from '../domain/structures.ts';
import { breachEdges } from '../domain/member.ts';
import type { Breach } from '../domain/run.ts';
import { pictureOf } from './png.ts';

/** The ground that the thread keeps at hand. */
export interface SpillGroundOrder {
  readonly grid: HeightGrid;
  readonly structures: readonly Structure[];
  readonly inlet: TideInlet;
}

export interface SpillQuestion {
  readonly levelMetres: number;
  /** Structures that do not hold: gates that stay open, dykes that break. */
  readonly open: readonly Breach[];
}

export interface SpillAnswer {
  /** Centimetres of water on what was land: the river itself is left out. */
  readonly depths: Uint16Array;
  readonly cells: number;
  readonly deepestCentimetres: number;
  readonly picture: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const MOST_DOTS = 1_024;
type Kept = SpillGroundOrder & { readonly ground: ReturnType<typeof spillGround>; readonly spill: Int16Array };
let kept: Kept | undefined;

parentPort!.on('message', (message: SpillGroundOrder | SpillQuestion) => {
  if ('grid' in message) {
    const { grid, structures, inlet } = message;
    const ground = spillGround(grid, crestsOf(grid, structures));
    kept = { ...message, ground, spill: spillLevels(ground, tideCells(grid, inlet), grid.heights) };
    parentPort!.postMessage('ready');
    return;
  }
  const answer = asked(kept!, message);
  parentPort!.postMessage(answer, [answer.depths.buffer as ArrayBuffer]);
});

function asked({ grid, structures, inlet, ground, spill }: Kept, { levelMetres, open }: SpillQuestion): SpillAnswer {
  const lowered = new Map<number, number>();
  for (const breach of open) {
    const structure = structures.find(({ id }) => id === breach.structureId)!;
    const edges = structure.kind === 'gate' ? edgesOf(grid, structure) : breachEdges(grid, structure, breach);
    for (const edge of edges) lowered.set(edge, crestAt(grid, edge, structure.sillMetres));
  }
  const levels = lowered.size === 0 ? spill : spillLowered(ground, spill, lowered);
  const { depths } = floodedAt(levels, grid.heights, levelMetres);
  let cells = 0;
  let deepest = 0;
  for (let cell = 0; cell < depths.length; cell++) {
    if (depths[cell] === 0) continue;
    // what is wet at every tide is no flood
    if (grid.heights[cell]! < inlet.belowMetres) depths[cell] = 0;
    else {
      cells += 1;
      if (depths[cell]! > deepest) deepest = depths[cell]!;
    }
  }
  const dots = fewerDots(grid, classesOf('depth', depths), MOST_DOTS);
  return { depths, cells, deepestCentimetres: deepest, picture: pictureOf('depth', dots), width: dots.width, height: dots.height };
}
