/**
 * Figures of a text against which people's ratings were measured (TextComplexityDE, n = 1000). None of them proves
 * Leichte Sprache: people check that.
 */
export interface ReadabilityFigures {
  readonly sentences: number;
  readonly words: number;
  /** Words a sentence; of all these figures the one nearest to what people say (r = 0.70). */
  readonly meanSentence: number;
  /** Läsbarhetsindex (Björnsson 1968): words a sentence plus percent of words over six letters. */
  readonly lix: number;
  /** Fourth Wiener Sachtextformel (Bamberger and Vanecek 1984), about a school year. */
  readonly wiener4: number;
  /** Flesch in Amstad's German form (1978): 0 hard to 100 easy. */
  readonly fleschAmstad: number;
}

/** Groups of vowels; good enough for a mean. */
const syllables = (word: string): number => Math.max(1, word.toLowerCase().match(/(?:ei|ie|au|eu|äu|ai|ee|aa|oo|[aeiouyäöü])/gu)?.length ?? 1);

/** @param sentences each sentence as its text; `undefined`: too little for figures */
export function readabilityFigures(sentences: readonly string[]): ReadabilityFigures | undefined {
  const told = sentences.map((sentence) => sentence.match(/\p{L}+(?:-\p{L}+)*/gu) ?? []).filter((words) => words.length > 0);
  const words = told.flat();
  if (words.length < 100) return undefined;
  const share = (is: (word: string) => boolean): number => (100 * words.filter(is).length) / words.length;
  const meanSentence = words.length / told.length;
  return {
    sentences: told.length,
    words: words.length,
    meanSentence,
    lix: meanSentence + share((word) => word.length > 6),
    wiener4: 0.2656 * meanSentence + 0.2744 * share((word) => syllables(word) >= 3) - 1.693,
    fleschAmstad: 180 - meanSentence - 58.5 * (words.reduce((sum, word) => sum + syllables(word), 0) / words.length),
  };
}
