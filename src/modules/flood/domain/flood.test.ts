import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { demoTerrain } from './demo-terrain.ts';
import { GRAVITY, type FloodEngine, type FloodGround, type FloodWater } from './engine.ts';
import { coarser, type HeightGrid } from './grid.ts';
import { Hll } from './hll.ts';
import { inertialFields, LocalInertial } from './inertial.ts';
import { depthsBelow, tideCells } from './sources.ts';
import { DRY, floodedAt, spillGround, spillLevels, spillLowered, type SpillGround } from './spill.ts';
import { bareCrests, crestAt, crestOf, crestsOf, edgesOf, edgesUnder, setCrest, type Structure, type StructureState } from './structures.ts';

const plain = (cells: number): Float64Array => new Float64Array(cells);
const MODELS = ['inertial', 'hll'] as const;
const open = (model: FloodEngine['model'], ground: FloodGround, depths: Float64Array, water: FloodWater): FloodEngine =>
  model === 'hll' ? new Hll(ground, depths, water) : new LocalInertial(inertialFields(ground, depths, plain), water);

const gridOf = (columns: number, rows: number, cellMetres: number, height: (column: number, row: number) => number): HeightGrid => ({
  columns,
  rows,
  cellMetres,
  westMetres: 500_000,
  southMetres: 5_900_000,
  heights: Float64Array.from({ length: columns * rows }, (_, cell) => height(cell % columns, Math.floor(cell / columns))),
});

const onGrid = (grid: HeightGrid, roughness: number, crests = bareCrests(grid)): FloodGround => ({ ...grid, crests, roughness });

describe('EA test 4: water from a point over a flat plain', () => {
  // flat 1000 m by 2000 m, n = 0.05, up to 20 m³/s from the middle of the western side; cells of 20 m and 40 minutes here
  const grid = gridOf(50, 100, 20, () => 0);
  const inflow = {
    cells: Int32Array.from([49 * 50, 50 * 50]),
    cubicMetresPerSecondAt: (seconds: number) => Math.min(20, seconds / 60, Math.max(0, (18_000 - seconds) / 60)),
  };
  const results = MODELS.map((model) => {
    const engine = open(model, onGrid(grid, 0.05), plain(5_000), { inflow });
    engine.runUntil(2_400);
    return engine;
  });
  for (const engine of results)
    it(`${engine.model}: keeps the water to 1e-9, and both halves alike`, () => {
      const { throughInflow, inside } = engine.balance();
      assert.ok(Math.abs(throughInflow - (20 * 1_200) / 2 - 20 * 1_200) < 60, `${throughInflow} m³ came in`);
      assert.ok(Math.abs(inside / throughInflow - 1) < 1e-9);
      assert.ok(engine.depths.every((depth) => depth >= 0));
      for (let row = 0; row < 50; row++)
        for (let column = 0; column < 50; column++)
          assert.ok(Math.abs(engine.depths[row * 50 + column]! - engine.depths[(99 - row) * 50 + column]!) < 1e-12, `row ${row}, column ${column}`);
    });
  it('both models say nearly the same where water runs slowly', (test) => {
    const [one, other] = results.map(({ depths }) => depths);
    const wet = (depths: Float64Array): number => depths.filter((depth) => depth > 0.05).length;
    test.diagnostic(`wet by more than 5 cm: ${wet(one!)} and ${wet(other!)} cells`);
    assert.ok(Math.abs(wet(one!) / wet(other!) - 1) < 0.1);
  });
});

