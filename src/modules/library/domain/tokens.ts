import { folded } from './fold.ts';
import { referencesIn } from './references.ts';

/** Runs of four signs find German compounds without a dictionary (measured, see ADR 46). */
const GRAM = 4;
const BITS = 6;
const GRAM_MASK = 2 ** (BITS * GRAM) - 1;
/** Whole references lie above all grams. */
const REFERENCE = 2 ** (BITS * GRAM);
const REFERENCE_MASK = 2 ** 30 - 1;

/** 0 is the edge of a word, 1 to 26 letters, 27 to 36 digits; letters of other scripts share the rest. */
function signOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 96;
  if (code >= 48 && code <= 57) return code - 21;
  return code === 32 ? 0 : 37 + (code % 27);
}

/**
 * What a text is searched by, as numbers, with repetitions: each run of four signs inside a word and over its edges, and
 * each reference whole. A word of one or two signs is one run.
 */
export function tokensOf(text: string): number[] {
  const plain = `${folded(text)} `;
  const tokens: number[] = [];
  let run = 0;
  let signs = 1;
  for (let at = 0; at < plain.length; at++) {
    const sign = signOf(plain.charCodeAt(at));
    run = ((run << BITS) | sign) & GRAM_MASK;
    signs++;
    // a word shorter than a run with both its edges still counts once
    if (signs >= GRAM || (sign === 0 && signs > 2)) tokens.push(run);
    if (sign === 0) [run, signs] = [0, 1];
  }
  for (const reference of referencesIn(text)) tokens.push(referenceToken(reference));
  return tokens;
}

/** FNV-1a; two references of one city that share 30 bits are as good as impossible. */
function referenceToken(reference: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < reference.length; at++) hash = Math.imul(hash ^ reference.charCodeAt(at), 0x01000193);
  return REFERENCE + ((hash >>> 0) & REFERENCE_MASK);
}

/** Whether a token is a citation or a file number. */
export const isReference = (token: number): boolean => token >= REFERENCE;
