/**
 * How fast a flood is calculated: cell updates of the local inertial model on two cores, beside what the memory of
 * this machine lets through in the same run, and how long "this gate stays open" takes at four million cells.
 * Run: `node bench/lage-flood.ts`. Exit status 1 when a limit is missed.
 */
import { Worker } from 'node:worker_threads';
import { openBands, sharedRoom } from '../src/modules/flood/application/bands.ts';
import { demoTerrain } from '../src/modules/flood/domain/demo-terrain.ts';
import { inertialFields, LocalInertial } from '../src/modules/flood/domain/inertial.ts';
import { tideCells } from '../src/modules/flood/domain/sources.ts';
import { floodedAt, spillGround, spillLevels, spillLowered } from '../src/modules/flood/domain/spill.ts';
import { bareCrests, crestAt, crestsOf, edgesOf } from '../src/modules/flood/domain/structures.ts';

const THREADS = 2;
const LEAST_UPDATES = 60e6;
const MOST_WHAT_IF_MS = 300;
/** Read or written for an update: nine numbers for the flow through two edges, four for the depth. */
const BYTES_OF_AN_UPDATE = 13 * 8;

let missed = 0;
function say(good: boolean, line: string): void {
  if (!good) missed += 1;
  console.log(`${good ? 'ok  ' : 'MISS'} ${line}`);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Bytes a second through two threads that add two long rows of numbers into a third (STREAM triad). */
async function bandwidth(): Promise<number> {
  const cells = 6_000_000;
  const rows = Array.from({ length: 3 * THREADS }, () => sharedRoom(cells).fill(1));
  const code = `const { parentPort, workerData: [a, b, c] } = require('node:worker_threads');
    parentPort.on('message', () => { for (let n = 0; n < a.length; n++) a[n] = b[n] + 0.5 * c[n]; parentPort.postMessage(0); });`;
  const threads = Array.from({ length: THREADS }, (_, n) => new Worker(code, { eval: true, workerData: rows.slice(3 * n, 3 * n + 3) }));
  const rates: number[] = [];
  for (let turn = 0; turn < 12; turn++) {
    const started = performance.now();
    await Promise.all(
      threads.map((thread) => {
        const done = new Promise((resolve) => thread.once('message', resolve));
        thread.postMessage(0);
        return done;
      }),
    );
    rates.push((THREADS * cells * 32) / ((performance.now() - started) / 1000));
  }
  await Promise.all(threads.map((thread) => thread.terminate()));
  // the row that is written is read first
  return Math.max(...rates);
}

/** Every cell wet, moving and with friction: what a step costs at most. */
async function updates(side: number, threads: number): Promise<number> {
  const heights = Float64Array.from({ length: side * side }, (_, cell) => Math.sin(cell * 0.01));
  const grid = { columns: side, rows: side, cellMetres: 10, westMetres: 500_000, southMetres: 5_900_000, heights };
  const crests = bareCrests(grid, sharedRoom);
  const depths = heights.map((height, cell) => 5 - height + 0.1 * Math.sin((cell % side) * 0.05));
  const fields = inertialFields({ ...grid, crests, roughness: 0.03 }, depths, sharedRoom);
  const bands = openBands(fields, threads);
  const engine = new LocalInertial(fields, {}, bands);
  engine.runUntil(10);
  const rates = Array.from({ length: 5 }, (_, turn) => {
    const [started, steps] = [performance.now(), engine.steps];
    engine.runUntil(10 + (turn + 1) * 12);
    return ((engine.steps - steps) * side * side) / ((performance.now() - started) / 1000);
  });
  const { start, inside } = engine.balance();
  await bands.end();
  say(Math.abs(inside / start - 1) < 1e-9, `water after ${engine.steps} steps: off by ${Math.abs(inside / start - 1).toExponential(1)} of it, limit 1e-9`);
  return median(rates);
}

const memory = await bandwidth();
const SIDE = 1_024;
const one = await updates(SIDE, 1);
const two = await updates(SIDE, THREADS);
const most = memory / BYTES_OF_AN_UPDATE;
const mega = (value: number): string => `${(value / 1e6).toFixed(1)} million`;
say(
  two >= LEAST_UPDATES,
  `local inertial, ${SIDE} x ${SIDE} cells, all wet: ${mega(two)} updates/s on ${THREADS} threads, ${(two / LEAST_UPDATES).toFixed(2)} of the limit of ${mega(LEAST_UPDATES)}`,
);
console.log(`     one thread: ${mega(one)}, two are ${(two / one).toFixed(2)} times as fast`);
console.log(
  `     memory lets ${(memory / 1e9).toFixed(1)} GB/s through, enough for ${mega(most)} updates/s: we use ${((100 * two) / most).toFixed(0)} % of that`,
);

const { grid, structures } = demoTerrain(2_048);
const ground = spillGround(grid, crestsOf(grid, structures));
const sources = tideCells(grid, { belowMetres: 0 });
let started = performance.now();
const spill = spillLevels(ground, sources, grid.heights);
console.log(`     spill levels of ${mega(spill.length)} cells from the start: ${(performance.now() - started).toFixed(0)} ms`);
const gates = structures.filter(({ kind }) => kind === 'gate');
let worst = { name: '', ms: 0, cells: 0 };
for (const wish of [...gates.map((gate) => [gate]), structures]) {
  const times: number[] = [];
  let cells = 0;
  for (let turn = 0; turn < 3; turn++) {
    started = performance.now();
    const lowered = new Map(wish.flatMap((one) => edgesOf(grid, one).map((edge) => [edge, crestAt(grid, edge, one.sillMetres)] as const)));
    cells = floodedAt(spillLowered(ground, spill, lowered), grid.heights, 6.45).cells;
    times.push(performance.now() - started);
  }
  const name = wish.length === 1 ? wish[0]!.name : 'all dykes and gates at once';
  if (median(times) > worst.ms) worst = { name, ms: median(times), cells };
}
say(
  worst.ms < MOST_WHAT_IF_MS,
  `what if a gate stays open, ${mega(spill.length)} cells, slowest (${worst.name}, ${worst.cells} cells wet): ${worst.ms.toFixed(0)} ms, ${(worst.ms / MOST_WHAT_IF_MS).toFixed(2)} of the limit of ${MOST_WHAT_IF_MS} ms`,
);
process.exitCode = missed === 0 ? 0 : 1;
