import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cheapestAssignment } from '../../../kernel/assignment.ts';
import { gospa, scoreTracks, type TrackPoint } from './gospa.ts';
import { numbersFrom } from './made-set.ts';

const line = (a: number, b: number): number => Math.abs(a - b);

describe('GOSPA with p = 2, alpha = 2', () => {
  for (const [rule, truth, estimates, cutoff, squared] of [
    ['nothing and nothing is 0', [], [], 10, 0],
    ['one missed is c²/2', [0], [], 10, 50],
    ['one false is c²/2', [], [0], 10, 50],
    ['a pair costs its squared distance', [0], [3], 10, 9],
    ['a pair at the cutoff is one missed and one false', [0], [10], 10, 100],
    ['a pair beyond the cutoff costs no more', [0], [5000], 10, 100],
    ['the cheapest pairs count', [0, 10], [9, 1], 10, 2],
    ['more estimates than objects', [0], [1, 50], 10, 51],
  ] as [string, number[], number[], number, number][])
    it(rule, () => {
      const found = gospa(truth, estimates, cutoff, line);
      assert.ok(Math.abs(found.distance ** 2 - squared) < 1e-9, `${found.distance ** 2}`);
      assert.ok(Math.abs(found.localisation + found.missed + found.false - squared) < 1e-9);
      assert.ok(Math.abs(gospa(estimates, truth, cutoff, line).distance - found.distance) < 1e-9, 'it is symmetric');
    });
});

it('the assignment is the cheapest of all, for any shape', () => {
  const random = numbersFrom(7);
  const best = (costs: readonly (readonly number[])[], row = 0, used = 0): number => {
    if (row === costs.length) return 0;
    let least = costs.length > costs[0]!.length ? best(costs, row + 1, used) : Infinity;
    for (let column = 0; column < costs[0]!.length; column++)
      if ((used & (1 << column)) === 0) least = Math.min(least, costs[row]![column]! - 1000 + best(costs, row + 1, used | (1 << column)));
    return least;
  };
  for (let round = 0; round < 60; round++) {
    const [rows, columns] = [1 + Math.floor(random() * 5), 1 + Math.floor(random() * 5)];
    const costs = Array.from({ length: rows }, () => Array.from({ length: columns }, () => random() * 100));
    const found = cheapestAssignment(costs);
    const used = found.filter((column) => column >= 0);
    assert.equal(new Set(used).size, Math.min(rows, columns));
    const total = found.reduce((sum, column, row) => sum + (column < 0 ? 0 : costs[row]![column]! - 1000), 0);
    assert.ok(Math.abs(total - best(costs)) < 1e-6, `${rows} x ${columns}`);
  }
});

it('tracks: an identity that changes is a switch, a gap is missed', () => {
  const at = (second: number, id: string, lon: number): TrackPoint => ({ id, at: Temporal.Instant.fromEpochMilliseconds(second * 1000), lon, lat: 0 });
  const truth = [at(0, 'a', 0), at(1, 'a', 1), at(2, 'a', 2), at(3, 'a', 3)];
  const estimates = [at(0, 'x', 0), at(1, 'x', 1), at(3, 'y', 3), at(3, 'z', 500)];
  const figures = scoreTracks(truth, estimates, 10, (a, b) => line(a.lon, b.lon));
  assert.deepEqual([figures.moments, figures.missed, figures.false, figures.idSwitches, figures.rmsMetres], [4, 1, 1, 1, 0]);
});
