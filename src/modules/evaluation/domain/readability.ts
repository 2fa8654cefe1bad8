import { readabilityOf, wordsOf, type ReadabilityFigures } from '../../../kernel/readability.ts';

/** Figures of many sentences, with how many they are. */
export interface SetReadability extends ReadabilityFigures {
  readonly sentences: number;
  readonly words: number;
}

/** @param sentences each sentence as its text; `undefined`: too little for figures */
export function readabilityFigures(sentences: readonly string[]): SetReadability | undefined {
  const told = sentences.map(wordsOf).filter((words) => words.length > 0);
  const words = told.flat();
  if (words.length < 100) return undefined;
  return { sentences: told.length, words: words.length, ...readabilityOf(words, told.length) };
}
