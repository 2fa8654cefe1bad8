import { sentencesOf, type Span } from '../../../kernel/sentences.ts';

/** Where a heading stands in the text of its page. */
export interface Heading extends Span {
  readonly level: number;
}

/** What a passage is cut from. */
export interface ChunkedPage {
  readonly text: string;
  readonly headings: readonly Heading[];
}

/** A passage of a page: `page.text.slice(start, end)`. */
export interface Chunk extends Span {
  readonly heading?: string;
}

/** Long enough to answer, short enough to be read at a glance; measured, see ADR 46. */
const MOST_WORDS = 180;
/** A passage shorter than this goes on under the next heading. */
const FEWEST_WORDS = 60;
/** One sentence of overlap, so that what stands across a border is still found; a long one is not repeated. */
const LONGEST_OVERLAP_WORDS = 40;
/** Of a passage that has no sentences at all. */
const LONGEST_CHARACTERS = 2400;
const LONGEST_HEADING = 200;

interface Sentence extends Span {
  readonly words: number;
  readonly heading: string | undefined;
  /** A heading opens a new passage. */
  readonly opens: boolean;
}

const wordsIn = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/**
 * The passages of a page, in order: whole sentences of one section each, with the heading above. A new heading opens a
 * new passage unless the one before is still short.
 */
export function chunksOf({ text, headings }: ChunkedPage): Chunk[] {
  const chunks: Chunk[] = [];
  /** What the open passage holds; its first sentence may be the last one of the passage before. */
  let open: Sentence[] = [];
  let fresh = 0;
  for (const sentence of bounded(text, headings)) {
    const words = open.reduce((sum, one) => sum + one.words, 0);
    const section = sentence.opens && words >= FEWEST_WORDS;
    if (fresh > 0 && (section || words + sentence.words > MOST_WORDS || tooLong(open, sentence))) {
      chunks.push(chunkOf(open));
      open = section ? [] : repeated(open, sentence);
      fresh = 0;
    }
    open.push(sentence);
    fresh++;
  }
  if (fresh > 0) chunks.push(chunkOf(open));
  return chunks;
}

function chunkOf(sentences: readonly Sentence[]): Chunk {
  const heading = sentences.find((one) => one.heading !== undefined)?.heading;
  return { start: sentences[0]!.start, end: sentences.at(-1)!.end, ...(heading === undefined ? {} : { heading }) };
}

/** The last sentence once more, when it is short, not the whole passage, and leaves room for the next. */
function repeated(open: readonly Sentence[], next: Sentence): Sentence[] {
  const last = open.at(-1)!;
  const fits = last.words <= LONGEST_OVERLAP_WORDS && last.words + next.words <= MOST_WORDS && next.end - last.start <= LONGEST_CHARACTERS;
  return open.length > 1 && fits ? [last] : [];
}

const tooLong = (open: readonly Sentence[], next: Span): boolean => next.end - open[0]!.start > LONGEST_CHARACTERS;

/** The sentences of the page with their section; one without any end is cut at white space, or where it must be. */
function* bounded(text: string, headings: readonly Heading[]): Generator<Sentence> {
  const sorted = headings.toSorted((one, two) => one.start - two.start);
  let at = 0;
  let heading: string | undefined;
  for (const span of sentencesOf(text)) {
    let opens = false;
    while (at < sorted.length && sorted[at]!.start < span.end) {
      heading = text.slice(sorted[at]!.start, sorted[at]!.end).trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_HEADING).toWellFormed() || heading;
      opens = true;
      at++;
    }
    for (const [index, piece] of pieces(text, span).entries()) {
      yield { ...piece, words: wordsIn(text.slice(piece.start, piece.end)), heading, opens: opens && index === 0 };
    }
  }
}

function pieces(text: string, { start, end }: Span): Span[] {
  const cut: Span[] = [];
  let from = start;
  while (from < end) {
    let to = end;
    const words = /^(?:\s*\S+){1,180}/.exec(text.slice(from, Math.min(end, from + LONGEST_CHARACTERS)))![0].length;
    if (from + words < end) to = cutAt(text, from, from + words);
    cut.push({ start: from, end: to });
    while (to < end && /\s/.test(text[to]!)) to++;
    from = to;
  }
  return cut;
}

/** The last white space of what fits, else the border of a sign. */
function cutAt(text: string, from: number, most: number): number {
  if (/\s/.test(text[most]!)) return most;
  for (let at = most; at > from + (most - from) / 2; at--) if (/\s/.test(text[at - 1]!)) return trimEnd(text, at - 1);
  // never between the halves of a surrogate pair
  return /[\uDC00-\uDFFF]/.test(text[most]!) && most > from + 1 ? most - 1 : most;
}

function trimEnd(text: string, at: number): number {
  let end = at;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return end;
}
