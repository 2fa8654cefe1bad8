import { FEWEST } from '../../../kernel/few.ts';

interface Waiting {
  count: number;
  /** How many different browsers are among them, a browser of another day being another one. */
  different: number;
  readonly today: Set<string>;
}

/**
 * What waits for its ten, in memory: only whole tens are kept. Where browsers are named, ten are ten different ones. What
 * waits goes over midnight, who it was does not.
 */
export class WaitingTens {
  readonly #waiting = new Map<string, Waiting>();
  #day = '';

  /** One more. @param reader of today; absent where nobody is protected. @returns what may be kept now: ten, or nothing */
  add(key: string, day: string, reader?: string): number {
    this.#turnDay(day);
    const waiting = this.#waiting.get(key) ?? { count: 0, different: 0, today: new Set<string>() };
    this.#waiting.set(key, waiting);
    waiting.count += 1;
    if (reader === undefined) waiting.different = FEWEST;
    else if (waiting.different < FEWEST && !waiting.today.has(reader)) {
      waiting.today.add(reader);
      waiting.different += 1;
    }
    if (waiting.count < FEWEST || waiting.different < FEWEST) return 0;
    this.#waiting.set(key, { count: waiting.count - FEWEST, different: 0, today: new Set() });
    return FEWEST;
  }

  #turnDay(day: string): void {
    if (day === this.#day) return;
    this.#day = day;
    for (const { today } of this.#waiting.values()) today.clear();
  }
}
