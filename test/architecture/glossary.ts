import { parseSync } from 'oxc-parser';

/** German words of law that identifiers may use, as they spell them. A new one is added here and in docs/glossary.md. */
export const STEMS = [
  'abwaegung',
  'anhoerung',
  'antrag',
  'bekanntgabe',
  'berichtigung',
  'bescheid',
  'bestandskr',
  'beteiligung',
  'bezirk',
  'einspruch',
  'feiertag',
  'frist',
  'nachforderung',
  'nebenbestimmung',
  'postfach',
  'rechtsbehelf',
  'ruecknahme',
  'servicekonto',
  'stellungnahme',
  'vertretung',
  'vollmacht',
  'wiedereinsetzung',
  'widerruf',
  'widerspruch',
  'zugang',
  'zustaendig',
] as const;

/** One row of the glossary. */
export interface GlossaryRow {
  readonly term: string;
  readonly stem: string;
  readonly english: string;
  readonly source: string;
}

/** The rows of docs/glossary.md: `| term | \`stem\` | english | source |`. */
export function glossaryRows(markdown: string): GlossaryRow[] {
  return [...markdown.matchAll(/^\| ([^|]+) \| `([a-z]+)` \| ([^|]*) \| ?([^|]*) ?\|$/gm)].map(([, term, stem, english, source]) => ({
    term: term!.trim(),
    stem: stem!,
    english: english!.trim(),
    source: source!.trim(),
  }));
}

/** A paragraph of a statute: `§ 41 Abs. 2 VwVfG`, `Art. 20 GG`. */
export const namesStatute = (source: string): boolean => /(§§?|Art\.) \d+[^|]* [A-Z]/.test(source);

/** Names and keys of a source, and short strings that name a kind or a state; in lower case. */
export function wordsOf(path: string, text: string): Set<string> {
  const words = new Set<string>([path.toLowerCase()]);
  JSON.stringify(parseSync(path, text).program, (key, value: unknown) => {
    if (key === 'name' && typeof value === 'string') words.add(value.toLowerCase());
    if (key === 'value' && typeof value === 'string' && /^[a-z][a-z_-]*$/.test(value)) words.add(value);
    return typeof value === 'bigint' ? String(value) : value;
  });
  return words;
}

/** The stems that stand in any of these words. */
export const stemsIn = (words: Iterable<string>): Set<string> => {
  const found = new Set<string>();
  for (const word of words) for (const stem of STEMS) if (word.includes(stem)) found.add(stem);
  return found;
};
