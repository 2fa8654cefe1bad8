import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COUNTING, nextAfter } from './next-steps.ts';

const pair = (service: string, next: string, people: number) => ({ service, next, people });
const PAIRS = [
  pair('bau', 'sonder', 40),
  pair('bau', 'grabung', 55),
  pair('bau', 'baum', 12),
  pair('bau', 'hund', 11),
  pair('sonder', 'grabung', 30),
  pair('sonder', 'bau', 90),
];

describe('what others needed next', () => {
  it('is what followed most often, three at most', () => assert.deepEqual(nextAfter(PAIRS, ['bau']), ['grabung', 'sonder', 'baum']));
  it('after several services, leaves these out and adds up', () => assert.deepEqual(nextAfter(PAIRS, ['bau', 'sonder']), ['grabung', 'baum', 'hund']));
  it('is nothing where nothing is known', () => assert.deepEqual(nextAfter(PAIRS, ['reisepass']), []));
  it('parameters are dated: within 90 days, nobody below ten', () => {
    const { withinDays, fewest } = COUNTING.on(Temporal.PlainDate.from('2026-11-24'));
    assert.deepEqual([withinDays, fewest], [90, 10]);
  });
});
