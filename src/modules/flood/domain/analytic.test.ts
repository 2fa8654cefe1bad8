import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GRAVITY, type FloodEngine, type FloodGround } from './engine.ts';
import { Hll } from './hll.ts';
import { inertialFields, LocalInertial } from './inertial.ts';
import { bareCrests } from './structures.ts';

/** A ground that is made of a function of the middle of its cells. */
function groundOf(columns: number, rows: number, cellMetres: number, height: (x: number, y: number) => number, roughness = 0): FloodGround {
  const heights = Float64Array.from({ length: columns * rows }, (_, cell) =>
    height(((cell % columns) + 0.5) * cellMetres, (Math.floor(cell / columns) + 0.5) * cellMetres),
  );
  const crests = bareCrests({ columns, rows, cellMetres, westMetres: 0, southMetres: 0, heights });
  return { columns, rows, cellMetres, heights, crests, roughness };
}

const depthsOf = ({ columns, rows, cellMetres, heights }: FloodGround, level: (x: number, y: number) => number): Float64Array =>
  Float64Array.from({ length: columns * rows }, (_, cell) =>
    Math.max(0, level(((cell % columns) + 0.5) * cellMetres, (Math.floor(cell / columns) + 0.5) * cellMetres) - heights[cell]!),
  );

const inertial = (ground: FloodGround, depths: Float64Array): LocalInertial =>
  new LocalInertial(
    inertialFields(ground, depths, (cells) => new Float64Array(cells)),
    {},
  );
const hll = (ground: FloodGround, depths: Float64Array): Hll => new Hll(ground, depths, {});
const ENGINES: Readonly<Record<FloodEngine['model'], (ground: FloodGround, depths: Float64Array) => FloodEngine>> = { inertial, hll };

/** Mean error over the mean of what should be there. */
function l1(got: Float64Array, expected: Float64Array): number {
  let [off, all] = [0, 0];
  for (let cell = 0; cell < got.length; cell++) {
    off += Math.abs(got[cell]! - expected[cell]!);
    all += Math.abs(expected[cell]!);
  }
  return off / all;
}

describe('a lake at rest stays at rest', () => {
  /** A bump under water and an island that looks out of it. */
  const bumps = (x: number, y: number): number =>
    2.5 * Math.exp(-((x - 130) ** 2 + (y - 120) ** 2) / 900) + 0.8 * Math.exp(-((x - 60) ** 2 + (y - 60) ** 2) / 600);
  for (const [name, open] of Object.entries(ENGINES))
    it(`${name}: over a bump and around an island, exact to 1e-9`, () => {
      const ground = groundOf(40, 40, 5, bumps, 0.03);
      const depths = depthsOf(ground, () => 1.5);
      assert.ok(depths.some((depth) => depth === 0) && depths.some((depth) => depth > 0));
      const engine = open(ground, depths);
      engine.runUntil(300);
      const off = engine.depths.reduce((most, depth, cell) => Math.max(most, Math.abs(depth - depths[cell]!)), 0);
      assert.ok(off < 1e-9, `off by ${off} m`);
    });
});

/** Dam in the middle of 2000 m: Stoker (1957) where there is water behind it, Ritter (1892) where there is none. */
function damBreak(x: number, seconds: number, high: number, low: number): number {
  const celerity = Math.sqrt(GRAVITY * high);
  const at = (x - 1000) / seconds;
  if (at <= -celerity) return high;
  const fan = (2 * celerity - at) ** 2 / (9 * GRAVITY);
  if (low === 0) return at >= 2 * celerity ? 0 : fan;
  const middle = stokerMiddle(high, low);
  const speed = 2 * (celerity - Math.sqrt(GRAVITY * middle));
  if (at <= speed - Math.sqrt(GRAVITY * middle)) return fan;
  return at <= (middle * speed) / (middle - low) ? middle : low;
}

