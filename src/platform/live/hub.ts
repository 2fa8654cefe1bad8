import { sql } from 'kysely';
import type { Database } from '../database/port.ts';
import type { Entry, Journal } from '../journal/port.ts';

/** How often PostgreSQL is asked whether another process has appended. */
const POLL_MS = 1000;
const PAGE = 500;
/** Newest entries kept in memory for all readers together; who is further behind reads the journal. */
const TAIL = 2000;

/**
 * The journal's end in memory, read once for all live readers. One for the process; it does nothing
 * while nobody listens.
 */
export class LiveHub {
  readonly #journal: Journal;
  readonly #database: Database;
  readonly #waiting = new Set<() => void>();
  #readers = 0;
  #tail: Entry[] = [];
  /** Number of the newest entry known, once somebody listens. */
  #head: number | undefined;
  #advancing: Promise<void> | undefined;
  #again = false;
  #poll: NodeJS.Timeout | undefined;

  constructor(journal: Journal, database: Database) {
    this.#journal = journal;
    this.#database = database;
  }

  get readers(): number {
    return this.#readers;
  }

  /** Call after each commit that appended: `createJournal(() => hub.beat())`. */
  beat(): void {
    if (this.#readers === 0) return;
    this.#again = true;
    this.#advancing ??= this.#advance().finally(() => (this.#advancing = undefined));
  }

  /** Begins reading. @returns number of the newest entry now */
  async open(): Promise<number> {
    this.#readers += 1;
    if (this.#database.engine === 'postgres') this.#poll ??= setInterval(() => this.beat(), POLL_MS).unref();
    const newest = await sql<{ seq: number }>`select seq from platform.journal_head`.execute(this.#database.read);
    this.#head ??= newest.rows[0]!.seq;
    return newest.rows[0]!.seq;
  }

  close(): void {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    clearInterval(this.#poll);
    this.#poll = undefined;
    this.#head = undefined;
    this.#tail = [];
  }

  /** Entries after `seq`, oldest first, at most a page; empty when there are none yet. */
  async after(seq: number): Promise<readonly Entry[]> {
    if (this.#head !== undefined && seq >= this.#head) return [];
    const first = this.#tail[0];
    if (first !== undefined && seq >= first.seq - 1) return this.#tail.slice(seq - first.seq + 1, seq - first.seq + 1 + PAGE);
    return this.#journal.readAfter(this.#database.read, seq, { limit: PAGE });
  }

  /** Resolves when entries after `seq` are there, or after `ms`, or when `wake` is called. */
  wait(seq: number, ms: number): { readonly done: Promise<void>; readonly wake: () => void } {
    if (this.#head !== undefined && seq < this.#head) return { done: Promise.resolve(), wake: () => {} };
    let wake = (): void => {};
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), ms).unref();
      wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
    return { done, wake };
  }

  async #advance(): Promise<void> {
    while (this.#again && this.#head !== undefined) {
      this.#again = false;
      try {
        const entries = await this.#journal.readAfter(this.#database.read, this.#head, { limit: PAGE });
        if (entries.length === 0 || this.#readers === 0) continue;
        this.#tail = [...this.#tail, ...entries].slice(-TAIL);
        this.#head = entries.at(-1)!.seq;
        if (entries.length === PAGE) this.#again = true;
        for (const wake of [...this.#waiting]) wake();
      } catch {
        // The database is away: the next beat or poll asks again, and every reader keeps its place.
        return;
      }
    }
  }
}
