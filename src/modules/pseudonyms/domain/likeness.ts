import { COST, costOf, isTwoForOne } from './confusions.ts';
import { GAP, wordBegins, type Folded } from './folded.ts';

/** What is looked for: folded symbols, and what may be wrong with them. */
export interface Pattern {
  readonly symbols: string;
  /** Before these symbols a gap costs nothing: where words of a name meet. */
  readonly joints: ReadonlySet<number>;
  /** All gaps but walls cost nothing: numbers, addresses, mail. */
  readonly looseGaps: boolean;
  /** Where nothing but the end of a word may follow, or also German endings of a name. */
  readonly inflected: boolean;
  readonly budget: number;
  /** Gaps that must be there: `17584` is no day, `17.5.84` is one. */
  readonly fewestGaps?: number;
}

export interface Likeness {
  /** Symbols of the text: first inclusive, second exclusive. */
  readonly from: number;
  readonly to: number;
  /** End with the ending of a declined name; `to` when there is none. */
  readonly inflectedTo: number;
  readonly cost: number;
}

/** How wrong a name of so many symbols may be: short ones exact, longer ones one or two letters. */
export function budgetOf(length: number): number {
  if (length <= 3) return 0;
  if (length === 4) return 0.8;
  if (length <= 6) return 1;
  return length <= 9 ? 1.5 : 2;
}

const ENDING = /^(?:s|es|n|ns|sche[nrsm]?|sches)$/;

function gapCost(pattern: Pattern, text: Folded, at: number, wanted: number, spaced: boolean): number {
  const gap = text.gaps[at]!;
  if (gap === GAP.none) return 0;
  if (gap === GAP.wall) return Infinity;
  if (pattern.looseGaps || pattern.joints.has(wanted)) return 0;
  if (gap === GAP.lineHyphen) return 0;
  // two words are never one short name
  if (pattern.symbols.length <= 3) return Infinity;
  if (gap === GAP.space) return spaced ? 0 : COST.split;
  return gap === GAP.line || gap === GAP.hyphen ? COST.split : Infinity;
}

/** `M ü l l e r`: the words at `from` are single letters. */
const isSpaced = (text: Folded, from: number): boolean =>
  [1, 2].every((n) => from + n < text.symbols.length && text.gaps[from + n] === GAP.space) && wordBegins(text, from + 3);

/** How far beyond the pattern's own length is looked, and how far the two may run apart. */
const SLACK = 3;
/** Longest pattern that is compared; longer ones are names of firms, of which the start is enough. */
const LONGEST = 120;

/** Rows of the comparison, used again and again: nothing waits in between. */
const rows = Array.from({ length: 3 }, () => new Float64Array(LONGEST + SLACK + 1));

/** The pattern as it stands at the word that begins with symbol `from`, wrong by at most its budget; the least wrong, then the longest. */
export function likenessAt(pattern: Pattern, text: Folded, from: number): Likeness | undefined {
  if (pattern.budget === 0 || pattern.symbols.length > LONGEST) return exactAt(pattern, text, from);
  const wanted = pattern.symbols;
  const width = Math.min(wanted.length + SLACK, text.symbols.length - from);
  if (width < wanted.length - 2 || text.gaps[from] === GAP.none) return undefined;
  const comparison: Comparison = { pattern, text, from, width, spaced: isSpaced(text, from) };
  let [higher, above, row] = rows as [Float64Array, Float64Array, Float64Array];
  // before the first symbol of the pattern, nothing of the text may be left over
  above.fill(Infinity, 0, width + 1);
  above[0] = 0;
  let lastLeast = 0;
  for (let i = 1; i <= wanted.length; i++) {
    const least = nextRow(comparison, i, higher, above, row);
    // two symbols read as one step over a row
    if (least > pattern.budget && lastLeast > pattern.budget) return undefined;
    lastLeast = least;
    [higher, above, row] = [above, row, higher];
  }
  return bestEnd(pattern, text, from, above.subarray(0, width + 1));
}

interface Comparison {
  readonly pattern: Pattern;
  readonly text: Folded;
  readonly from: number;
  readonly width: number;
  readonly spaced: boolean;
}

