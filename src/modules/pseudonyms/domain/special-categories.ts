import type { Problem } from '../../../kernel/problem.ts';
import { CATEGORY_NAMES, GENERAL, HARMLESS, LABELLED, NAMED, NO_PERSON, NOT_ONLY_PEOPLE, PERSON, TERMS, type SpecialCategory } from './special-terms.ts';

/** A sentence that tells something special of a person. */
export interface SpecialFinding {
  readonly category: SpecialCategory;
  /** As people read it. */
  readonly name: string;
  /** The word that told it, as it stands in the text. */
  readonly word: string;
}

const CATEGORIES = Object.keys(TERMS) as SpecialCategory[];
/** A sentence ends at its sign when a capital or a line follows; abbreviations and days go on. */
const SENTENCE_END = /(?<=[.!?])(?<!(?:\d|[ (]\p{L}{1,2}|Abs|Nr|Art|bzw|ggf|geb|Dr|Prof|vgl|usw)\.)\s+(?=[\p{Lu}„"([])|\n+/gu;

/**
 * What a text tells of persons that Art. 9 GDPR protects: words of a category in a sentence about somebody. Statutes,
 * conditions and people as such are not about somebody, nor are ill trees and blind dogs.
 */
export function specialCategories(text: string): SpecialFinding[] {
  const findings = new Map<string, SpecialFinding>();
  for (const sentence of text
    .replaceAll(/-\n(?=\p{Ll})/gu, '')
    .replaceAll(/(?<=[\p{L},])\n(?=\p{L})/gu, ' ')
    .split(SENTENCE_END)) {
    for (const finding of inSentence(sentence)) findings.set(`${finding.category} ${finding.word}`, finding);
  }
  return [...findings.values()];
}

function inSentence(whole: string): SpecialFinding[] {
  const sentence = whole.replaceAll(HARMLESS, ' ').trim();
  const found = CATEGORIES.flatMap((category) => {
    const word = TERMS[category].exec(sentence)?.[0];
    return word === undefined || (NO_PERSON.test(sentence) && NOT_ONLY_PEOPLE.test(word)) ? [] : [{ category, name: CATEGORY_NAMES[category], word }];
  });
  return found.length > 0 && isAboutSomebody(sentence) ? found : [];
}

function isAboutSomebody(sentence: string): boolean {
  if (LABELLED.test(sentence)) return true;
  if (GENERAL.test(sentence) && !NAMED.test(sentence)) return false;
  return PERSON.test(sentence);
}

/** How many findings a refusal names. */
const NAMED_AT_MOST = 3;

/** Why a text does not leave, in a sentence that names what was found; `undefined`: nothing special was found. */
export function specialProblem(texts: readonly string[]): Problem<'not-allowed'> | undefined {
  const findings = texts.flatMap(specialCategories);
  if (findings.length === 0) return undefined;
  const named = findings.slice(0, NAMED_AT_MOST).map(({ name, word }) => `${name} («${word}»)`);
  const more = findings.length > named.length ? ` und ${findings.length - named.length} weitere Stellen` : '';
  return {
    kind: 'not-allowed',
    detail: `Der Text sagt etwas besonders Geschütztes über einen Menschen: ${named.join(', ')}${more}. So etwas geht an kein Sprachmodell (Art. 9 DSGVO). Nehmen Sie die Stellen heraus, oder arbeiten Sie ohne Modell.`,
  };
}
