import { Best } from './best.ts';
import { merged, placeOfToken, segmentOf, weightOf, type Segment } from './segment.ts';
import { isReference, tokensOf } from './tokens.ts';

/**
 * BM25's bounds: how fast repetition stops counting, and how much a long passage is held back. Robertson and Zaragoza,
 * The Probabilistic Relevance Framework, 2009, section 3.3: 1.2 < k1 < 2 and 0.5 < b < 0.8 do well for most texts.
 */
const K1 = 1.2;
const B = 0.75;
/** A citation or a file number counts as much as an ordinary word, which has about so many runs. */
const REFERENCE_WEIGHT = 5;
/** Of a long question the rarest tokens are asked. */
const MOST_TOKENS = 192;
/** What stands in more than this share of all passages tells nothing; asked all the same when nothing else is known. */
const STOP_SHARE = 0.5;
/** Small segments are put together, so that many small documents do not make many small searches; none grows larger. */
const LARGE = 4096;
const MOST_SMALL = 8;
/** A segment is rid of passages that are gone when they are more than this share. */
const MOST_GONE = 0.2;

/** One place that was found: which document, which passage of it. */
export interface FoundPlace {
  readonly document: string;
  readonly place: number;
  readonly score: number;
}

interface Asked {
  readonly token: number;
  readonly weight: number;
}

/**
 * BM25 over character 4-grams and whole references, in memory: documents come and go, texts stay outside. About 1 kB a
 * passage.
 */
export class GramIndex {
  #segments: Segment[] = [];
  /** Documents by number; a number is given once. `undefined`: gone. */
  readonly #names: (string | undefined)[] = [];
  readonly #numbers = new Map<string, number>();

  has(document: string): boolean {
    return this.#numbers.has(document);
  }

  documents(): IterableIterator<string> {
    return this.#numbers.keys();
  }

  /** Takes a whole document in; one of the same name is replaced. */
  add(document: string, texts: readonly string[]): void {
    this.remove(document);
    const number = this.#names.push(document) - 1;
    this.#numbers.set(document, number);
    for (let from = 0; from < texts.length; from += LARGE) {
      const part = texts.slice(from, from + LARGE);
      this.#segments.push(segmentOf(part.map((text, index) => ({ document: number, place: from + index, tokens: tokensOf(text) }))));
    }
    this.#tidy();
  }

  remove(document: string): void {
    const number = this.#numbers.get(document);
    if (number === undefined) return;
    this.#numbers.delete(document);
    this.#names[number] = undefined;
    this.#segments = this.#segments
      .map((segment) => (this.#shareGone(segment, number) > MOST_GONE ? merged([segment], (one) => this.#names[one] !== undefined) : segment))
      .filter(({ size }) => size > 0);
  }

  /** Share of a segment's passages that are gone; only looked at where this document was. */
  #shareGone({ documents, size }: Segment, removed: number): number {
    if (!documents.includes(removed)) return 0;
    let gone = 0;
    for (const document of documents) if (this.#names[document] === undefined) gone++;
    return gone / size;
  }

  #tidy(): void {
    const small = this.#segments.filter(({ size }) => size < LARGE / 2).toSorted((a, b) => a.size - b.size);
    if (small.length <= MOST_SMALL) return;
    const together: Segment[] = [];
    let size = 0;
    for (const segment of small) {
      if (size + segment.size > LARGE) break;
      together.push(segment);
      size += segment.size;
    }
    this.#segments = [...this.#segments.filter((one) => !together.includes(one)), merged(together, (one) => this.#names[one] !== undefined)];
  }

  /** Bytes it takes, roughly. */
  get weight(): number {
    return this.#segments.reduce((sum, segment) => sum + weightOf(segment), 256 + this.#names.length * 100);
  }

  get size(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, 0);
  }