/** Fills the row of the pattern's symbol `i`, from 1, out of the two before it. @returns its least cost */
function nextRow({ pattern, text, from, width, spaced }: Comparison, i: number, higher: Float64Array, above: Float64Array, row: Float64Array): number {
  const [wanted, found] = [pattern.symbols, text.symbols];
  const [now, before] = [wanted.charCodeAt(i - 1), i > 1 ? wanted.charCodeAt(i - 2) : 0];
  const missing = missingCost(wanted, i);
  const extra = i === wanted.length ? COST.other : COST.extra;
  const [first, last] = [Math.max(1, i - SLACK), Math.min(width, i + SLACK)];
  row.fill(Infinity, 0, width + 1);
  row[0] = above[0]! + missing;
  let least = row[0];
  for (let j = first; j <= last; j++) {
    const at = from + j - 1;
    const symbol = found.charCodeAt(at);
    const previous = j > 1 ? found.charCodeAt(at - 1) : 0;
    const gap = j === 1 ? 0 : gapCost(pattern, text, at, i - 1, spaced);
    let best = Math.min(above[j - 1]! + costOf(now, symbol) + gap, above[j]! + missing);
    // a letter too many at the very end is another word, not a mistake
    best = Math.min(best, row[j - 1]! + (symbol === previous ? COST.doubled : extra) + gap);
    if (j > 1 && isTwoForOne(now, previous, symbol)) {
      const gapBefore = j === 2 ? 0 : gapCost(pattern, text, at - 1, i - 1, spaced);
      best = Math.min(best, above[j - 2]! + COST.confused + gapCost(pattern, text, at, -1, spaced) + gapBefore);
    }
    if (i > 1 && isTwoForOne(symbol, before, now)) best = Math.min(best, higher[j - 1]! + COST.confused + gap);
    if (i > 1 && j > 1 && before === symbol && now === previous) best = Math.min(best, higher[j - 2]! + COST.swapped + gap);
    row[j] = best;
    if (best < least) least = best;
  }
  return least;
}

/** What a missing letter costs: less where it is one of two, more at the start, where nobody would know the name. */
function missingCost(wanted: string, i: number): number {
  if (i > 1 && wanted[i - 2] === wanted[i - 1]) return COST.doubled;
  if (i === 1) return wanted.length >= 8 ? COST.missing : COST.other;
  return i === wanted.length && wanted.length <= 6 ? COST.other : COST.missing;
}

function bestEnd(pattern: Pattern, text: Folded, from: number, row: Float64Array): Likeness | undefined {
  let best: Likeness | undefined;
  for (let j = row.length - 1; j > 0; j--) {
    const cost = row[j]!;
    if (cost > pattern.budget || (best !== undefined && cost >= best.cost)) continue;
    const found = endAt(pattern, text, from, from + j, cost);
    if (found !== undefined) best = found;
  }
  return best;
}

function exactAt(pattern: Pattern, text: Folded, from: number): Likeness | undefined {
  const to = from + pattern.symbols.length;
  if (!text.symbols.startsWith(pattern.symbols, from)) return undefined;
  for (let at = from + 1; at < to; at++) if (gapCost(pattern, text, at, at - from, false) > 0) return undefined;
  return endAt(pattern, text, from, to, 0);
}

function endAt(pattern: Pattern, text: Folded, from: number, to: number, cost: number): Likeness | undefined {
  // half of a folded `ß` is no end
  if (to < text.symbols.length && text.starts[to] === text.starts[to - 1]) return undefined;
  if ((pattern.fewestGaps ?? 0) > gapsBetween(text, from, to)) return undefined;
  if (wordBegins(text, to)) return { from, to, inflectedTo: to, cost };
  if (!pattern.inflected) return undefined;
  let end = to;
  while (!wordBegins(text, end) && end - to <= 6) end += 1;
  return ENDING.test(text.symbols.slice(to, end)) ? { from, to, inflectedTo: end, cost } : undefined;
}

function gapsBetween(text: Folded, from: number, to: number): number {
  let gaps = 0;
  for (let at = from + 1; at < to; at++) if (text.gaps[at] !== GAP.none) gaps += 1;
  return gaps;
}
