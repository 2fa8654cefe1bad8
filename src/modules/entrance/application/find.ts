import {
  contentWords,
  sureRelation,
  typoRelation,
  SMALLEST_SCORE,
  scoreOf,
  serviceIndex,
  textIndex,
  wantedWords,
  type ServicePackage,
  type TextIndex,
} from '../../catalogue/public.ts';
import type { CityPage } from '../domain/city-pages.ts';
import type { Situation } from '../domain/situation.ts';
import type { Words } from '../domain/words.ts';

type Lang = keyof Words;

/** Everything that the front door's one search looks through. */
export interface Searched {
  readonly services: readonly ServicePackage[];
  readonly situations: readonly Situation[];
  readonly pages: readonly CityPage[];
}

/** Something found, with how well it fits, 0 to 1. */
export interface Finding {
  readonly kind: 'service' | 'situation' | 'page';
  readonly key: string;
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly score: number;
}

const SHOWN = 12;
/** At the same score a service comes before the situation that names it, and both before a page. */
const RANK = { service: 0, situation: 1, page: 2 } as const;

/** What answers a query, best first. */
export function find(all: Searched, query: string, lang: Lang): Finding[] {
  const wanted = wantedWords(query);
  if (wanted.length === 0) return [];
  return entriesOf(all, lang)
    .map(({ index, ...entry }) => ({ ...entry, score: scoreOf(index, wanted) }))
    .filter(({ score }) => score >= SMALLEST_SCORE)
    .toSorted((a, b) => b.score - a.score || RANK[a.kind] - RANK[b.kind] || a.name.localeCompare(b.name, 'de'))
    .slice(0, SHOWN);
}

type Entry = Omit<Finding, 'score'> & { readonly index: TextIndex };

function entriesOf({ services, situations, pages }: Searched, lang: Lang): Entry[] {
  return [
    ...services.map((pkg): Entry => {
      const { key } = pkg;
      return { kind: 'service', key, path: `/leistungen/${key}`, name: pkg.name[lang], summary: pkg.summary[lang], index: serviceIndex(pkg, lang) };
    }),
    ...situations.map((one): Entry => {
      const texts = { names: Object.values(one.name), situations: one.words, summary: one.lead[lang] };
      return {
        kind: 'situation',
        key: one.key,
        path: `/lebenslagen/${one.key}`,
        name: one.name[lang],
        summary: one.lead[lang],
        index: indexOf(one, lang, texts),
      };
    }),
    ...pages.map((one): Entry => {
      const texts = { names: Object.values(one.name), situations: one.words, summary: one.summary[lang] };
      return { kind: 'page', key: one.key, path: one.path, name: one.name[lang], summary: one.summary[lang], index: indexOf(one, lang, texts) };
    }),
  ];
}

const indexes: Readonly<Record<Lang, WeakMap<object, TextIndex>>> = { de: new WeakMap(), en: new WeakMap(), leicht: new WeakMap() };

/** Made once for each text and language. */
function indexOf(one: object, lang: Lang, texts: Parameters<typeof textIndex>[0]): TextIndex {
  const made = indexes[lang].get(one) ?? textIndex(texts);
  indexes[lang].set(one, made);
  return made;
}

/** The query with each misspelt word as it was understood; nothing where nothing was misspelt. */
export function meant(all: Searched, query: string, lang: Lang): string | undefined {
  const indexes = entriesOf(all, lang).map(({ index }) => index);
  let changed = false;
  const words = query.slice(0, LONGEST).replaceAll(/[\p{L}\p{N}-]+/gu, (typed) => {
    const [word, ...more] = contentWords(typed);
    const better = word === undefined || more.length > 0 ? undefined : nearest(word, indexes);
    if (better === undefined) return typed;
    changed = true;
    return better;
  });
  return changed ? words : undefined;
}

const LONGEST = 200;

/** The word of the catalogue that a misspelt one is most like, as it is written there; nothing where it is none. */
function nearest(word: string, indexes: readonly TextIndex[]): string | undefined {
  let sure = 0;
  let best: { readonly score: number; readonly spelling: string | undefined } = { score: 0, spelling: undefined };
  for (const { words, spelling } of indexes) {
    for (const known of words.keys()) {
      sure = Math.max(sure, sureRelation(word, known));
      const score = typoRelation(word, known);
      if (score > best.score) best = { score, spelling: spelling.get(known) };
    }
  }
  return best.score > sure ? best.spelling : undefined;
}
