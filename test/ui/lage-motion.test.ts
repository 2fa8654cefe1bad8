import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Motion } from '../../src/browser/lage-motion.ts';

/** Metres on the mercator map at Hamburg. */
const metres = (value: number): number => value / (40_075_016.69 * Math.cos((53.55 * Math.PI) / 180));
const Y = 0.5 - Math.log(Math.tan(Math.PI / 4 + (53.55 * Math.PI) / 360)) / (2 * Math.PI);
const fix = (east: number, at: number) => ({ x: 0.5 + metres(east), y: Y, at });
const CAR = { limit: 60, freshMs: 60_000 };

describe('things that move on the map', () => {
  it('a thing glides from where it is seen to its newest fix, and stops there', () => {
    const motion = new Motion();
    assert.equal(motion.take('a', fix(0, 0), 0, CAR), 'placed');
    assert.equal(motion.take('a', fix(100, 5000), 5000, CAR), 'glides');
    assert.ok(Math.abs(motion.at('a', 7500)![0] - fix(50, 0).x) < metres(0.1));
    assert.ok(motion.moving(9999));
    assert.ok(Math.abs(motion.at('a', 60_000)![0] - fix(100, 0).x) < metres(0.1), 'it does not run on');
    assert.ok(!motion.moving(10_000));
  });
  it('a new fix in the middle of a glide goes on from where the thing is seen', () => {
    const motion = new Motion();
    motion.take('a', fix(0, 0), 0, CAR);
    motion.take('a', fix(100, 5000), 5000, CAR);
    const before = motion.at('a', 6000)![0];
    motion.take('a', fix(120, 6000), 6000, CAR);
    assert.equal(motion.at('a', 6000)![0], before);
  });
  it('what had gone stale is placed, not moved', () => {
    const motion = new Motion();
    motion.take('a', fix(0, 0), 0, CAR);
    assert.equal(motion.take('a', fix(500, 61_000), 61_000, CAR), 'placed');
    assert.ok(!motion.moving(61_000));
  });
  it('a jump is marked and not drawn, until a further fix bears it out', () => {
    const motion = new Motion();
    motion.take('a', fix(0, 0), 0, CAR);
    assert.equal(motion.take('a', fix(50_000, 1000), 1000, CAR), 'jump');
    assert.ok(motion.jumped('a'));
    assert.equal(motion.at('a', 2000)![0], fix(0, 0).x);
    assert.equal(motion.take('a', fix(50_010, 2000), 2000, CAR), 'placed');
    assert.ok(!motion.jumped('a'));
    assert.equal(motion.at('a', 2000)![0], fix(50_010, 0).x);
  });
  it('a single wrong place is forgotten when the thing is seen where it was', () => {
    const motion = new Motion();
    motion.take('a', fix(0, 0), 0, CAR);
    motion.take('a', fix(50_000, 1000), 1000, CAR);
    assert.equal(motion.take('a', fix(20, 2000), 2000, CAR), 'glides');
    assert.ok(!motion.jumped('a'));
  });
  it('an older fix changes nothing', () => {
    const motion = new Motion();
    motion.take('a', fix(0, 10_000), 0, CAR);
    assert.equal(motion.take('a', fix(50, 9000), 10, CAR), 'older');
    assert.equal(motion.at('a', 20)![0], fix(0, 0).x);
  });
});
