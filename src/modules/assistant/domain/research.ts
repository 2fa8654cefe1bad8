import type { Citation, FoundPassage } from '../../../kernel/passage.ts';
import { sentencesOf } from '../../../kernel/sentences.ts';
import { carriesMeaning, gramsOfWord, wordsOf } from './grams.ts';

/** Sentences of an answer: what one reads before one looks for oneself. */
const MOST_SENTENCES = 5;
/** A word counts as said when so much of it stands there: `Genehmigungen` in `Genehmigungsverfahren`. */
const SAME_WORD = 0.6;
/** The answer is in the sources when the best passage says so much of what was asked. */
const COVERED = 0.5;
/** Sentences that say less of the question than this share of the best one are left out. */
const BESIDE = 0.6;

export interface ExtractiveAnswer {
  /** Best first; empty: the sources do not say it. */
  readonly citations: readonly Citation[];
  /** Share of the question that the best passage says, 0 to 1. */
  readonly covered: number;
}

/** Says whether a question can be answered from passages; another rule may be put in its place. */
export type AbstentionRule = (question: string, passages: readonly FoundPassage[]) => { readonly answerable: boolean; readonly covered: number };

/** The share of the question's words that the best passage says. */
export const coverageRule: AbstentionRule = (question, passages) => {
  const covered = Math.max(0, ...passages.map(({ text, heading, title }) => coverage(question, `${title} ${heading ?? ''} ${text}`)));
  return { answerable: covered >= COVERED, covered };
};

/** How much of the question's words that carry meaning a text says; rare long words count as common ones. */
export function coverage(question: string, text: string): number {
  const asked = [...new Set(wordsOf(question).filter(carriesMeaning))];
  if (asked.length === 0) return 0;
  const there = new Set(wordsOf(text).flatMap(gramsOfWord));
  const said = asked.filter((word) => {
    const grams = gramsOfWord(word);
    return grams.filter((gram) => there.has(gram)).length >= SAME_WORD * grams.length;
  });
  return said.length / asked.length;
}

/** The sentences of the found passages that say most of the question, verbatim; none when the rule abstains. */
export function extractiveAnswer(question: string, passages: readonly FoundPassage[], rule: AbstentionRule = coverageRule): ExtractiveAnswer {
  const { answerable, covered } = rule(question, passages);
  if (!answerable) return { citations: [], covered };
  const rated = passages
    .flatMap((passage, rank) =>
      sentencesOf(passage.text).map(({ start, end }) => {
        const quote = passage.text.slice(start, end);
        // of equal sentences the better found one comes first
        return { passage, start: passage.start + start, end: passage.start + end, quote, worth: coverage(question, quote) - rank / 1000 };
      }),
    )
    .toSorted((one, two) => two.worth - one.worth);
  const best = rated[0]?.worth ?? 0;
  const seen = new Set<string>();
  const citations: Citation[] = [];
  for (const { passage, start, end, quote, worth } of rated) {
    const place = `${passage.documentId} ${passage.page} ${start}`;
    if (citations.length === MOST_SENTENCES || worth <= 0 || worth < best * BESIDE) break;
    if (seen.has(place) || quote.length < 20) continue;
    seen.add(place);
    citations.push({ passage, start, end, quote });
  }
  return { citations, covered };
}
