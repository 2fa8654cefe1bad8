import { readabilityOf, wordsOf } from '../../../kernel/readability.ts';
import { sentencesOf } from '../../../kernel/sentences.ts';

/** Limits of Leichte Sprache (after DIN SPEC 33429): short sentences, short words. People check the rest. */
const LIMITS = { wordsOfSentence: 15, meanSentence: 10, lix: 45 } as const;
/** Fewer words have no figure. */
const ENOUGH = 25;

/** What makes a text too hard for Leichte Sprache, as a sentence that says what to do. @param texts each stands for itself */
export function leichtProblem(texts: readonly string[]): string | undefined {
  const sentences = texts.flatMap((text) => sentencesOf(text).map(({ start, end }) => text.slice(start, end)));
  const told = sentences.map(wordsOf);
  const long = told.findIndex((words) => words.length > LIMITS.wordsOfSentence);
  if (long >= 0)
    return `In Leichter Sprache hat ein Satz höchstens ${LIMITS.wordsOfSentence} Wörter. Dieser hat ${told[long]!.length}: „${sentences[long]!.slice(0, 60)}…“ Machen Sie zwei daraus.`;
  const words = told.flat();
  if (words.length < ENOUGH) return undefined;
  const { meanSentence, lix } = readabilityOf(words, told.filter((one) => one.length > 0).length);
  if (meanSentence > LIMITS.meanSentence)
    return `In Leichter Sprache haben Sätze im Mittel höchstens ${LIMITS.meanSentence} Wörter. Hier sind es ${Math.round(meanSentence)}. Kürzen Sie.`;
  if (lix > LIMITS.lix)
    return `Für Leichte Sprache stehen hier zu viele lange Wörter (Lesbarkeitsindex ${Math.round(lix)}, erlaubt ${LIMITS.lix}). Nehmen Sie kürzere, oder trennen Sie sie mit Bindestrich.`;
  return undefined;
}
