import type { ServicePackage } from '../domain/package.ts';
import type { Lang } from './fields.ts';
import { SMALLEST_SCORE, scoreOf, textIndex, wantedWords, type TextIndex } from './search-index.ts';

/** A found service with how well it fits, 0 to 1. */
export interface Hit {
  readonly service: ServicePackage;
  readonly score: number;
}

/**
 * Finds services by their names, situations and summaries. A hit needs a word that is really related: the
 * same, inflected, its beginning, a part of a compound, or misspelt by a letter or two; best first.
 */
export function searchServices(packages: Iterable<ServicePackage>, query: string, lang: Lang): Hit[] {
  const wanted = wantedWords(query);
  if (wanted.length === 0) return [];
  return [...packages]
    .map((service) => ({ service, score: scoreOf(serviceIndex(service, lang), wanted) }))
    .filter((hit) => hit.score >= SMALLEST_SCORE)
    .sort((a, b) => b.score - a.score || a.service.name[lang].localeCompare(b.service.name[lang], 'de'));
}

const indexes: Readonly<Record<Lang, WeakMap<ServicePackage, TextIndex>>> = { de: new WeakMap(), en: new WeakMap(), leicht: new WeakMap() };

/** The words of a service with their weights; made once for each package version. */
export function serviceIndex(service: ServicePackage, lang: Lang): TextIndex {
  const known = indexes[lang].get(service);
  if (known !== undefined) return known;
  const made = textIndex({ names: Object.values(service.name), situations: service.situations, summary: service.summary[lang] });
  indexes[lang].set(service, made);
  return made;
}
