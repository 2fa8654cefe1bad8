import type { FoundPassage } from '../../../kernel/passage.ts';
import { askedWords } from './asked-words.ts';

const GRAM = 4;
/** A noun says more of what is asked than the words around it. */
const NOUN = 2;
/** Passages looked at: what an answer would cite. */
const LOOKED_AT = 5;

/**
 * The least mass of the question that the best passage must say. Tuned on the even questions of the shipped set
 * (`./kontor assistant eval` tunes it anew, and prints what it does to the odd ones).
 */
export const LEAST_SAID = 0.97;

export interface Said {
  /** Share of the question that the best passage says, 0 to 1. */
  readonly covered: number;
  /**
   * The same as a mass: it grows with how much was asked and found. A long question that is half said tells more than a
   * short one. Unlike BM25's scores, masses of two searches and two collections can be compared.
   */
  readonly mass: number;
}

const folded = (word: string): string => word.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss');

function gramsOf(word: string): string[] {
  const plain = folded(word);
  return plain.length <= GRAM ? [plain] : Array.from({ length: plain.length - GRAM + 1 }, (_, at) => plain.slice(at, at + GRAM));
}

const gramsOfText = (text: string): ReadonlySet<string> => new Set((text.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap(gramsOf));

/** How much of what a question asks the best of the found passages says. */
export function said(question: string, passages: readonly FoundPassage[]): Said {
  const asked = askedWords(question).map((word) => ({ grams: gramsOf(word), weight: Math.sqrt(gramsOf(word).length) * (/^\p{Lu}/u.test(word) ? NOUN : 1) }));
  const whole = asked.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return { covered: 0, mass: 0 };
  let best = 0;
  for (const { title, heading, text } of passages.slice(0, LOOKED_AT)) {
    const there = gramsOfText(`${title} ${heading ?? ''} ${text}`);
    // squared: half of a word is often another word
    const found = asked.reduce((sum, { grams, weight }) => sum + weight * (grams.filter((gram) => there.has(gram)).length / grams.length) ** 2, 0);
    best = Math.max(best, found);
  }
  return { covered: best / whole, mass: best / Math.sqrt(whole) };
}

/** Whether a question can be answered from what was found; otherwise the answer is that the sources do not say it. */
export function isAnswerable(question: string, passages: readonly FoundPassage[]): { readonly answerable: boolean; readonly covered: number } {
  const { covered, mass } = said(question, passages);
  return { answerable: mass >= LEAST_SAID, covered };
}

/** A question with its mass, and whether the set answers it. */
export interface Judged {
  readonly mass: number;
  readonly answered: boolean;
}

export interface AbstentionFigures {
  readonly threshold: number;
  readonly questions: number;
  /** Of the questions left unanswered, the share that nothing answers. */
  readonly precision: number;
  /** Of the questions that nothing answers, the share left unanswered. */
  readonly recall: number;
  /** Share of the questions with an answer that were left unanswered. */
  readonly lost: number;
}

export function abstentionFigures(judged: readonly Judged[], threshold: number): AbstentionFigures {
  const left = judged.filter(({ mass }) => mass < threshold);
  const right = left.filter(({ answered }) => !answered).length;
  const unanswerable = judged.filter(({ answered }) => !answered).length;
  return {
    threshold,
    questions: judged.length,
    precision: left.length === 0 ? 1 : right / left.length,
    recall: unanswerable === 0 ? 1 : right / unanswerable,
    lost: (left.length - right) / Math.max(1, judged.length - unanswerable),
  };
}

/** The threshold with the best harmonic mean of precision and recall; of equal ones the middle of the widest gap. */
export function tunedThreshold(judged: readonly Judged[]): number {
  const masses = [...new Set(judged.map(({ mass }) => mass))].toSorted((a, b) => a - b);
  let [best, threshold] = [-1, LEAST_SAID];
  for (const [at, mass] of masses.entries()) {
    const between = at === 0 ? mass : (mass + masses[at - 1]!) / 2;
    const { precision, recall } = abstentionFigures(judged, between);
    const harmonic = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    if (harmonic > best) [best, threshold] = [harmonic, between];
  }
  return threshold;
}
