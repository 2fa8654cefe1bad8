import type { ServicePackage } from '../domain/package.ts';
import type { Lang } from './fields.ts';
import { contentWords, relation } from './search-words.ts';

/** A found service with how well it fits, 0 to 1. */
export interface Hit {
  readonly service: ServicePackage;
  readonly score: number;
}

const SMALLEST_SCORE = 0.3;
/** Longer queries are pasted texts; their beginning says what is wanted. */
const MOST_WORDS = 12;
const MOST_LETTERS = 200;

/** Where a word stands tells how much it says about the Leistung. */
const WEIGHTS = { name: 1, situation: 0.95, summary: 0.6 } as const;
/** A whole Lebenslage is in the query, whatever else it says. */
const PHRASE_SCORE = 0.9;

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

/**
 * Finds services by their names, situations and summaries. A hit needs a word that is really related: the
 * same, inflected, its beginning, a part of a compound, or misspelt by a letter or two; best first.
 */
export function searchServices(packages: Iterable<ServicePackage>, query: string, lang: Lang): Hit[] {
  const wanted = [...new Set(contentWords(query.slice(0, MOST_LETTERS)))].slice(0, MOST_WORDS);
  if (wanted.length === 0) return [];
  return [...packages]
    .map((service) => ({ service, score: scoreOf(indexOf(service, lang), wanted) }))
    .filter((hit) => hit.score >= SMALLEST_SCORE)
    .sort((a, b) => b.score - a.score || a.service.name[lang].localeCompare(b.service.name[lang], 'de'));
}

interface Index {
  readonly words: ReadonlyMap<string, number>;
  readonly phrases: readonly (readonly string[])[];
}

const indexes: Readonly<Record<Lang, WeakMap<ServicePackage, Index>>> = { de: new WeakMap(), en: new WeakMap(), leicht: new WeakMap() };

/** The words of a service with their weights; made once for each package version. */
function indexOf(service: ServicePackage, lang: Lang): Index {
  const known = indexes[lang].get(service);
  if (known !== undefined) return known;
  const words = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of contentWords(text)) words.set(word, Math.max(words.get(word) ?? 0, weight));
  };
  for (const name of Object.values(service.name)) add(name, WEIGHTS.name);
  for (const situation of service.situations) add(situation, WEIGHTS.situation);
  add(service.summary[lang], WEIGHTS.summary);
  const phrases = service.situations.map(contentWords).filter((phrase) => phrase.length > 1);
  const made = { words, phrases };
  indexes[lang].set(service, made);
  return made;
}

function scoreOf({ words, phrases }: Index, wanted: readonly string[]): number {
  const found = wanted.map((word) => ({ weight: GENERIC.has(word) ? GENERIC_WEIGHT : 1, score: bestRelation(word, words) }));
  const total = found.reduce((sum, { weight }) => sum + weight, 0);
  const share = found.reduce((sum, { weight, score }) => sum + weight * score, 0) / total;
  const phrase = phrases.some((one) => one.every((word) => wanted.some((asked) => relation(asked, word) >= PHRASE_SCORE)));
  return phrase ? Math.max(share, PHRASE_SCORE) : share;
}

function bestRelation(word: string, words: ReadonlyMap<string, number>): number {
  let best = 0;
  for (const [other, weight] of words) if (weight > best) best = Math.max(best, weight * relation(word, other));
  return best;
}