describe('MacDonald 1996: a channel whose depth is known', () => {
  // subcritical, 1000 m, 2 m²/s, n = 0.03: the bed is made so that this is the depth
  const [length, flow, n] = [1_000, 2, 0.03];
  const depthAt = (x: number): number => (4 / GRAVITY) ** (1 / 3) * (1 + 0.5 * Math.exp(-16 * (x / length - 0.5) ** 2));
  const slopeAt = (x: number): number => (depthAt(x + 0.01) - depthAt(x - 0.01)) / 0.02;
  const fall = (x: number): number => (1 - flow ** 2 / (GRAVITY * depthAt(x) ** 3)) * slopeAt(x) + (n * flow) ** 2 / depthAt(x) ** (10 / 3);
  const error = (cells: number): number => {
    const step = length / cells;
    // Simpson's rule from the lower end up
    const bed = plain(cells);
    for (let cell = cells - 2; cell >= 0; cell--) {
      const x = (cell + 0.5) * step;
      bed[cell] = bed[cell + 1]! + (step / 6) * (fall(x) + 4 * fall(x + step / 2) + fall(x + step));
    }
    const grid = gridOf(cells, 1, step, (column) => bed[column]!);
    const depths = Float64Array.from({ length: cells }, (_, cell) => depthAt((cell + 0.5) * step));
    const level = bed[cells - 1]! + depths[cells - 1]!;
    // poured in over the width of a cell; at the lower end the gauge keeps the level
    const engine = open('hll', onGrid(grid, n), depths, {
      inflow: { cells: Int32Array.from([0]), cubicMetresPerSecondAt: () => flow * step },
      tide: { cells: Int32Array.from([cells - 1]), levelAt: () => level },
    });
    engine.runUntil(1_500);
    let off = 0;
    // a few cells at the ends answer to how the water comes and goes
    for (let cell = 5; cell < cells - 5; cell++) off += Math.abs(engine.depths[cell]! - depths[cell]!) / depths[cell]!;
    return off / (cells - 10);
  };
  it('HLL: with friction, steady to a few percent and better the finer it is', (test) => {
    const errors = [error(50), error(100), error(200)];
    test.diagnostic(`mean error at 50, 100, 200 cells: ${errors.map((one) => `${(100 * one).toFixed(2)} %`).join(', ')}`);
    assert.ok(errors[2]! < 0.02 && errors[0]! > errors[2]!, errors.join(' '));
  });
});

describe('a gate is the crest of an edge', () => {
  const wall: Structure = {
    id: 'wall',
    kind: 'dyke',
    name: '',
    crestMetres: 6,
    sillMetres: 0,
    line: [
      [500_103, 5_899_000],
      [500_103, 5_901_000],
    ],
  };
  const gate: Structure = {
    ...wall,
    id: 'gate',
    kind: 'gate',
    sillMetres: 1,
    line: [
      [500_103, 5_900_095],
      [500_103, 5_900_125],
    ],
  };
  const grid = gridOf(30, 20, 10, (column) => (column < 10 ? -3 : 0.5));
  const behind = (state: StructureState, model: FloodEngine['model'], laterSeconds?: number): number => {
    const crests = crestsOf(grid, [wall, gate], { gate: state });
    const cells = tideCells(grid, { belowMetres: 0 });
    const start = depthsBelow(grid, spillLevels(spillGround(grid, crests), cells, grid.heights), 0);
    const engine = open(model, onGrid(grid, 0.03, crests), start, { tide: { cells, levelAt: (seconds) => Math.min(4, seconds / 60) } });
    engine.runUntil(600);
    if (laterSeconds !== undefined) {
      setCrest(crests, grid, edgesUnder(grid, gate.line), crestOf(gate, 'failed'));
      engine.runUntil(600 + laterSeconds);
    }
    return engine.depths.filter((depth, cell) => cell % 30 >= 10 && depth > 0.01).length;
  };
  for (const model of MODELS) {
    it(`${model}: closed it holds, to the drop`, () => assert.equal(behind('closed', model), 0));
    it(`${model}: open it lets the water in`, () => assert.ok(behind('open', model) > 100));
    it(`${model}: it fails when the water stands high, and the ground behind it floods`, () => assert.ok(behind('closed', model, 300) > 100));
  }
  it('a line without a gap lets nothing through, however it runs over the cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 30, max: 270 }), fc.integer({ min: 30, max: 170 })), { minLength: 1, maxLength: 6 }), (corners) => {
        const line = [
          [500_000 + corners[0]![0], 5_899_000],
          ...corners.map(([x, y]) => [500_000 + x, 5_900_000 + y]),
          [500_000 + corners.at(-1)![0], 5_901_000],
        ] as const;
        const flat = gridOf(30, 20, 10, () => 0);
        const crests = bareCrests(flat);
        setCrest(crests, flat, edgesUnder(flat, line as Structure['line']), 5);
        const spill = spillLevels(spillGround(flat, crests), [0], flat.heights);
        // the line goes from border to border: the first cell and the last lie on different sides
        return spill[29] === 500;
      }),
      { numRuns: 60 },
    );
  });
});

