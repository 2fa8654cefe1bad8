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
import { ABOUT_AN_APPLICATION, type CityPage } from '../domain/city-pages.ts';
import type { Elsewhere } from '../domain/elsewhere.ts';
import type { Situation } from '../domain/situation.ts';
import type { Words } from '../domain/words.ts';

type Lang = keyof Words;

/** Everything that the front door's one search looks through. */
export interface Searched {
  readonly services: readonly ServicePackage[];
  readonly situations: readonly Situation[];
  readonly pages: readonly CityPage[];
  readonly elsewhere: readonly Elsewhere[];
}

/** Something found, with how well it fits, 0 to 1. */
export interface Finding {
  readonly kind: 'service' | 'situation' | 'page' | 'elsewhere';
  readonly key: string;
  /** Absent: it is not done here, and `elsewhere` says where. */
  readonly path?: string;
  readonly name: string;
  readonly summary: string;
  readonly score: number;
  readonly elsewhere?: Pick<Elsewhere, 'source' | 'checked' | 'link'>;
}

const SHOWN = 12;
/** At the same score a service comes before the situation that names it, both before a page, and what is here before what is not. */
const RANK = { service: 0, situation: 1, page: 2, elsewhere: 3 } as const;
/** What is done elsewhere is told only where it answers about as well as the best: it is an answer, not a suggestion. */
const ELSEWHERE_BEHIND = 0.3;

/** What answers a query, best first. */
export function find(all: Searched, query: string, lang: Lang): Finding[] {
  const wanted = wantedWords(query);
  const entries = entriesOf(all, lang);
  const scored = (score: (entry: Entry) => number): Finding[] =>
    entries
      .map(({ index, ...entry }) => ({ ...entry, score: score({ index, ...entry }) }))
      .filter((one) => one.score >= SMALLEST_SCORE)
      .toSorted((a, b) => b.score - a.score || about(b) - about(a) || RANK[a.kind] - RANK[b.kind] || a.name.localeCompare(b.name, 'de'));
  const asks = asksForApplication(query);
  const about = ({ kind, key }: Pick<Finding, 'kind' | 'key'>): number => (kind === 'page' && asks ? (ABOUT_AN_APPLICATION[key] ?? 0) : 0);
  const found = wanted.length === 0 ? [] : scored((entry) => sharpened(scoreOf(entry.index, wanted), about(entry)));
  if (found.length === 0) return scored((entry) => (about(entry) === 0 ? 0 : SMALLEST_SCORE + about(entry)));
  return found.filter(({ kind, score }) => kind !== 'elsewhere' || score >= found[0]!.score - ELSEWHERE_BEHIND).slice(0, SHOWN);
}

/** What fits, fits a little better: «Antrag Stand» asks for no market stall. */
const sharpened = (score: number, more: number): number => (score >= SMALLEST_SCORE ? Math.min(1, score + more) : score);

/** «Antrag» stands in nearly every query and says nothing of its subject; alone it asks where one's own is: «wo ist mein antrag». */
const asksForApplication = (query: string): boolean =>
  (
    query
      .slice(0, LONGEST)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).some((word) => ['antrag', 'application'].some((one) => typoRelation(word, one) > 0));

type Entry = Omit<Finding, 'score'> & { readonly index: TextIndex };

function entriesOf({ services, situations, pages, elsewhere }: Searched, lang: Lang): Entry[] {
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
    ...elsewhere.map((one): Entry => {
      // where it is done is the answer and not what people search with
      const index = indexOf(one, lang, { names: Object.values(one.name), situations: one.words, summary: '' });
      return {
        kind: 'elsewhere',
        key: one.key,
        name: one.name[lang],
        summary: one.where[lang],
        elsewhere: one,
        index,
      };
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
