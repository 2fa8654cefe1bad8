/** One statute citation, e.g. § 24 Abs. 2 Satz 1 Nr. 3 VwVfG; the law may be missing, then the text around it says which. */
const CITATION =
  /(?:§{1,2}|\bArt(?:\.|ikel)?)\s*(\d{1,4}[a-z]?(?:(?:\s*(?:,|und|bis|[-–])\s*)\d{1,4}[a-z]?(?![\d.]))*)((?:\s*,?\s*(?:Abs(?:\.|atz)|S(?:\.|atz)|Nr\.?|Nummer|Buchst(?:\.|abe)|Halbs(?:\.|atz))\s*\d{0,3}[a-z]?\b)*)(?:\s*(?:(?:des|der|im|dem)\s+)?((?:[A-ZÄÖÜ][a-zäöüß]*){1,12}(?:[- ](?:Gesetz|Ordnung))?(?:\s+[IVX]{1,5}\b)?))?/g;
const PARAGRAPH = /\b(?:Abs\.|Absatz)\s*(\d{1,3}[a-z]?)/;
/** Abbreviations of laws have a capital inside (VwVfG, HBauO, SGB II) or are a long word that ends like a law. */
const LAW = /^(?:[A-ZÄÖÜ][a-zäöüß]*){2,}(?:\s+[IVX]+)?$|(?:gesetz|ordnung|buch|verordnung|satzung)(?:es|s)?$/i;
const LONGEST_RANGE = 20;

/** File numbers of authorities and courts: `BF-2026-000042-K`, `12 K 345/26`, `M/BA-23.10/4711`; dates come along. */
const FILE_NUMBER = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:[-/._][\p{L}\p{N}]+)+(?![\p{L}\p{N}])/gu;
const COURT_NUMBER = /(?<![\p{L}\p{N}])(\d{1,3})\s([A-Z][A-Za-z]{0,3})\s(\d{1,6})\/(\d{2,4})(?![\p{L}\p{N}])/gu;
const FEWEST_DIGITS = 4;

/**
 * What stands for itself in an official text and must be found whole: citations as `§24`, `§24 abs2`, `§24 vwvfg` and
 * `§24 abs2 vwvfg`, and file numbers. Each as often as it occurs.
 */
export function referencesIn(text: string): string[] {
  const found: string[] = [];
  for (const [, numbers, places, law] of text.matchAll(CITATION)) found.push(...citations(numbers!, places ?? '', law));
  for (const [number] of text.matchAll(FILE_NUMBER)) {
    if (number.replaceAll(/\D/g, '').length >= FEWEST_DIGITS) found.push(`az ${number.toLowerCase().replaceAll(/[/._]/g, '-')}`);
  }
  for (const [, chamber, register, serial, year] of text.matchAll(COURT_NUMBER)) found.push(`az ${chamber}-${register!.toLowerCase()}-${serial}-${year}`);
  return found;
}

function citations(numbers: string, places: string, law: string | undefined): string[] {
  const name = law !== undefined && LAW.test(law) ? ` ${law.toLowerCase().replace(/es$|(?<=gesetz|ordnung)s$/, '')}` : undefined;
  const sections = numbersIn(numbers);
  const paragraph = PARAGRAPH.exec(places)?.[1];
  return sections.flatMap((section, index) => {
    // a paragraph stands behind the last section only: § 3 und § 4 Abs. 2
    const exact = paragraph !== undefined && index === sections.length - 1 ? `§${section} abs${paragraph}` : undefined;
    const plain = [`§${section}`, ...(exact === undefined ? [] : [exact])];
    return name === undefined ? plain : [...plain, ...plain.map((one) => one + name)];
  });
}

/** `1 bis 3` is 1, 2, 3; `24, 25 und 26a` is what it says. */
function numbersIn(text: string): string[] {
  const sections: string[] = [];
  for (const [, joint, number] of text.matchAll(/(,|und|bis|[-–])?\s*(\d{1,4}[a-z]?)/g)) {
    const [from, to] = [Number.parseInt(sections.at(-1) ?? '', 10), Number.parseInt(number!, 10)];
    if (joint !== undefined && /bis|[-–]/.test(joint) && to > from && to - from <= LONGEST_RANGE)
      for (let between = from + 1; between < to; between++) sections.push(String(between));
    sections.push(number!);
  }
  return sections;
}
