import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { energyAt, levelOf, lossOver, preparedPiece, roadPower, vehiclePower, type SoundPiece } from './road-noise.ts';

const near = (actual: number, expected: number, off: number): void => assert.ok(Math.abs(actual - expected) <= off, `${actual} is not ${expected} ± ${off}`);

describe('RLS-19: emission', () => {
  // by hand: 88 + 10·lg(1 + 2.5^3.06) = 88 + 10·lg(17.51) = 100.43; 88 + 10·lg(1 + 1.5^3.06) = 88 + 10·lg(4.458) = 94.49
  for (const [kind, speed, expected] of [
    ['car', 50, 100.43],
    ['car', 30, 94.49],
    ['lorry', 50, 105.89],
    ['trailer', 50, 108.41],
  ] as const)
    it(`equation 4: a ${kind} at ${speed} km/h has ${expected} dB`, () => near(vehiclePower(kind, speed), expected, 0.01));
  it('equation 3: 100 cars an hour at 50 km/h have 73.44 dB a metre', () =>
    near(roadPower({ vehiclesPerHour: 100, lorryPercent: 0, trailerPercent: 0, speedKmh: 50 }), 20 + 100.43 - 10 * Math.log10(50) - 30, 0.01));
  it('equation 3: twice the traffic is 3.01 dB louder, and lorries are louder than cars', () => {
    const power = (vehiclesPerHour: number, lorryPercent: number) => roadPower({ vehiclesPerHour, lorryPercent, trailerPercent: 0, speedKmh: 50 });
    near(power(200, 5) - power(100, 5), 3.01, 0.01);
    assert.ok(power(100, 10) > power(100, 0));
  });
});

describe('RLS-19: spreading', () => {
  it('air takes s/200, ground nothing near the road and 4.8 dB at the most', () => {
    near(lossOver(10), 0.05, 1e-9);
    // 4.8 − (2.25/100)·(34 + 6) = 3.9, and 0.5 for the air
    near(lossOver(100), 4.4, 1e-9);
    assert.ok(lossOver(1000) - 5 < 4.8);
  });
  const energy = ([x, y]: readonly [number, number], piece: SoundPiece, reach?: number): number => energyAt(x, y, preparedPiece(piece), reach);
  const endless: SoundPiece = { from: [-1e6, 0], to: [1e6, 0], power: 80 };
  it('a long straight road spreads as a line: L = L’ − 10·lg(2·d) besides losses', () => {
    // the whole half circle is in view: π/(2π·d) = 1/(2·d); 3.5 m of rise to the receiver
    const across = Math.hypot(20, 3.5);
    near(levelOf(energy([0, 20], endless)), 80 - 10 * Math.log10(2 * across) - lossOver(across), 1e-3);
  });
  it('pieces together sound as the whole, where no loss depends on the piece', () => {
    const whole = energy([30, 8], { from: [0, 0], to: [60, 0], power: 75 });
    const parts = [0, 20, 40].reduce((sum, x) => sum + energy([30, 8], { from: [x, 0], to: [x + 20, 0], power: 75 }), 0);
    near(levelOf(parts), levelOf(whole), 0.05);
  });
  it('beyond the reach nothing counts', () => {
    const piece: SoundPiece = { from: [0, 0], to: [100, 0], power: 80 };
    assert.deepEqual([energy([0, 401], piece, 400), energy([0, 390], piece, 400) > 0], [0, true]);
  });
  it('never gets louder farther away', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 500, noNaN: true }), fc.double({ min: 0.1, max: 200, noNaN: true }), (distance, more) => {
        assert.ok(energy([0, distance + more], endless) <= energy([0, distance], endless));
      }),
      { seed: 7 },
    );
  });
});
