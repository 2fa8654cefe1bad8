import { PostingWriter, readPostings } from './posting-list.ts';

/** Passages that are searched together and never change: sorted tokens, each with its packed list. */
export interface Segment {
  readonly size: number;
  /** Number of the document of each passage, as the index counts documents. */
  readonly documents: Uint32Array;
  /** Place of each passage in its document, from 0. */
  readonly places: Uint32Array;
  /** Tokens of each passage, with repetitions. */
  readonly lengths: Uint32Array;
  readonly tokens: Uint32Array;
  /** One more than tokens: where each list begins in `postings`. */
  readonly offsets: Uint32Array;
  /** Passages in each list. */
  readonly counts: Uint32Array;
  readonly postings: Uint8Array;
}

/** A passage as it is taken into a segment. */
export interface TokenisedPassage {
  readonly document: number;
  readonly place: number;
  readonly tokens: readonly number[];
}

export function segmentOf(passages: readonly TokenisedPassage[]): Segment {
  const lists = new Map<number, PostingWriter>();
  const times = new Map<number, number>();
  for (const [index, { tokens }] of passages.entries()) {
    times.clear();
    for (const token of tokens) times.set(token, (times.get(token) ?? 0) + 1);
    for (const [token, count] of times) writerOf(lists, token).add(index, count);
  }
  return frozen(lists, {
    documents: Uint32Array.from(passages, ({ document }) => document),
    places: Uint32Array.from(passages, ({ place }) => place),
    lengths: Uint32Array.from(passages, ({ tokens }) => tokens.length),
  });
}

function writerOf(lists: Map<number, PostingWriter>, token: number): PostingWriter {
  let list = lists.get(token);
  if (list === undefined) lists.set(token, (list = new PostingWriter()));
  return list;
}

function frozen(lists: ReadonlyMap<number, PostingWriter>, columns: Pick<Segment, 'documents' | 'places' | 'lengths'>): Segment {
  const tokens = Uint32Array.from(lists.keys()).toSorted();
  const offsets = new Uint32Array(tokens.length + 1);
  const counts = new Uint32Array(tokens.length);
  let total = 0;
  for (const list of lists.values()) total += list.bytes().length;
  const postings = new Uint8Array(total);
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const list = lists.get(token)!;
    postings.set(list.bytes(), at);
    counts[index] = list.count;
    at += list.bytes().length;
    offsets[index + 1] = at;
  }
  return { ...columns, size: columns.documents.length, tokens, offsets, counts, postings };
}

/** Several segments as one, without the passages of documents that are gone. */
export function merged(segments: readonly Segment[], keeps: (document: number) => boolean): Segment {
  const documents: number[] = [];
  const places: number[] = [];
  const lengths: number[] = [];
  const lists = new Map<number, PostingWriter>();
  for (const segment of segments) {
    const renumbered = new Int32Array(segment.size).fill(-1);
    for (let passage = 0; passage < segment.size; passage++) {
      if (!keeps(segment.documents[passage]!)) continue;
      renumbered[passage] = documents.length;
      documents.push(segment.documents[passage]!);
      places.push(segment.places[passage]!);
      lengths.push(segment.lengths[passage]!);
    }
    for (const [index, token] of segment.tokens.entries())
      readPostings(segment.postings, segment.offsets[index]!, segment.offsets[index + 1]!, (passage, times) => {
        if (renumbered[passage]! >= 0) writerOf(lists, token).add(renumbered[passage]!, times);
      });
  }
  return frozen(lists, { documents: Uint32Array.from(documents), places: Uint32Array.from(places), lengths: Uint32Array.from(lengths) });
}

/** Place of a token in `tokens`; -1 when no passage has it. */
export function placeOfToken({ tokens }: Segment, token: number): number {
  let [low, high] = [0, tokens.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (tokens[middle] === token) return middle;
    if (tokens[middle]! < token) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What it takes of the memory, in bytes. */
export const weightOf = ({ size, tokens, postings }: Segment): number => size * 12 + tokens.length * 12 + postings.length + 256;
