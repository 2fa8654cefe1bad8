import type { Citation, Passage } from '../../../kernel/passage.ts';

/** What a model states, with the words it takes from a passage. */
export interface Claim {
  readonly text: string;
  readonly quote: string;
  /** The label under which the passage was shown, e.g. `P3`. */
  readonly source: string;
}

/** A claim whose words stand in the passage it names. */
export interface QuotedClaim {
  readonly text: string;
  readonly citation: Citation;
}

export interface KeptClaims {
  readonly kept: readonly QuotedClaim[];
  /** Claims whose words stand nowhere. */
  readonly dropped: number;
}

/** A shorter quotation proves nothing: it stands everywhere. */
const FEWEST_SIGNS = 12;

/**
 * Keeps the claims whose quotation stands verbatim in the passage that they name, and says how many do not. White space,
 * hyphens at line ends and the form of quotation marks may differ; what is shown is always the passage's own text.
 */
export function keepQuoted(claims: readonly Claim[], passages: ReadonlyMap<string, Passage>): KeptClaims {
  const kept = claims.flatMap(({ text, quote, source }) => {
    const passage = passages.get(source.trim());
    const place = passage && placeOf(quote, passage.text);
    if (passage === undefined || place === undefined || text.trim() === '') return [];
    const [start, end] = [passage.start + place.start, passage.start + place.end];
    return [{ text: text.trim(), citation: { passage, start, end, quote: passage.text.slice(place.start, place.end) } }];
  });
  return { kept, dropped: claims.length - kept.length };
}

interface Plain {
  readonly text: string;
  /** Where each sign stands in the original. */
  readonly at: readonly number[];
}

const MARKS: Readonly<Record<string, string>> = {
  '„': '"',
  '“': '"',
  '”': '"',
  '»': '"',
  '«': '"',
  '‚': "'",
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
};

/** White space as one space, words that a line end divided as one, one form of quotation marks. */
function plain(original: string): Plain {
  const at: number[] = [];
  let text = '';
  for (let index = 0; index < original.length; index++) {
    const sign = original[index]!;
    if (sign === '\u{AD}') continue;
    const divided = /^[-‐]\s*\n\s*(?=\p{Ll})/u.exec(original.slice(index, index + 12));
    if (divided !== null) {
      index += divided[0].length - 1;
      continue;
    }
    const next = /\s/.test(sign) ? ' ' : (MARKS[sign] ?? sign);
    if (next === ' ' && (text === '' || text.endsWith(' '))) continue;
    text += next;
    at.push(index);
  }
  return { text, at };
}

function placeOf(quote: string, text: string): { readonly start: number; readonly end: number } | undefined {
  const wanted = plain(quote).text.trim().replace(/^"|"$/g, '').trim();
  if (wanted.length < FEWEST_SIGNS) return undefined;
  const { text: within, at } = plain(text);
  const found = within.indexOf(wanted);
  return found < 0 ? undefined : { start: at[found]!, end: at[found + wanted.length - 1]! + 1 };
}
