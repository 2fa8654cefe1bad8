import { actorRef, type Actor } from '../../../kernel/actor.ts';
import type { Clock } from '../../../kernel/time.ts';

const VISIT_MINUTES = 30;
const MAX_VISITS = 10_000;

/** Who is looking at which sheet now: pages and tiles within half an hour of each other are one visit, journalled once. */
export class Visits {
  readonly #clock: Clock;
  readonly #last = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns whether a new visit begins */
  begins(actor: Actor, sheetId: string): boolean {
    const key = `${actorRef(actor)} ${sheetId}`;
    const now = this.#clock().epochMilliseconds;
    const last = this.#last.get(key);
    this.#last.delete(key);
    this.#last.set(key, now);
    if (this.#last.size > MAX_VISITS) this.#last.delete(this.#last.keys().next().value!);
    return last === undefined || now - last > VISIT_MINUTES * 60_000;
  }

  /** The journal could not be written: the next look begins the visit. */
  forget(actor: Actor, sheetId: string): void {
    this.#last.delete(`${actorRef(actor)} ${sheetId}`);
  }
}
