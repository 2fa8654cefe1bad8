import { readabilityOf, wordsOf } from '../../../kernel/readability.ts';
import { sentencesOf } from '../../../kernel/sentences.ts';

/** Figures of a text, rounded for people. */
export interface Readability {
  readonly words: number;
  readonly sentences: number;
  /** Words a sentence, one decimal. */
  readonly meanSentenceWords: number;
  readonly lix: number;
  readonly wiener: number;
}

const one = (value: number): number => Math.round(value * 10) / 10;

/** `undefined`: too little text for figures to say anything. */
export function readability(text: string): Readability | undefined {
  const words = wordsOf(text);
  const sentences = sentencesOf(text).length;
  if (words.length < 10 || sentences === 0) return undefined;
  const { meanSentence, lix, wiener4 } = readabilityOf(words, sentences);
  return { words: words.length, sentences, meanSentenceWords: one(meanSentence), lix: Math.round(lix), wiener: one(wiener4) };
}
