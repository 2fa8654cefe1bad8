import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { KnownParty } from '../../../kernel/language-model.ts';
import { expectOk } from '../../../kernel/result.ts';
import { madeLetters } from './made-letters.ts';
import { mask } from './mask.ts';
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

describe('Texts of the city that name nobody', () => {
  const texts = readFileSync(join(import.meta.dirname, '../../../../bench/assistant-set/passages.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const party = (givenNames: string, familyName: string): KnownParty => ({ role: 'Person', givenNames, familyName });

  it('lose nothing but file numbers and words that are names of parties', () => {
    const parties = [
      party('An', 'Do'),
      party('Hans', 'Klein'),
      party('Marie', 'Lang'),
      party('Ali', 'Weiß'),
      party('Rosa', 'Baum'),
      party('Karin', 'Richter'),
      party('Stefan', 'Meier'),
    ];
    const { originals } = expectOk(mask(texts, parties)).key;
    assert.deepEqual([...new Set(originals.values())].toSorted(), ['BF-2026-000042-F', 'Baum', 'SN-2026-000123-K']);
  });
});