/** Depth between the wave and the shock: where both say the same speed; by halving. */
function stokerMiddle(high: number, low: number): number {
  let [below, above] = [low, high];
  for (let n = 0; n < 100; n++) {
    const middle = (below + above) / 2;
    const wave = 2 * (Math.sqrt(GRAVITY * high) - Math.sqrt(GRAVITY * middle));
    const shock = (middle - low) * Math.sqrt((GRAVITY / 2) * (1 / middle + 1 / low));
    if (wave > shock) below = middle;
    else above = middle;
  }
  return below;
}

function damBreakError(cells: number, low: number, open = ENGINES.hll): number {
  const ground = groundOf(cells, 1, 2000 / cells, () => 0);
  const engine = open(
    ground,
    depthsOf(ground, (x) => (x < 1000 ? 10 : low)),
  );
  engine.runUntil(40);
  return l1(
    engine.depths,
    depthsOf(ground, (x) => damBreak(x, 40, 10, low)),
  );
}

describe('HLL and dam breaks', () => {
  for (const [name, low] of [
    ['Stoker, water behind the dam', 2],
    ['Ritter, dry ground behind the dam', 0],
  ] as const)
    it(`${name}: within 1 % (L1) at 400 cells, and better the finer it is`, (test) => {
      const errors = [100, 200, 400].map((cells) => damBreakError(cells, low));
      const order = Math.log2(errors[1]! / errors[2]!);
      test.diagnostic(`L1 at 100, 200, 400 cells: ${errors.map((one) => `${(100 * one).toFixed(2)} %`).join(', ')}; order of convergence ${order.toFixed(2)}`);
      assert.ok(errors[2]! < 0.01, `L1 ${errors[2]}`);
      assert.ok(order > 0.5, `order ${order}`);
    });

  it('the local inertial model is not for breaches: it is off by more than HLL', (test) => {
    const wet = damBreakError(400, 2, inertial);
    const dry = damBreakError(400, 0, inertial);
    test.diagnostic(`local inertial, L1 at 400 cells: Stoker ${(100 * wet).toFixed(1)} %, Ritter ${(100 * dry).toFixed(1)} %`);
    assert.ok(wet > damBreakError(400, 2));
    assert.ok(dry > damBreakError(400, 0));
  });
});

describe('Thacker 1981: water that swings in a bowl', () => {
  /** The curved surface of his section 4, rotated around the middle: radius 1 m, depth 0.1 m in the middle of the bowl. */
  const [radius, deep, start] = [1, 0.1, 0.8];
  const swing = (radius ** 2 - start ** 2) / (radius ** 2 + start ** 2);
  const omega = Math.sqrt(8 * GRAVITY * deep) / radius;
  const bowl = (x: number, y: number): number => deep * (((x - 2) ** 2 + (y - 2) ** 2) / radius ** 2) - deep;
  const surface = (seconds: number) => (x: number, y: number) => {
    const r2 = (x - 2) ** 2 + (y - 2) ** 2;
    const part = 1 - swing * Math.cos(omega * seconds);
    return deep * (Math.sqrt(1 - swing ** 2) / part - 1 - (r2 / radius ** 2) * ((1 - swing ** 2) / part ** 2 - 1));
  };
  const errorAt = (cells: number, seconds: number): number => {
    const ground = groundOf(cells, cells, 4 / cells, bowl);
    const engine = hll(ground, depthsOf(ground, surface(0)));
    engine.runUntil(seconds);
    const { start: before, inside } = engine.balance();
    assert.ok(Math.abs(inside / before - 1) < 1e-9);
    return l1(engine.depths, depthsOf(ground, surface(seconds)));
  };

  it('HLL: shore and water after half a swing, better the finer it is', (test) => {
    const half = Math.PI / omega;
    const errors = [40, 80, 160].map((cells) => errorAt(cells, half));
    test.diagnostic(
      `L1 at 40, 80, 160 cells: ${errors.map((one) => `${(100 * one).toFixed(1)} %`).join(', ')}; order ${Math.log2(errors[1]! / errors[2]!).toFixed(2)}`,
    );
    assert.ok(errors[2]! < 0.06, `L1 ${errors[2]}`);
    assert.ok(errors[0]! > errors[1]! && errors[1]! > errors[2]!);
  });
});
