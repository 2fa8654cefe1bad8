import {
  CATEGORY_NAMES,
  FIRST_NAMED,
  GENERAL,
  HARMLESS,
  LABELLED,
  NAMED,
  NO_PERSON,
  NOT_ONLY_PEOPLE,
  NOTED,
  PERSON,
  TERMS,
  type SpecialCategory,
} from './special-terms.ts';

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
  if (LABELLED.test(sentence) || NOTED.test(sentence)) return true;
  if (GENERAL.test(sentence) && !NAMED.test(sentence)) return false;
  return PERSON.test(sentence) || namesFirst(sentence);
}

/** `Anna hat Krebs`, and not `Krebs hat viele Ursachen`. */
const namesFirst = (sentence: string): boolean =>
  [...sentence.matchAll(FIRST_NAMED)].some(({ groups }) => !CATEGORIES.some((category) => TERMS[category].test(groups!['name']!)));
