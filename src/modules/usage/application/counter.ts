import { createHmac } from 'node:crypto';
import type { CountUse, Reader } from '../../../kernel/usage.ts';
import { CITY_ZONE, legalDay, type Clock } from '../../../kernel/time.ts';
import { cellsOf, textOf, type Exclusion } from '../domain/cell.ts';
import { hashesOf, HowOften, Once, spread } from '../domain/once.ts';
import { FEWEST } from '../../../kernel/few.ts';
import { another, newTens, type Tens } from '../domain/tens.ts';

/** More from one browser on one day is not a person, or is one who must not weigh that much. */
export const MOST_A_DAY = 400;
/** Counters of one day; a flood of made-up names ends here. */
const MOST_CELLS = 200_000;

/** Tens that may be written, all at once: what changes on the disk between two looks comes from at least ten readers. */
export interface Batch {
  readonly writer: string;
  readonly number: number;
  readonly cells: readonly { readonly day: string; readonly cell: string; readonly add: number }[];
}

interface Counting extends Tens {
  /** Tens that are full and not yet written. */
  due: number;
  readonly seeds: readonly [number, number];
}

/** One for a process. Nothing in it outlives the day but whole tens. */
export class UseCounter {
  readonly #clock: Clock;
  readonly #random: () => Buffer;
  readonly #writer: string;
  readonly #once: Once;
  readonly #often: HowOften;
  #cells = new Map<string, Counting>();
  #closing: { day: string; cell: string; add: number }[] = [];
  /** Different readers since the last batch; more than ten need not be known. */
  #readers = new Set<string>();
  #open: Batch | undefined;
  #batches = 0;
  #day = '';
  #dayEnds = 0;
  /** Secret of the day: from it come the phases of the counters and the places in memory. */
  #secret: Buffer = Buffer.alloc(0);
  #seed = 0;

  /** @param made.random gives 32 random bytes; `writer` a random id; `size` bits of memory for who was counted where */
  constructor(made: { readonly clock: Clock; readonly random: () => Buffer; readonly writer: string; readonly size?: number }) {
    this.#clock = made.clock;
    this.#random = made.random;
    this.#writer = made.writer;
    this.#once = new Once(made.size ?? 2 ** 27);
    this.#often = new HowOften(2 ** 20);
  }

  readonly count: CountUse = (reader, use) => {
    if (reader === undefined) return;
    this.#turnDay();
    const hashes = hashesOf(reader.ofToday, this.#seed);
    const cells = cellsOf(reader, use, this.#exclusionOf(reader, hashes));
    for (const key of cells) this.#up(textOf(key), hashes);
    if (cells.length > 0 && this.#readers.size < FEWEST) this.#readers.add(reader.ofToday);
  };

  /**
   * What may be written now. The same batch is given until it is settled, so that one whose fate is not known can be
   * tried again. `undefined`: nothing to write, or too few people to hide among.
   */
  batch(): Batch | undefined {
    this.#turnDay();
    if (this.#open !== undefined) return this.#open;
    const cells = [...this.#closing];
    if (this.#readers.size >= FEWEST) cells.push(...this.#full());
    if (cells.length === 0) return undefined;
    this.#closing = [];
    if (this.#readers.size >= FEWEST) this.#readers = new Set();
    this.#batches += 1;
    this.#open = { writer: this.#writer, number: this.#batches, cells };
    return this.#open;
  }

  settle(batch: Batch): void {
    if (this.#open === batch) this.#open = undefined;
  }

  #exclusionOf(reader: Reader, [first, second]: readonly [number, number]): Exclusion | undefined {
    if (reader.robot) return 'robot';
    return this.#often.add(first, second) > MOST_A_DAY ? 'flood' : undefined;
  }

  #up(cell: string, [first, second]: readonly [number, number]): void {
    let counting = this.#cells.get(cell);
    if (counting === undefined) {
      if (this.#cells.size >= MOST_CELLS) return;
      const drawn = createHmac('sha256', this.#secret).update(cell).digest();
      counting = { ...newTens(drawn.readUInt32BE(0)), due: 0, seeds: [drawn.readInt32BE(4), drawn.readInt32BE(8)] };
      this.#cells.set(cell, counting);
    }
    if (!this.#once.add(spread(first ^ counting.seeds[0]), spread(second ^ counting.seeds[1]))) return;
    if (another(counting)) counting.due += FEWEST;
  }

  #full(): { day: string; cell: string; add: number }[] {
    const full: { day: string; cell: string; add: number }[] = [];
    for (const [cell, counting] of this.#cells) {
      if (counting.due === 0) continue;
      full.push({ day: this.#day, cell, add: counting.due });
      counting.due = 0;
    }
    return full;
  }

  /** With the day go all counters, and what was not full in them; who was seen is forgotten. */
  #turnDay(): void {
    const now = this.#clock();
    if (now.epochMilliseconds < this.#dayEnds) return;
    if (this.#readers.size >= FEWEST) this.#closing.push(...this.#full());
    const day = legalDay(now);
    this.#day = day.toString();
    this.#dayEnds = day.add({ days: 1 }).toZonedDateTime(CITY_ZONE).epochMilliseconds;
    this.#cells = new Map();
    this.#readers = new Set();
    this.#once.wipe();
    this.#often.wipe();
    this.#secret = this.#random();
    this.#seed = this.#secret.readInt32BE(0);
  }
}