  /** For a search over several indexes. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  nameOf(number: number): string | undefined {
    return this.#names[number];
  }

  numberOf(document: string): number | undefined {
    return this.#numbers.get(document);
  }
}

/** What a search looks through: an index, and of it only these documents when they are named. */
export interface SearchedIndex {
  readonly index: GramIndex;
  readonly documents?: readonly string[];
}

/**
 * The best passages of several indexes, best first. Rarity is counted over what is searched and nothing else, so that a
 * ranking tells nothing about documents that the reader may not see.
 */
export function searchIndexes(searched: readonly SearchedIndex[], query: string, limit: number): FoundPlace[] {
  const parts = searched.flatMap(({ index, documents }) => {
    const numbers = documents === undefined ? undefined : new Set(documents.map((one) => index.numberOf(one)));
    return index.segments.map((segment) => ({ index, segment, allowed: numbers === undefined ? undefined : allowedIn(segment, numbers) }));
  });
  const passages = parts.reduce((sum, { segment }) => sum + segment.size, 0);
  if (passages === 0 || limit < 1) return [];
  const average = parts.reduce((sum, { segment }) => sum + segment.lengths.reduce((total, one) => total + one, 0), 0) / passages;
  const asked = askedOf(
    query,
    parts.map(({ segment }) => segment),
    passages,
  );
  const best = new Best<{ readonly document: string; readonly place: number }>(limit);
  for (const { index, segment, allowed } of parts) {
    const scores = scoresOf(segment, asked, average);
    for (let passage = 0; passage < scores.length; passage++) {
      const score = scores[passage]!;
      if (score <= 0 || score <= best.floor || allowed?.[passage] === 0) continue;
      const document = index.nameOf(segment.documents[passage]!);
      if (document !== undefined) best.offer(score, { document, place: segment.places[passage]! });
    }
  }
  return best.take().map(({ score, item }) => ({ ...item, score }));
}

function allowedIn({ documents, size }: Segment, numbers: ReadonlySet<number | undefined>): Uint8Array {
  const allowed = new Uint8Array(size);
  for (let passage = 0; passage < size; passage++) if (numbers.has(documents[passage])) allowed[passage] = 1;
  return allowed;
}

/** The tokens of a question with their weight: rarity times how often it is asked. */
function askedOf(query: string, segments: readonly Segment[], passages: number): Asked[] {
  const times = new Map<number, number>();
  for (const token of tokensOf(query)) times.set(token, (times.get(token) ?? 0) + 1);
  const known = [...times].flatMap(([token, count]) => {
    let frequency = 0;
    for (const segment of segments) {
      const place = placeOfToken(segment, token);
      if (place >= 0) frequency += segment.counts[place]!;
    }
    return frequency === 0 ? [] : [{ token, count, frequency }];
  });
  const telling = known.filter(({ frequency }) => frequency <= passages * STOP_SHARE);
  return (telling.length === 0 ? known : telling)
    .toSorted((a, b) => a.frequency - b.frequency)
    .slice(0, MOST_TOKENS)
    .map(({ token, count, frequency }) => ({
      token,
      weight: Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)) * count * (isReference(token) ? REFERENCE_WEIGHT : 1),
    }));
}

function scoresOf(segment: Segment, asked: readonly Asked[], average: number): Float32Array {
  const { size, lengths, postings, offsets } = segment;
  const scores = new Float32Array(size);
  const held = new Float32Array(size);
  for (let passage = 0; passage < size; passage++) held[passage] = K1 * (1 - B + (B * lengths[passage]!) / average);
  for (const { token, weight } of asked) {
    const list = placeOfToken(segment, token);
    if (list < 0) continue;
    const end = offsets[list + 1]!;
    let passage = -1;
    // as readPostings does, without a call for each posting: this loop is where a search spends its time
    for (let at = offsets[list]!; at < end;) {
      let value = postings[at]! & 127;
      for (let shift = 7; postings[at++]! > 127; shift += 7) value |= (postings[at]! & 127) << shift;
      passage += value >>> 1;
      const count = (value & 1) === 1 ? postings[at++]! : 1;
      scores[passage] = scores[passage]! + (weight * count * (K1 + 1)) / (count + held[passage]!);
    }
  }
  return scores;
}
