import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeLetters } from './made-letters.ts';
import { maskingFigures } from './masking-figures.ts';

describe('Made letters of the administration', () => {
  const figures = maskingFigures(madeLetters(20261129, 120, 0.5));

  it('hold damaged and whole names, numbers of every kind, and people nobody knows', () => {
    assert.ok(Object.keys(figures.byClass).length >= 30);
    for (const [name, { places }] of Object.entries(figures.byClass)) assert.ok(places > 10, name);
  });
  it('keep no party of the case: recall 1.0', () => assert.deepEqual([figures.groups.party.recall, figures.missed], [1, []]));
  it('keep no number with a check digit: recall of at least 0.99 in each class', () => {
    for (const [name, { recall }] of Object.entries(figures.byClass)) if (name.startsWith('number')) assert.ok(recall >= 0.99, `${name}: ${recall}`);
  });
  it('keep nearly nothing that rules can find', () => assert.ok(figures.groups.rule.recall >= 0.98));
  it('come back as they were', () => assert.equal(figures.lossless, figures.letters));
  it('stay readable: at most 3 % of the signs are masked without need', () => assert.ok(figures.needless <= 0.03, String(figures.needless)));
  it('are the same for the same seed', () => assert.deepEqual(madeLetters(7, 3, 0.5), madeLetters(7, 3, 0.5)));
});