describe('spill level', () => {
  /** The same by looking at all cells again and again until nothing changes. */
  const slowly = ({ columns, rows, east, south }: SpillGround, sources: readonly number[], heights: ArrayLike<number>): number[] => {
    const spill = Array.from({ length: columns * rows }, () => DRY);
    for (const cell of sources) spill[cell] = Math.ceil(heights[cell]! * 100);
    for (let changed = true; changed;) {
      changed = false;
      const pass = (from: number, to: number, crest: number): void => {
        const level = Math.max(spill[from]!, crest);
        if (level < spill[to]!) {
          spill[to] = level;
          changed = true;
        }
      };
      for (let cell = 0; cell < spill.length; cell++) {
        for (const [from, to] of cell % columns < columns - 1
          ? [
              [cell, cell + 1],
              [cell + 1, cell],
            ]
          : [])
          pass(from!, to!, east[cell]!);
        for (const [from, to] of cell + columns < spill.length
          ? [
              [cell, cell + columns],
              [cell + columns, cell],
            ]
          : [])
          pass(from!, to!, south[cell]!);
      }
    }
    return spill;
  };
  const ground = fc.record({
    heights: fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -5, max: 9 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }), {
      minLength: 48,
      maxLength: 48,
    }),
    lowered: fc.array(fc.integer({ min: 0, max: 95 }), { maxLength: 5 }),
  });
  it('is the highest crest of the best way, also after gates were opened', () => {
    fc.assert(
      fc.property(ground, ({ heights, lowered }) => {
        const grid = { ...gridOf(8, 6, 10, () => 0), heights: Float64Array.from(heights, (one) => one) };
        grid.heights[0] = -5;
        const crests = bareCrests(grid);
        for (const cell of [9, 10, 17, 25, 26]) crests.east[cell] = Math.max(crests.east[cell]!, 12);
        const flat = spillGround(grid, crests);
        const spill = spillLevels(flat, [0], grid.heights);
        assert.deepEqual([...spill], slowly(flat, [0], grid.heights));
        const opened = new Map(lowered.filter((edge) => ((edge & 1) === 1 ? flat.south : flat.east)[edge >> 1]! < DRY).map((edge) => [edge, 2] as const));
        const east = Int16Array.from(flat.east);
        const south = Int16Array.from(flat.south);
        for (const edge of opened.keys()) {
          const crests = (edge & 1) === 1 ? south : east;
          crests[edge >> 1] = Math.min(crests[edge >> 1]!, 200);
        }
        assert.deepEqual([...spillLowered(flat, spill, opened)], slowly({ ...flat, east, south }, [0], grid.heights));
        assert.deepEqual([...spillLevels(flat, [0], grid.heights)], [...spill], 'the ground is as it was');
      }),
      { numRuns: 100 },
    );
  });
});

describe('the ground of the demo', () => {
  for (const cells of [64, 128]) {
    const { grid, structures } = demoTerrain(cells);
    const sources = tideCells(grid, { belowMetres: 0 });
    const ground = spillGround(grid, crestsOf(grid, structures));
    const spill = spillLevels(ground, sources, grid.heights);
    const wet = (levels: Int16Array): number => floodedAt(levels, grid.heights, 6).cells;
    it(`${cells} cells: at 6 m the dykes hold, and every gate that stays open floods what is behind it`, () => {
      assert.ok(wet(spill) < 0.3 * cells * cells);
      for (const gate of structures.filter(({ kind }) => kind === 'gate')) {
        const edges = edgesOf(grid, gate);
        assert.ok(edges.length > 0, gate.id);
        const lowered = spillLowered(ground, spill, new Map(edges.map((edge) => [edge, crestAt(grid, edge, gate.sillMetres)])));
        assert.ok(wet(lowered) > wet(spill), gate.id);
      }
    });
  }
  it('is the same at half the cells, but for the heights of the cells', () => {
    const fine = demoTerrain(64).grid;
    const { columns, rows, cellMetres, heights } = coarser(fine, 2);
    assert.deepEqual([columns, rows, cellMetres], [32, 32, fine.cellMetres * 2]);
    assert.ok(Math.abs(heights[0]! - (fine.heights[0]! + fine.heights[1]! + fine.heights[64]! + fine.heights[65]!) / 4) < 1e-5);
  });
});
