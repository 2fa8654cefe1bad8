import assert from 'node:assert/strict';
import { it } from 'node:test';
import { errorsIn, ocrFigures } from './ocr-figures.ts';

it('counts the fewest changes, wherever the words stand', () => {
  assert.equal(errorsIn('Gebühr', 'Die Gebühr beträgt'), 0);
  assert.equal(errorsIn('Gebühr', 'Die Gebuhr beträgt'), 1);
  assert.equal(errorsIn('Gebühr', 'Die Ge bühr'), 1);
  assert.equal(errorsIn('Gebühr', ''), 6);
});

it('letters that the city prints are read with at most 1 % of wrong characters, straight or not, at 200 and 300 dpi', { timeout: 600_000 }, async () => {
  for (const { engine, scan, dirty, characters, errors, rate } of await ocrFigures('bundled')) {
    assert.ok(characters > 3000, `only ${characters} characters`);
    if (!dirty) assert.ok(rate <= 0.01, `${engine}, ${scan}: ${errors} of ${characters} wrong`);
  }
});
