import type { KnownParty } from '../../../kernel/language-model.ts';
import { FUNCTION_WORDS, ORDINARY, PARTICLES } from './name-words.ts';

/** Shorter parts of a name stand in ordinary words. */
const SHORTEST = 4;

/** Words of a party that may stand nowhere. */
function wordsOf({ givenNames, familyName, email, identifiers }: KnownParty): string[] {
  const parts = `${givenNames ?? ''} ${familyName ?? ''}`.split(/[\s\-.,'’]+/u).filter((part) => part.length >= SHORTEST);
  const names = parts.filter((part) => [FUNCTION_WORDS, ORDINARY, PARTICLES].every((list) => !list.has(part.toLowerCase())));
  return [...names, ...[email ?? '', ...(identifiers ?? [])].map((one) => one.trim()).filter((one) => one.length >= SHORTEST)];
}

/** A second look that shares nothing with the first: whether words of a party still stand in the texts, letter by letter. */
export function leftOver(texts: readonly string[], parties: readonly KnownParty[]): boolean {
  const words = [...new Set(parties.flatMap(wordsOf))];
  return words.some((word) => {
    const shape = new RegExp(String.raw`(?<![\p{L}\p{N}\p{M}])${RegExp.escape(word)}(?![\p{L}\p{N}\p{M}\u00ad\u200b-\u200f\u2060])`, 'u');
    return texts.some((text) => shape.test(text));
  });
}
