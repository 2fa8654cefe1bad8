import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readabilityFigures } from './readability.ts';

it('short words in short sentences are easier than long ones, by every figure', () => {
  const easy = readabilityFigures(Array.from({ length: 40 }, () => 'Sie haben einen Hund.'))!;
  const hard = readabilityFigures(
    Array.from(
      { length: 20 },
      () =>
        'Die Verwaltungsverfahrensgesetzgebung verlangt grundsätzlich die ordnungsgemäße Anhörung sämtlicher Verfahrensbeteiligter vor belastenden Entscheidungen.',
    ),
  )!;
  assert.equal(easy.meanSentence, 4);
  // 4 words a sentence, no word over six letters
  assert.equal(easy.lix, 4);
  assert.ok(Math.abs(easy.fleschAmstad - (180 - 4 - 58.5 * 1.5)) < 1e-9, String(easy.fleschAmstad));
  assert.ok(hard.lix > easy.lix + 40 && hard.wiener4 > easy.wiener4 + 10 && hard.fleschAmstad < easy.fleschAmstad && hard.meanSentence > easy.meanSentence);
});

it('too little text has no figures', () => assert.equal(readabilityFigures(['Das ist kurz.']), undefined));
