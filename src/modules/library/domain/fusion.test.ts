import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fused } from './fusion.ts';

const ranking = (letters: string): { readonly id: string }[] => [...letters].map((id) => ({ id }));
const order = (...rankings: string[]): string =>
  fused(rankings.map(ranking))
    .map(({ id }) => id)
    .join('');

describe('rankings fused by reciprocal ranks', () => {
  it('nothing ranked is nothing found', () => {
    assert.deepEqual(fused([]), []);
    assert.deepEqual(fused([[], []]), []);
  });

  it('one ranking stays as it is', () => {
    assert.equal(order('cab'), 'cab');
    assert.equal(order('cab', ''), 'cab');
  });

  it('a score is the sum of 1/(60 + rank), whatever scores the rankings brought', () => {
    const [a, b] = fused([
      [
        { id: 'a', score: 900 },
        { id: 'b', score: 899 },
      ],
      [{ id: 'a', score: 0.1 }],
    ]);
    assert.ok(Math.abs(a!.score - 2 / 61) < 1e-12);
    assert.ok(Math.abs(b!.score - 1 / 62) < 1e-12);
  });

  it('what two rankings find in the middle goes before what one finds first', () => {
    assert.equal(order('xmab', 'ymcd').at(0), 'm');
    assert.equal(order('abcdef', 'f')[0], 'f');
  });

  it('a tie keeps the order in which things were first met: ours goes before others', () => {
    assert.equal(order('ab', 'ba'), 'ab');
    assert.equal(order('a', 'b'), 'ab');
  });

  it('a ranking that names a thing twice counts once for it', () => {
    assert.equal(order('ab', 'bbb'), order('ab', 'b'));
    assert.deepEqual(fused([ranking('aab')]), fused([ranking('ab')]));
  });

  it('keeps what a thing carries, of the ranking that named it first', () => {
    const ours = { id: 'a', text: 'ours' };
    const [found] = fused([[ours], [{ id: 'a', text: 'theirs' }]]);
    assert.equal(found!.text, 'ours');
    assert.deepEqual(ours, { id: 'a', text: 'ours' }, 'what was given stays as it was');
  });

  const rankings = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 }), { maxLength: 4 });
  it('finds everything once, best first, and what no ranking sets behind another is not behind it', () => {
    fc.assert(
      fc.property(rankings, (lists) => {
        const found = fused(lists.map((list) => list.map((id) => ({ id }))));
        assert.deepEqual(found.map(({ id }) => id).toSorted(), [...new Set(lists.flat())].toSorted());
        for (const [place, { score }] of found.entries()) assert.ok(place === 0 || found[place - 1]!.score >= score);
        const rank = (list: readonly string[], id: string): number => (list.includes(id) ? list.indexOf(id) : Infinity);
        const places = new Map(found.map(({ id }, place) => [id, place]));
        for (const one of places.keys())
          for (const other of places.keys()) {
            const neverBehind = lists.every((list) => rank(list, one) <= rank(list, other));
            const somewhereBefore = lists.some((list) => rank(list, one) < rank(list, other));
            if (neverBehind && somewhereBefore) assert.ok(places.get(one)! < places.get(other)!, `${one} before ${other} in ${JSON.stringify(lists)}`);
          }
      }),
    );
  });
});
