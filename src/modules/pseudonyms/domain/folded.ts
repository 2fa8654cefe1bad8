/** What stands between two letters or digits of a text, from nothing to a wall that no name crosses. */
export const GAP = { none: 0, space: 1, hyphen: 2, lineHyphen: 3, line: 4, sign: 5, wall: 6 } as const;
export type Gap = (typeof GAP)[keyof typeof GAP];

/**
 * A text as it is compared: lower-case letters without marks and digits, one symbol each, with the way back.
 * `ß` is two symbols of one place. All arrays have one entry a symbol.
 */
export interface Folded {
  readonly symbols: string;
  /** UTF-16 offsets in the text: first inclusive, second exclusive. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** What stands before the symbol. */
  readonly gaps: Uint8Array;
  /** 1: the text has a capital letter here. */
  readonly capitals: Uint8Array;
}

/** Stands where something was masked already; a wall. */
export const BLANK = '\u{FFFC}';
/** More signs than these between two symbols are no split of one thing. */
const MOST_SIGNS = 4;

/** Letters of other scripts that look like Latin ones, and Latin ones that do not come apart into letter and mark. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'ss',
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ə: 'a',
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  α: 'a',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
};

const WORD = /[\p{L}\p{N}]/u;
/** Marks, soft hyphens and signs of no width: they are inside a word, whatever they look like. */
const WITHIN = /[\p{M}\u00ad\u200b-\u200f\u2060\ufeff]/u;
const HYPHENS = /[-‐-―−]/;

const known = new Map<string, string>();
/** Foldings kept at most; a text of many scripts must not fill the memory. */
const MOST_KNOWN = 5000;

/** The symbols of one code point; empty when it is no letter or digit. */
function symbolsOf(point: string): string {
  const kept = known.get(point);
  if (kept !== undefined) return kept;
  // a sign that comes apart into letters is still a sign
  if (!WORD.test(point)) return '';
  const lower = point.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');
  const folded = [...lower]
    .map((one) => LOOKALIKES[one] ?? one)
    .filter((one) => WORD.test(one))
    .join('');
  if (known.size < MOST_KNOWN) known.set(point, folded);
  return folded;
}

function widerGap(gap: Gap, sign: string, signs: number): Gap {
  if (gap === GAP.wall || sign === BLANK || signs > MOST_SIGNS) return GAP.wall;
  if (sign === '\n' || sign === '\r') {
    if (gap === GAP.hyphen || gap === GAP.lineHyphen) return GAP.lineHyphen;
    return gap === GAP.sign ? GAP.sign : GAP.line;
  }
  if (HYPHENS.test(sign)) return gap === GAP.none || gap === GAP.space || gap === GAP.hyphen ? GAP.hyphen : GAP.sign;
  if (/\s/u.test(sign)) return gap === GAP.none ? GAP.space : gap;
  return GAP.sign;
}

/** Whether it is a letter in capitals; `ß` and digits are neither. */
const isCapital = (point: string): boolean => point !== point.toLowerCase() && point === point.toUpperCase();

/** Folds a text; every symbol knows where it stands in `text`. */
export function fold(text: string): Folded {
  const symbols: string[] = [];
  const [starts, ends, gaps, capitals]: number[][] = [[], [], [], []];
  let [gap, signs, at]: [Gap, number, number] = [GAP.wall, 0, 0];
  for (const point of text) {
    const end = at + point.length;
    const folded = symbolsOf(point);
    if (folded !== '') {
      for (const [n, symbol] of [...folded].entries()) {
        symbols.push(symbol);
        starts!.push(at);
        ends!.push(end);
        gaps!.push(n === 0 ? gap : GAP.none);
        capitals!.push(n === 0 && isCapital(point) ? 1 : 0);
      }
      [gap, signs] = [GAP.none, 0];
    } else if (WITHIN.test(point)) {
      // a mark belongs to the letter before it
      if (signs === 0 && ends!.length > 0) ends![ends!.length - 1] = end;
    } else {
      // indented lines and wide spaces are one gap
      if (!/\s/u.test(point)) signs += 1;
      gap = widerGap(gap, point, signs);
    }
    at = end;
  }
  return {
    // a symbol may be a surrogate pair of another script: one unit stands for it, so that offsets agree
    symbols: symbols.map((one) => (one.length === 1 ? one : '\u{FFFD}')).join(''),
    starts: Int32Array.from(starts!),
    ends: Int32Array.from(ends!),
    gaps: Uint8Array.from(gaps!),
    capitals: Uint8Array.from(capitals!),
  };
}

/** The symbols of a short text alone. */
export const foldedText = (text: string): string => fold(text).symbols;

/** Whether a word begins with the symbol `at`; past the end, one does. */
export const wordBegins = ({ gaps }: Folded, at: number): boolean => at >= gaps.length || gaps[at] !== GAP.none;
