import { contentWords, forgivingRelation } from './search-words.ts';

/** What can be searched of something: a service, a situation of life, a page. */
export interface Searchable {
  readonly names: readonly string[];
  /** What people call it. */
  readonly situations: readonly string[];
  readonly summary: string;
}

/** Its words with their weights, and its phrases. */
export interface TextIndex {
  readonly words: ReadonlyMap<string, number>;
  readonly phrases: readonly (readonly string[])[];
  /** How a word stands in the text, for showing it. */
  readonly spelling: ReadonlyMap<string, string>;
}

export const SMALLEST_SCORE = 0.3;
/** Longer queries are pasted texts; their beginning says what is wanted. */
const MOST_WORDS = 12;
const MOST_LETTERS = 200;

/** Where a word stands tells how much it says. */
const WEIGHTS = { name: 1, situation: 0.95, summary: 0.6 } as const;
/** A whole situation is in the query, whatever else it says. */
const PHRASE_SCORE = 0.9;
/** Of two equal hits the one with a situation that the query names wholly is meant: «Umzug» is not «Umzug Halteverbot». */
const WHOLE_BONUS = 0.04;
const WHOLE_WORD = 0.6;

/** What many Leistungen have in common says little about which one is meant. */
const GENERIC = new Set(
  [
    'anmelden',
    'melden',
    'beantragen',
    'genehmigung',
    'genehmigen',
    'erlaubnis',
    'erlauben',
    'bescheinigung',
    'nummer',
    'hamburg',
    'stadt',
    'amt',
    'bezirksamt',
    'online',
    'permission',
    'permit',
    'register',
    'licence',
  ].flatMap(contentWords),
);
const GENERIC_WEIGHT = 0.35;

export function textIndex({ names, situations, summary }: Searchable): TextIndex {
  const words = new Map<string, number>();
  const spelling = new Map<string, string>();
  const add = (text: string, weight: number): void => {
    for (const word of contentWords(text)) words.set(word, Math.max(words.get(word) ?? 0, weight));
    for (const shown of text.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []) {
      const [word, ...more] = contentWords(shown);
      if (word !== undefined && more.length === 0 && !spelling.has(word)) spelling.set(word, shown);
    }
  };
  for (const name of names) add(name, WEIGHTS.name);
  for (const situation of situations) add(situation, WEIGHTS.situation);
  add(summary, WEIGHTS.summary);
  return { words, phrases: situations.map(contentWords).filter((phrase) => phrase.length > 0), spelling };
}

/** The words of a query that say what is wanted. */
export const wantedWords = (query: string): string[] => [...new Set(contentWords(query.slice(0, MOST_LETTERS)))].slice(0, MOST_WORDS);

/** How well a text answers a query, 0 to 1. @param wanted from `wantedWords`, at least one */
export function scoreOf({ words, phrases }: TextIndex, wanted: readonly string[]): number {
  const found = wanted.map((word) => ({ weight: GENERIC.has(word) ? GENERIC_WEIGHT : 1, score: bestRelation(word, words) }));
  const total = found.reduce((sum, { weight }) => sum + weight, 0);
  const share = found.reduce((sum, { weight, score }) => sum + weight * score, 0) / total;
  const named = (bound: number) => (one: readonly string[]) => one.every((word) => wanted.some((asked) => forgivingRelation(asked, word) >= bound));
  const fit = phrases.some((one) => one.length > 1 && named(PHRASE_SCORE)(one)) ? Math.max(share, PHRASE_SCORE) : share;
  return fit >= SMALLEST_SCORE && phrases.some(named(WHOLE_WORD)) ? Math.min(1, fit + WHOLE_BONUS) : fit;
}

function bestRelation(word: string, words: ReadonlyMap<string, number>): number {
  let best = 0;
  for (const [other, weight] of words) if (weight > best) best = Math.max(best, weight * forgivingRelation(word, other));
  return best;
}
