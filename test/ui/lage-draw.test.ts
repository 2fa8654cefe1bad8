import assert from 'node:assert/strict';
import { it } from 'node:test';
import { signOfWords } from '../../src/browser/lage-sign-words.ts';
import { bearingDegrees } from '../../src/kernel/measure.ts';

it('finds a tactical sign by its names, and says nothing where one is not known', () => {
  assert.deepEqual(signOfWords('Gebäude + Pumpe'), { grundzeichen: 'gebaeude', symbol: 'pumpe' });
  assert.deepEqual(signOfWords('deichverteidigung'), undefined);
  assert.deepEqual(signOfWords('THW'), { organisation: 'thw', grundzeichen: 'stelle' });
  assert.equal(signOfWords(''), undefined);
});

it('a bearing is counted from grid north, clockwise', () => {
  const here = { lon: 9, lat: 53.5 };
  const near = (value: number, to: number): boolean => Math.abs(value - to) < 0.1;
  assert.ok(near(bearingDegrees(here, { lon: 9, lat: 53.6 }), 0));
  assert.ok(near(bearingDegrees(here, { lon: 9.001, lat: 53.5 }), 90));
  assert.ok(near(bearingDegrees(here, { lon: 9, lat: 53.4 }), 180));
});
