import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FEWEST } from '../../../kernel/few.ts';
import { toldCases, type CountedCases, type PhaseOf } from './case-figures.ts';

interface Range {
  readonly low: number;
  readonly high: number;
}
const difference = (whole: Range, part: Range): Range => ({ low: whole.low - part.high, high: whole.high - part.low });
const both = (one: Range, other: Range): Range => ({ low: Math.max(0, one.low, other.low), high: Math.min(one.high, other.high) });
const isFew = ({ low, high }: Range): boolean => low >= 1 && high <= FEWEST - 1;

const cases = (givenUp: number, first: number): CountedCases => ({
  service: 'hund',
  submitted: 0,
  decided: 0,
  givenUp,
  leftAt: { angaben: first, ort: givenUp - first },
});
const plain: PhaseOf = () => 0;
const phasesOf =
  (seed: number): PhaseOf =>
  (counter) =>
    [...counter].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0) + seed) % 9973, seed) % FEWEST;

/** What somebody knows of those left at the last page from everything that is told. @param width how far a figure can lie below */
function known(told: ReturnType<typeof toldCases>, width: number): Range {
  const range = (measure: string, page: string): Range => {
    const count = told.find((one) => one.measure === measure && one.page === page)?.count ?? 0;
    return { low: count, high: count + width };
  };
  return both(range('left-at', 'ort'), difference(range('given-up', ''), range('left-at', 'angaben')));
}

describe('What is told of cases', () => {
  it('by rounding down alone, a hidden page would be the total less the other page', () => {
    const told = toldCases([cases(23, 17)], plain);
    assert.deepEqual(known(told, 9), { low: 1, high: 9 });
  });
  it('with the secret phases no page of one to nine is known, whatever the truth and the phases are', () => {
    let tried = 0;
    for (let givenUp = 0; givenUp <= 60; givenUp++)
      for (let first = 0; first <= givenUp; first++)
        for (let seed = 0; seed < 25; seed++) {
          const range = known(toldCases([cases(givenUp, first)], phasesOf(seed)), 18);
          assert.ok(range.low <= givenUp - first && givenUp - first <= range.high, 'the truth is among what is possible');
          assert.ok(!isFew(range), `${givenUp}, ${first}, ${seed}: ${range.low} to ${range.high}`);
          tried += 1;
        }
    assert.ok(tried > 40_000);
  });
  it('who adds applications of their own does not see one to nine others', () => {
    const told = (own: number, others: number, phase: PhaseOf): number =>
      toldCases([{ service: 'hund', submitted: own + others, decided: 0, givenUp: 0, leftAt: {} }], phase)[0]?.count ?? 0;
    const others = (own: number, figure: number, width: number): Range => ({ low: Math.max(0, figure - own), high: figure + width - own });
    const looked = both(others(9, told(9, 1, plain), 9), others(10, told(10, 1, plain), 9));
    assert.ok(isFew(looked), 'by rounding alone: nine of one’s own, then ten');
    for (let seed = 0; seed < 25; seed++)
      for (let came = 0; came <= 20; came++) {
        // as many as they like, one after the other
        const all = Array.from({ length: 40 }, (_, own) => others(own, told(own, came, phasesOf(seed)), 18));
        const range = all.reduce(both);
        assert.ok(range.low <= came && came <= range.high);
        assert.ok(!isFew(range), `${came}, ${seed}: ${range.low} to ${range.high}`);
      }
  });
  /** What remains possible for a group after one look, by what is seen: figures of cases are reckoned once a month. */
  function possibleAfterOneLook(groups: readonly { readonly known: number; readonly matched: number; readonly uncounted: number; readonly group: number }[]) {
    const possible = new Map<string, Set<number>>();
    for (const { known: own, matched, uncounted, group } of groups)
      for (let ofCases = 0; ofCases < FEWEST; ofCases++)
        for (let ofUncounted = 0; ofUncounted < FEWEST; ofUncounted++) {
          const phase: PhaseOf = (counter) => (counter.endsWith('uncounted') ? ofUncounted : ofCases);
          const one = { service: 'hund', submitted: matched + uncounted, decided: 0, onlineMatched: matched, givenUp: 0, leftAt: {} };
          const seen = JSON.stringify([own, toldCases([one], phase)]);
          possible.set(seen, (possible.get(seen) ?? new Set()).add(group));
        }
    return possible;
  }
  const upTo = (most: number): readonly number[] => Array.from({ length: most + 1 }, (_, index) => index);
  it('who knows all online cases of the counted months sees no one to nine of the other months', () => {
    const groups = upTo(40).flatMap((matched) => upTo(30).map((uncounted) => ({ known: matched, matched, uncounted, group: uncounted })));
    const possible = possibleAfterOneLook(groups);
    assert.ok(possible.size > 100);
    for (const left of possible.values()) assert.ok(!isFew({ low: Math.min(...left), high: Math.max(...left) }), [...left].join());
  });
  it('where all months are counted the second figure gives none away who come beside one’s own cases', () => {
    const groups = upTo(30).flatMap((own) => upTo(30).map((others) => ({ known: own, matched: own + others, uncounted: 0, group: others })));
    for (const left of possibleAfterOneLook(groups).values()) assert.ok(!isFew({ low: Math.min(...left), high: Math.max(...left) }), [...left].join());
  });
  it('never tells more online cases of the counted months than of all, and nothing where nobody counted', () => {
    for (let seed = 0; seed < 25; seed++)
      for (let submitted = 0; submitted < 60; submitted++) {
        const one = { service: 'hund', submitted, decided: 0, givenUp: 0, leftAt: {} };
        const of = (measure: string, told: ReturnType<typeof toldCases>): number => told.find((row) => row.measure === measure)?.count ?? 0;
        const told = toldCases([{ ...one, onlineMatched: submitted }], phasesOf(seed));
        assert.ok(of('online-matched', told) <= of('submitted', told));
        assert.equal(of('online-matched', toldCases([one], phasesOf(seed))), 0);
      }
  });
  it('never tells more decided than submitted', () => {
    for (let seed = 0; seed < 25; seed++)
      for (let submitted = 0; submitted < 50; submitted++) {
        const told = toldCases([{ service: 'hund', submitted, decided: submitted, givenUp: 0, leftAt: {} }], phasesOf(seed));
        assert.equal(told.find(({ measure }) => measure === 'submitted')?.count, told.find(({ measure }) => measure === 'decided')?.count);
      }
  });
});
