import type { FoundPassage, Passage } from '../../../kernel/passage.ts';
import { abstentionFigures, LEAST_SAID, said, tunedThreshold, type AbstentionFigures, type Judged } from './abstention.ts';
import type { QuestionSet, SetPage } from './question-set.ts';
import { rankingFigures, type RankingFigures } from './ranking-figures.ts';

/** A quotation as a page would show it: where it claims to stand. */
export interface ShownQuote {
  readonly document: string;
  readonly page: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface SetFigures {
  readonly retrieval: RankingFigures;
  readonly citations: { readonly shown: number; readonly right: number; readonly precision: number };
  /** The threshold tuned on the even questions, reported on the odd ones. */
  readonly abstention: AbstentionFigures;
  /** The threshold that ships, on all questions. */
  readonly shipped: AbstentionFigures;
}

/** How the set is searched and quoted: by the library, or by what a city wants to compare. */
export interface Searching {
  readonly search: (question: string, limit: number) => readonly FoundPassage[];
  readonly quotes: (question: string, found: readonly FoundPassage[]) => readonly ShownQuote[];
}

/** Passages looked at: several may stand on one page. */
const LOOKED_AT = 20;

/** Measures one way of searching on a set. */
export function measureSet({ pages, questions }: QuestionSet, { search, quotes }: Searching): SetFigures {
  const places = new Map(pages.map((page) => [placeOf(page.document, page.page), page]));
  const asked = questions.map((one) => ({ ...one, found: search(one.question, LOOKED_AT) }));
  const ranked = asked.map(({ found, relevant }) => ({ relevant, found: [...new Set(found.map((passage) => pageOf(places, passage).id))] }));
  const shown = asked.flatMap(({ question, found }) => quotes(question, found));
  const right = shown.filter((quote) => isVerbatim(quote, places.get(placeOf(quote.document, quote.page)))).length;
  const judged = asked.map(({ question, found, relevant }): Judged => ({ mass: said(question, found).mass, answered: relevant.length > 0 }));
  const [even, odd] = [judged.filter((_, at) => at % 2 === 0), judged.filter((_, at) => at % 2 === 1)];
  return {
    retrieval: rankingFigures(ranked),
    citations: { shown: shown.length, right, precision: shown.length === 0 ? 1 : right / shown.length },
    abstention: abstentionFigures(odd, tunedThreshold(even)),
    shipped: abstentionFigures(judged, LEAST_SAID),
  };
}

const placeOf = (document: string, page: number): string => `${page} ${document}`;

function pageOf(places: ReadonlyMap<string, SetPage>, { documentId, page }: Passage): SetPage {
  const found = places.get(placeOf(documentId, page));
  if (found === undefined) throw new Error(`a search found page ${page} of ${documentId}, which the set does not have`);
  return found;
}

const utf8 = new TextEncoder();

/** Whether the page has these very bytes there. */
function isVerbatim({ start, end, quote }: ShownQuote, page: SetPage | undefined): boolean {
  if (page === undefined || quote === '') return false;
  const [there, claimed] = [utf8.encode(page.text.slice(start, end)), utf8.encode(quote)];
  return there.length === claimed.length && there.every((byte, at) => byte === claimed[at]);
}
