import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { tooManyRunning, type AssistantProblem } from '../domain/problems.ts';

/** Answers of one person that may be made at once. */
const MOST_AT_ONCE = 3;
/** Longer ones are broken off. */
const LONGEST_MS = 10 * 60_000;
/** After so long nobody makes an answer any more, in whatever process. */
export const GIVEN_UP_MS = LONGEST_MS + 60_000;

/** What somebody is told who follows an answer. */
export interface Follower {
  /** More of the text; `end` is how long it is now. */
  readonly more: (text: string, end: number) => void;
  readonly ended: () => void;
}

/** What the work on an answer is given. */
export interface Run {
  readonly signal: AbortSignal;
  readonly append: (text: string) => void;
}

interface Kept {
  readonly owner: string;
  readonly stop: AbortController;
  readonly followers: Set<Follower>;
  readonly done: Promise<void>;
  text: string;
  stopped: boolean;
}

/**
 * Answers while they are made, in this process: their text so far, who follows them, and how to stop them. What is
 * finished lies in the database.
 */
export class RunningAnswers {
  readonly #kept = new Map<string, Kept>();

  /** Room for one more of this person's. */
  room(owner: string): Result<AbortController, AssistantProblem> {
    const own = [...this.#kept.values()].filter((one) => one.owner === owner).length;
    return own >= MOST_AT_ONCE ? refuse(tooManyRunning) : ok(new AbortController());
  }

  /** Begins the work. It must not throw; what it leaves behind is kept by itself. */
  begin(id: string, owner: string, stop: AbortController, work: (run: Run) => Promise<void>): void {
    const timer = setTimeout(() => stop.abort(new Error('too long')), LONGEST_MS);
    timer.unref();
    const { promise, resolve } = Promise.withResolvers<void>();
    const kept: Kept = { owner, stop, followers: new Set(), done: promise, text: '', stopped: false };
    this.#kept.set(id, kept);
    const append = (text: string): void => {
      kept.text += text;
      for (const follower of kept.followers) follower.more(text, kept.text.length);
    };
    const end = (): void => {
      clearTimeout(timer);
      this.#kept.delete(id);
      resolve();
      for (const follower of kept.followers) follower.ended();
    };
    void work({ signal: stop.signal, append }).finally(end);
  }

  has(id: string): boolean {
    return this.#kept.has(id);
  }

  textOf(id: string): string | undefined {
    return this.#kept.get(id)?.text;
  }

  /** Whether it was a person who stopped it. */
  wasStopped(id: string): boolean {
    return this.#kept.get(id)?.stopped === true;
  }

  /** Asks it to end, and waits until what there is has been kept. */
  async stop(id: string): Promise<void> {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    kept.stopped = true;
    kept.stop.abort();
    await kept.done;
  }

  /** Waits for the end, so long at most. */
  async wait(id: string, milliseconds: number): Promise<void> {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    const timer = Promise.withResolvers<void>();
    const handle = setTimeout(timer.resolve, milliseconds);
    await Promise.race([kept.done, timer.promise]);
    clearTimeout(handle);
  }

  /** Tells what comes after `from`, at once what is there. @returns how to stop listening; `undefined`: it has ended */
  follow(id: string, from: number, follower: Follower): (() => void) | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    if (from < kept.text.length) follower.more(kept.text.slice(from), kept.text.length);
    kept.followers.add(follower);
    return () => void kept.followers.delete(follower);
  }

  /** Ends all, and waits until what there is has been kept. */
  async close(): Promise<void> {
    const all = [...this.#kept.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ done }) => done));
  }
}
