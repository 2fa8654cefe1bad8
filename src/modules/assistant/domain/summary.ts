import { sentencesOf } from '../../../kernel/sentences.ts';
import { gramsOf } from './grams.ts';
import { excerptOf, type Excerpt, type SourcePage } from './source.ts';

export const LENGTHS = ['short', 'medium', 'long'] as const;
export type SummaryLength = (typeof LENGTHS)[number];

/** Sentences of an extract: few enough to be read in half a minute, two, five. */
const SENTENCES: Readonly<Record<SummaryLength, number>> = { short: 3, medium: 7, long: 15 };
/** Shorter ones are headings and rows, longer ones are lists that nobody ends. */
const [FEWEST_WORDS, MOST_WORDS] = [5, 60];
/** More sentences than these are looked at in steps, so that a book costs no more than a chapter. */
const MOST_CANDIDATES = 3000;
/** What stands first in a document says more often what it is about (lead bias). */
const LEAD = 0.25;
/** How much a sentence loses that repeats one that was taken (maximal marginal relevance). */
const REPETITION = 0.7;

export interface SummaryWish {
  readonly length: SummaryLength;
}

export interface ExtractiveSummary {
  /** In the order of the documents. */
  readonly sentences: readonly Excerpt[];
  /** Sentences that there are altogether. */
  readonly of: number;
}

interface Candidate {
  readonly page: SourcePage;
  readonly start: number;
  readonly end: number;
  readonly order: number;
  readonly vector: ReadonlyMap<string, number>;
  readonly norm: number;
  score: number;
}

/**
 * The sentences that say most of what the documents are about, verbatim: nearness to the centre of their document over
 * runs of four signs, weighted by how rare a run is, less what was said already. Each document has one sentence at least,
 * while there is room. The same pages give the same sentences.
 */
export function extractiveSummary(pages: readonly SourcePage[], wish: SummaryWish): ExtractiveSummary {
  const spans = pages.flatMap((page) => sentencesOf(page.text).map((span) => ({ page, ...span })));
  const sound = spans.filter(({ page, start, end }) => isSentence(page.text.slice(start, end)));
  const usable = sound.length > 0 ? sound : spans;
  const step = Math.ceil(usable.length / MOST_CANDIDATES) || 1;
  const candidates = weighed(usable.filter((_, index) => index % step === 0));
  const taken = choose(candidates, SENTENCES[wish.length]);
  return {
    sentences: taken.toSorted((one, two) => one.order - two.order).map(({ page, start, end }) => excerptOf(page, start, end)),
    of: spans.length,
  };
}

function isSentence(text: string): boolean {
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0;
  return words >= FEWEST_WORDS && words <= MOST_WORDS && /[.!?…:]["»“)]?$/.test(text) && !text.includes('\t');
}

/** Sentences as vectors of runs, tf with the logarithm of how few sentences have the run, and their score. */
function weighed(spans: readonly { page: SourcePage; start: number; end: number }[]): Candidate[] {
  const counted = spans.map((span) => gramsOf(span.page.text.slice(span.start, span.end)));
  const having = new Map<string, number>();
  for (const grams of counted) for (const gram of grams.keys()) having.set(gram, (having.get(gram) ?? 0) + 1);
  const rarity = (gram: string): number => Math.log(1 + counted.length / having.get(gram)!);
  const candidates = spans.map((span, order): Candidate => {
    const vector = new Map([...counted[order]!].map(([gram, times]) => [gram, (1 + Math.log(times)) * rarity(gram)]));
    return { ...span, order, vector, norm: Math.hypot(...vector.values()) || 1, score: 0 };
  });
  for (const document of byDocument(candidates).values()) score(document);
  return candidates;
}

function byDocument(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const documents = new Map<string, Candidate[]>();
  for (const one of candidates) documents.set(one.page.sha256, [...(documents.get(one.page.sha256) ?? []), one]);
  return documents;
}

function score(document: readonly Candidate[]): void {
  const centre = new Map<string, number>();
  for (const { vector, norm } of document) for (const [gram, weight] of vector) centre.set(gram, (centre.get(gram) ?? 0) + weight / norm);
  const norm = Math.hypot(...centre.values()) || 1;
  for (const [index, one] of document.entries()) one.score = dot(one.vector, centre) / (one.norm * norm) + LEAD / (1 + index);
}

function dot(small: ReadonlyMap<string, number>, large: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [gram, weight] of small) sum += weight * (large.get(gram) ?? 0);
  return sum;
}

/** The best of each document, then the best that are left; each time what repeats loses. */
function choose(candidates: readonly Candidate[], count: number): Candidate[] {
  const likeness = new Map(candidates.map((one) => [one, 0]));
  const taken: Candidate[] = [];
  const take = (from: readonly Candidate[]): void => {
    const best = from.reduce<Candidate | undefined>((top, one) => {
      const worth = (c: Candidate): number => c.score - REPETITION * likeness.get(c)!;
      return likeness.has(one) && (top === undefined || worth(one) > worth(top)) ? one : top;
    }, undefined);
    if (best === undefined) return;
    taken.push(best);
    likeness.delete(best);
    for (const [one, before] of likeness) likeness.set(one, Math.max(before, dot(one.vector, best.vector) / (one.norm * best.norm)));
  };
  const leaders = [...byDocument(candidates).values()].slice(0, count);
  for (const document of leaders) take(document);
  while (taken.length < Math.min(count, candidates.length)) take(candidates);
  return taken;
}
