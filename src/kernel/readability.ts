/**
 * Figures of a text against which people's ratings were measured (TextComplexityDE, n = 1000). None of them proves
 * Leichte Sprache: people check that.
 */
export interface ReadabilityFigures {
  /** Words a sentence; of all these figures the one nearest to what people say (r = 0.70). */
  readonly meanSentence: number;
  /** Läsbarhetsindex (Björnsson 1968): words a sentence plus percent of words over six letters. */
  readonly lix: number;
  /** Fourth Wiener Sachtextformel (Bamberger and Vanecek 1984), about a school year. */
  readonly wiener4: number;
  /** Flesch in Amstad's German form (1978): 0 hard to 100 easy. */
  readonly fleschAmstad: number;
}

const LONG_WORD = 6;
const MANY_SYLLABLES = 3;

/** Words as the figures count them: letters, joined by hyphens. */
export const wordsOf = (text: string): readonly string[] => text.match(/\p{L}+(?:-\p{L}+)*/gu) ?? [];

/** Groups of vowels; good enough for a mean. */
const syllables = (word: string): number => word.toLowerCase().match(/(?:ei|ie|au|eu|äu|ai|ee|aa|oo|[aeiouyäöü])/gu)?.length ?? 1;

/** @param words at least one; @param sentences how many they make, at least one */
export function readabilityOf(words: readonly string[], sentences: number): ReadabilityFigures {
  const share = (is: (word: string) => boolean): number => (100 * words.filter(is).length) / words.length;
  const meanSentence = words.length / sentences;
  return {
    meanSentence,
    lix: meanSentence + share((word) => word.length > LONG_WORD),
    wiener4: 0.2656 * meanSentence + 0.2744 * share((word) => syllables(word) >= MANY_SYLLABLES) - 1.693,
    fleschAmstad: 180 - meanSentence - 58.5 * (words.reduce((sum, word) => sum + syllables(word), 0) / words.length),
  };
}
