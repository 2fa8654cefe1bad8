import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FEWEST, inTens } from '../../../kernel/few.ts';
import { another, MOST_HIDDEN, newTens } from './tens.ts';

/** What lies on the disk after so many readers. */
function written(readers: number, phase: number): number {
  const tens = newTens(phase);
  let kept = 0;
  for (let reader = 0; reader < readers; reader++) if (another(tens)) kept += FEWEST;
  return kept;
}

/** All numbers of readers that may stand behind a figure, over every phase: what an attacker knows of one counter. */
function possible(kept: number): { readonly low: number; readonly high: number } {
  const counts: number[] = [];
  for (let readers = 0; readers <= kept + 40; readers++)
    for (let phase = 0; phase < FEWEST; phase++) if (written(readers, phase) === kept) counts.push(readers);
  return { low: Math.min(...counts), high: Math.max(...counts) };
}

describe('Tens', () => {
  it('writes nothing below ten, and only whole tens', () => {
    for (let phase = 0; phase < FEWEST; phase++) {
      for (let readers = 0; readers < 60; readers++) {
        const kept = written(readers, phase);
        assert.equal(kept % FEWEST, 0);
        if (readers < FEWEST) assert.equal(kept, 0, `${readers} readers in phase ${phase}`);
        assert.ok(readers >= kept && readers <= kept + MOST_HIDDEN);
      }
    }
  });

  it('leaves a figure n open between n and n + 18', () => {
    for (const kept of [0, 10, 20, 70]) assert.deepEqual(possible(kept), { low: kept, high: kept + MOST_HIDDEN });
  });

  it('shows a phase of nothing by the phase: each of the ten is as likely', () => {
    assert.deepEqual(
      Array.from({ length: 20 }, (_, random) => newTens(random).phase),
      [...Array(10).keys(), ...Array(10).keys()],
    );
  });

  it('gives away no group of one to nine where counters divide a whole, whatever lies on the disk', () => {
    // two to four counters divide those of a total; the attacker knows every figure and every possible value of the dimension
    const people = fc.array(fc.integer({ min: 0, max: 45 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(people, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }), (counts, phases) => {
        const total = written(
          counts.reduce((sum, one) => sum + one, 0),
          phases[4]!,
        );
        const cells = counts.map((count, index) => possible(written(count, phases[index]!)));
        const whole = possible(total);
        for (const [index, own] of cells.entries()) {
          const others = cells.filter((_, at) => at !== index);
          const low = Math.max(own.low, whole.low - others.reduce((sum, { high }) => sum + high, 0));
          const high = Math.min(own.high, whole.high - others.reduce((sum, one) => sum + one.low, 0));
          assert.ok(!(low >= 1 && high <= 9), `a group of ${low} to ${high} is given away: ${JSON.stringify({ counts, phases })}`);
        }
      }),
      { numRuns: 400, seed: 60 },
    );
  });

  it('would give a group away without the phase: the attack is real', () => {
    // 24 in all, 20 on phones, 4 on tablets, all in the same phase that everybody knows
    const known = (count: number): { low: number; high: number } => ({ low: inTens(count), high: inTens(count) + 9 });
    const [whole, phones, tablets] = [known(30), known(20), known(9)];
    const low = Math.max(tablets.low, whole.low - phones.high);
    assert.deepEqual({ low, high: tablets.high }, { low: 1, high: 9 });
  });
});
