import type { ServicePackage } from '../domain/package.ts';
import type { Lang } from './fields.ts';

/** A found service with how well it fits, 0 to 1. */
export interface Hit {
  readonly service: ServicePackage;
  readonly score: number;
}

const SMALLEST_SCORE = 0.3;

/** Finds services by name, situation and summary; forgives spelling by comparing letter triples. */
export function searchServices(packages: Iterable<ServicePackage>, query: string, lang: Lang): Hit[] {
  const wanted = triples(query);
  if (wanted.size === 0) return [];
  return [...packages]
    .map((service) => ({ service, score: bestScore(wanted, [service.name[lang], service.name.de, ...service.situations, service.summary[lang]]) }))
    .filter((hit) => hit.score >= SMALLEST_SCORE)
    .sort((a, b) => b.score - a.score);
}

/** Share of the query's triples that one of the texts has. */
function bestScore(wanted: ReadonlySet<string>, texts: readonly string[]): number {
  return Math.max(...texts.map((text) => wanted.intersection(triples(text)).size / wanted.size));
}

function triples(text: string): Set<string> {
  const words =
    text
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[a-z0-9]+/g) ?? [];
  return new Set(
    words.flatMap((word) => {
      const padded = ` ${word} `;
      return Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3));
    }),
  );
}
