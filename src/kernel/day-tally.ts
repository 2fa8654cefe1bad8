/** Countings of one person that can be taken back. */
const REMEMBERED = 50;

interface Own<T> {
  readonly counts: Map<string, number>;
  last: readonly { readonly one: T; readonly times: number }[];
}

/** How often this was counted today, and everything together. */
export interface Tallied {
  readonly today: number;
  readonly all: number;
}

/** What each employee counted today on this server: in memory, for them alone, and gone with the day. */
export class DayTally<T> {
  readonly #keyOf: (one: T) => string;
  #day = '';
  #of = new Map<string, Own<T>>();

  /** @param keyOf what is counted as the same */
  constructor(keyOf: (one: T) => string) {
    this.#keyOf = keyOf;
  }

  add(who: string, day: string, one: T, times = 1): Tallied {
    const own = this.#own(who, day);
    own.last = [...own.last, { one, times }].slice(-REMEMBERED);
    return this.#count(own, one, times);
  }

  /** Takes the last counting back that is still remembered. */
  takeBack(who: string, day: string): ({ readonly one: T; readonly times: number } & Tallied) | undefined {
    const own = this.#own(who, day);
    const last = own.last.at(-1);
    if (last === undefined) return undefined;
    own.last = own.last.slice(0, -1);
    return { ...last, ...this.#count(own, last.one, -last.times) };
  }

  counted(who: string, day: string, one: T): Tallied {
    return this.#count(this.#own(who, day), one, 0);
  }

  all(who: string, day: string): number {
    return sumOf(this.#own(who, day));
  }

  #count(own: Own<T>, one: T, more: number): Tallied {
    const key = this.#keyOf(one);
    const today = (own.counts.get(key) ?? 0) + more;
    if (more !== 0) own.counts.set(key, today);
    return { today, all: sumOf(own) };
  }

  #own(who: string, day: string): Own<T> {
    if (day !== this.#day) [this.#day, this.#of] = [day, new Map()];
    const own = this.#of.get(who) ?? { counts: new Map(), last: [] };
    this.#of.set(who, own);
    return own;
  }
}

const sumOf = ({ counts }: Own<unknown>): number => counts.values().reduce((sum, count) => sum + count, 0);
