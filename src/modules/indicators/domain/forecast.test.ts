import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bestMethod, forecast } from './forecast.ts';

/** Normal numbers from a seed (mulberry32 and Box-Muller): the same in every run. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const WALKS: Readonly<Record<string, (draw: () => number, length: number) => number[]>> = {
  noise: (draw, length) => Array.from({ length }, () => 50 + 5 * draw()),
  'random walk': (draw, length) => {
    let at = 50;
    return Array.from({ length }, () => (at += draw()));
  },
  trend: (draw, length) => Array.from({ length }, (_, t) => 20 + 0.5 * t + 3 * draw()),
  season: (draw, length) => Array.from({ length }, (_, t) => 50 + 15 * Math.sin((2 * Math.PI * t) / 12) + 3 * draw()),
};

describe('forecast', () => {
  for (const [name, make] of Object.entries(WALKS))
    for (const length of [24, 36, 60])
      it(`an interval of 80 % holds 70 to 90 of 100 simulated values: ${name}, ${length} months`, () => {
        let [inside, all] = [0, 0];
        for (let seed = 1; seed <= 300; seed += 1) {
          const series = make(normals(seed * 7919), length + 6);
          const { points } = forecast(series.slice(0, length), 6)!;
          for (const [index, { low, high }] of points.entries()) {
            const value = series[length + index]!;
            all += 1;
            if (value >= low && value <= high) inside += 1;
          }
        }
        const covered = inside / all;
        assert.ok(covered >= 0.7 && covered <= 0.9, `${covered.toFixed(3)} of ${all}`);
      });
  it('says nothing below twelve months', () => {
    assert.equal(
      forecast(
        Array.from({ length: 11 }, (_, t) => t),
        3,
      ),
      undefined,
    );
    assert.equal(
      forecast(
        Array.from({ length: 12 }, (_, t) => t),
        3,
      )?.points.length,
      3,
    );
  });
  it('sees a season after two years, a line, and that a constant is one', () => {
    assert.equal(bestMethod(WALKS['season']!(normals(1), 48)), 'seasonal-naive');
    assert.equal(bestMethod(Array.from({ length: 36 }, (_, t) => 3 * t)), 'damped-trend');
    const { method, points } = forecast(Array<number>(24).fill(7), 3)!;
    assert.equal(method, 'mean');
    assert.deepEqual(points[2], { low: 7, mid: 7, high: 7 });
  });
  it('the interval widens with time where the method says so', () => {
    const { points } = forecast(WALKS['random walk']!(normals(5), 40), 6)!;
    assert.ok(points[5]!.high - points[5]!.low >= points[0]!.high - points[0]!.low);
  });
});
