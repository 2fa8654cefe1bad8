import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FoundPassage } from '../../../kernel/passage.ts';
import { abstentionFigures, isAnswerable, said, tunedThreshold } from './abstention.ts';

const passage = (text: string, score = 1): FoundPassage => ({
  id: text,
  documentId: 'd',
  title: 'Hund anmelden',
  documentSha256: '',
  page: 1,
  start: 0,
  end: text.length,
  text,
  score,
});
const CHIP = passage('Ab drei Monaten muss der Hund einen Chip haben. Die Nummer steht im Heimtierausweis.');

describe('Whether the sources say it', () => {
  it('they do: the words, and parts of compounds', () => {
    assert.equal(isAnswerable('Wo steht die Chipnummer von meinem Hund?', [CHIP]).answerable, true);
    assert.equal(isAnswerable('Ab wie vielen Monaten braucht der Hund einen Chip?', [CHIP]).answerable, true);
  });
  it('they do not: other things, nothing found, or nothing asked', () => {
    assert.equal(isAnswerable('Wie beantrage ich einen Reisepass für mein Kind?', [CHIP]).answerable, false);
    assert.deepEqual(isAnswerable('Wo steht die Chipnummer?', []), { answerable: false, covered: 0 });
    assert.equal(isAnswerable('', [CHIP]).answerable, false);
    assert.equal(isAnswerable('?!', [CHIP]).answerable, false);
  });
  it('does not depend on the scores of a search', () => {
    const other = { ...CHIP, score: 9000 };
    assert.deepEqual(said('Hund und Chip', [CHIP]), said('Hund und Chip', [other]));
  });
  it('looks at the best of the first passages only', () => {
    const others = Array.from({ length: 5 }, (_, n) => passage(`Ganz etwas anderes ${n}.`));
    assert.ok(said('Heimtierausweis', [...others, CHIP]).mass < said('Heimtierausweis', [CHIP]).mass);
  });
});

describe('The threshold', () => {
  const judged = [0.2, 0.4, 0.6, 0.8, 1, 1.2].map((mass, at) => ({ mass, answered: at >= 3 }));
  it('stands in the gap between what is answered and what is not', () => {
    assert.equal(tunedThreshold(judged), 0.7);
    assert.deepEqual(abstentionFigures(judged, 0.7), { threshold: 0.7, questions: 6, precision: 1, recall: 1, lost: 0 });
  });
  it('counts what it loses', () => {
    assert.deepEqual(abstentionFigures(judged, 0.9), { threshold: 0.9, questions: 6, precision: 3 / 4, recall: 1, lost: 1 / 3 });
    assert.deepEqual(abstentionFigures(judged, 0), { threshold: 0, questions: 6, precision: 1, recall: 0, lost: 0 });
  });
});
