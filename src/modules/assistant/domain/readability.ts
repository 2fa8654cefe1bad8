import { sentencesOf } from '../../../kernel/sentences.ts';

/** Figures of a text. None of them proves Leichte Sprache: people check that. */
export interface Readability {
  readonly words: number;
  readonly sentences: number;
  /** Words a sentence, one decimal. */
  readonly meanSentenceWords: number;
  /** Läsbarhetsindex (Björnsson 1968): words a sentence plus percent of words over six letters. */
  readonly lix: number;
  /** Fourth Wiener Sachtextformel (Bamberger and Vanecek 1984), about a school year. */
  readonly wiener: number;
}

const LONG_WORD = 6;
const MANY_SYLLABLES = 3;
const one = (value: number): number => Math.round(value * 10) / 10;

/** Groups of vowels; good enough for an average. */
const syllables = (word: string): number => word.toLowerCase().match(/(?:ei|ie|au|eu|äu|ai|ee|aa|oo|[aeiouyäöü])/g)?.length ?? 1;

/** `undefined`: too little text for figures to say anything. */
export function readability(text: string): Readability | undefined {
  const words = text.match(/\p{L}+(?:-\p{L}+)*/gu) ?? [];
  const sentences = sentencesOf(text).length;
  if (words.length < 10 || sentences === 0) return undefined;
  const share = (test: (word: string) => boolean): number => (100 * words.filter(test).length) / words.length;
  const mean = words.length / sentences;
  return {
    words: words.length,
    sentences,
    meanSentenceWords: one(mean),
    lix: Math.round(mean + share((word) => word.length > LONG_WORD)),
    wiener: one(0.2656 * mean + 0.2744 * share((word) => syllables(word) >= MANY_SYLLABLES) - 1.693),
  };
}
