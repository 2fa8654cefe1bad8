/** A Bloom filter with four hashes: it may take something new for known, never the other way round. */
const HASHES = 4;

/**
 * Remembers which reader went up which counter today, so that ten are ten different ones. It errs only towards
 * counting less. It holds bits and no reader, lives in memory and is wiped with the day.
 */
export class Once {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  /** @param size bits, a power of two of at least 32 */
  constructor(size: number) {
    this.#bits = new Uint32Array(size / 32);
    this.#mask = size - 1;
  }

  /** @returns whether this pair of hashes is new */
  add(first: number, second: number): boolean {
    let isNew = false;
    for (let round = 0; round < HASHES; round++) {
      const at = (first + Math.imul(round, second | 1)) & this.#mask;
      const [word, bit] = [at >>> 5, 1 << (at & 31)];
      if ((this.#bits[word]! & bit) === 0) isNew = true;
      this.#bits[word]! |= bit;
    }
    return isNew;
  }

  wipe(): void {
    this.#bits.fill(0);
  }
}

/**
 * How often each reader came today, at least so often: a count-min sketch of two rows. It finds who comes more often
 * than people do; it holds no reader, and is wiped with the day.
 */
export class HowOften {
  readonly #rows: readonly [Uint16Array, Uint16Array];
  readonly #mask: number;

  /** @param size counters in a row, a power of two */
  constructor(size: number) {
    this.#rows = [new Uint16Array(size), new Uint16Array(size)];
    this.#mask = size - 1;
  }

  /** Once more. @returns how often by now, never too few */
  add(first: number, second: number): number {
    const [one, two] = this.#rows;
    return Math.min(up(one, first & this.#mask), up(two, second & this.#mask));
  }

  wipe(): void {
    for (const row of this.#rows) row.fill(0);
  }
}

function up(row: Uint16Array, at: number): number {
  const now = Math.min(row[at]! + 1, 65_535);
  row[at] = now;
  return now;
}

/** Two hashes of a text (FNV-1a with two seeds), spread over 32 bits. Not secret: what is hashed is. */
export function hashesOf(text: string, seed: number): readonly [number, number] {
  let [one, two] = [0x811c9dc5 ^ seed, 0x01000193 ^ Math.imul(seed, 0x9e3779b1)];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    one = Math.imul(one ^ sign, 0x01000193);
    two = Math.imul(two ^ sign, 0x85ebca6b);
  }
  return [spread(one), spread(two)];
}

/** Mixes every bit of a word into every other (the finaliser of MurmurHash3). */
export function spread(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
