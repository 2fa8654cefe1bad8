import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alternativesOf, holm, logEvidence, pValueOf, suggestedShown, upperTail, type Counted, type Effect } from './sequential.ts';
import { ratioChance } from './ratio.ts';

/** Mulberry32: small, seeded, good enough for coins. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

interface Runs {
  readonly effect: Effect;
  readonly alpha: number;
  /** True rates of both wordings; may change with the share of the run that is over. */
  readonly rates: (over: number) => readonly [number, number];
  readonly runs: number;
  readonly seed: number;
}

/** The share of runs in which somebody who looks after every tenth view ever sees a difference shown. */
function shareShown({ effect, alpha, rates, runs, seed }: Runs): number {
  const random = seeded(seed);
  const alternatives = alternativesOf(effect);
  const most = suggestedShown(effect, alpha);
  const enough = Math.log(1 / alpha);
  let shown = 0;
  for (let run = 0; run < runs; run++) {
    const counts = [
      { shown: 0, reached: 0 },
      { shown: 0, reached: 0 },
    ];
    for (let view = 1; view <= 2 * most; view++) {
      const which = random() < 0.5 ? 0 : 1;
      counts[which]!.shown++;
      if (random() < rates(view / (2 * most))[which]) counts[which]!.reached++;
      if (view % 10 === 0 && logEvidence(alternatives, counts[0]!, counts[1]!) >= enough) {
        shown++;
        break;
      }
    }
  }
  return shown / runs;
}

const EFFECT: Effect = { expected: 0.2, minimum: 0.1 };

describe('the sequential test of two rates', () => {
  it('errs in at most alpha of 2,000 comparisons of the same with the same, although somebody looks all the time', () => {
    const share = shareShown({ effect: EFFECT, alpha: 0.05, rates: () => [0.2, 0.2], runs: 2000, seed: 1 });
    assert.ok(share > 0 && share <= 0.05, `${share}`);
  });
  it('errs no more where the expected rate was badly guessed, and where the rate moves in the meantime', () => {
    const guessed = shareShown({ effect: EFFECT, alpha: 0.05, rates: () => [0.45, 0.45], runs: 1000, seed: 2 });
    const moving = shareShown({ effect: EFFECT, alpha: 0.05, rates: (over) => [0.05 + 0.4 * over, 0.05 + 0.4 * over], runs: 1000, seed: 3 });
    assert.ok(guessed <= 0.05 && moving <= 0.05, `${guessed} ${moving}`);
  });
  it('finds the smallest difference that is worth finding in four of five comparisons, with the number of views it suggests', () => {
    for (const effect of [EFFECT, { expected: 0.1, minimum: 0.05 }]) {
      const { expected, minimum } = effect;
      const share = shareShown({ effect, alpha: 0.05, rates: () => [expected, expected + minimum], runs: 500, seed: 4 });
      assert.ok(share >= 0.8, `${share} of ${JSON.stringify(effect)}`);
    }
  });
  it('knows nothing before the first view, and the same of both directions', () => {
    const alternatives = alternativesOf(EFFECT);
    const none: Counted = { shown: 0, reached: 0 };
    assert.ok(Math.abs(logEvidence(alternatives, none, none)) < 1e-9);
    const [low, high] = [
      { shown: 400, reached: 60 },
      { shown: 400, reached: 110 },
    ];
    assert.ok(Math.abs(logEvidence(alternatives, low, high) - logEvidence(alternatives, high, low)) < 1e-9);
    assert.ok(logEvidence(alternatives, low, high) > Math.log(20));
  });
  it('the mean of the evidence under no difference is one, whatever the rate is: all outcomes of six views', () => {
    const alternatives = alternativesOf(EFFECT);
    for (const rate of [0.02, 0.3, 0.9]) {
      let mean = 0;
      for (let outcome = 0; outcome < 4 ** 6; outcome++) {
        const counts = [
          { shown: 0, reached: 0 },
          { shown: 0, reached: 0 },
        ];
        let chance = 1;
        for (let view = 0; view < 6; view++) {
          const [which, reached] = [(outcome >> (2 * view)) & 1, (outcome >> (2 * view + 1)) & 1];
          counts[which]!.shown++;
          counts[which]!.reached += reached;
          chance *= 0.5 * (reached === 1 ? rate : 1 - rate);
        }
        mean += chance * Math.exp(logEvidence(alternatives, counts[0]!, counts[1]!));
      }
      assert.ok(Math.abs(mean - 1) < 1e-9, `${mean} at ${rate}`);
    }
  });
  it('a p-value is one without evidence, and Holm stops at the first comparison that is not shown', () => {
    assert.equal(pValueOf(-3), 1);
    assert.ok(Math.abs(pValueOf(Math.log(20)) - 0.05) < 1e-12);
    assert.deepEqual(holm([0.04, 0.012, 0.03], 0.05), [false, true, false]);
    assert.deepEqual(holm([0.001, 0.02, 0.04], 0.05), [true, true, true]);
    assert.deepEqual(holm([0.5], 0.05), [false]);
  });
});

describe('equal assignment', () => {
  it('the tail of the normal distribution agrees with tables', () => {
    for (const [z, tail] of [
      [0, 0.5],
      [1.959964, 0.025],
      [3.290527, 0.0005],
      [5, 2.8665e-7],
    ] as const)
      assert.ok(Math.abs(upperTail(z) / tail - 1) < 1e-4, `${z}`);
  });
  it('the chance of uneven counts agrees with tables of chi-squared', () => {
    // 44,000 to 45,000: chi-squared 11.236 with one degree of freedom
    assert.ok(Math.abs(ratioChance([44_000, 45_000]) / 0.000802 - 1) < 0.01);
    // 5.991 with two and 7.815 with three degrees of freedom are the 5 % points
    assert.ok(Math.abs(ratioChance([1000 + 54.73, 1000 - 54.73, 1000]) - 0.05) < 1e-3);
    assert.ok(Math.abs(ratioChance([1000 + 62.51, 1000 - 62.51, 1000, 1000]) - 0.05) < 1e-3);
  });
  it('few views are reckoned exactly', () => {
    assert.equal(ratioChance([0, 0]), 1);
    assert.ok(Math.abs(ratioChance([10, 0]) - 2 / 1024) < 1e-12);
    assert.ok(Math.abs(ratioChance([3, 0, 0]) - 3 / 27) < 1e-12);
    assert.ok(Math.abs(ratioChance([15, 15, 15, 15]) - 1) < 1e-9);
  });
});
