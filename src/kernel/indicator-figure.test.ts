import assert from 'node:assert/strict';
import { it } from 'node:test';
import { figureWords } from './indicator-figure.ts';

it('a figure of an indicator reads the same wherever it stands', () => {
  const read = (...of: Parameters<typeof figureWords>): string => figureWords(...of).replaceAll('\u00a0', ' ');
  assert.equal(read('de', 'share', 0.4234), '42,3 %');
  assert.equal(read('en', 'share', 0.4234), '42.3%');
  assert.equal(read('leicht', 'share', 1), '100 %');
  assert.equal(read('de', 'days', 12.34), '12,3 Tage');
  assert.equal(read('de', 'days', 1), '1 Tag');
  assert.equal(read('en', 'days', 1.04), '1 day');
  assert.equal(read('de', 'minutes', 14.5), '14,5 Minuten');
  assert.equal(read('en', 'minutes', 1), '1 minute');
  assert.equal(read('de', 'euros', 1234.5), '1.234,50 €');
  assert.equal(read('de', 'euros', 1000), '1.000 €');
  assert.equal(read('en', 'euros', 0.999), '€1');
  assert.equal(read('de', 'score', 3.846), '3,85 von 5');
  assert.equal(read('leicht', 'per-case', 0.25), '0,25 für jeden Antrag');
  assert.equal(read('de', 'count', 12345), '12.345');
  assert.equal(read('de', 'count', -0.01), '0');
});
