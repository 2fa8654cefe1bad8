import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SpillAnswer, SpillGroundOrder, SpillQuestion } from './spill-thread.ts';

/** A thread without questions gives its memory back. */
const IDLE_MS = 10 * 60_000;
const MOST_GRIDS = 2;

interface Kept {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  /** Questions are answered one by one. */
  last: Promise<unknown>;
  idle: NodeJS.Timeout;
}

/** Threads that hold a ground with its spill levels, so that "what if this gate stays open" is answered at once. */
export class SpillDesk {
  readonly #threads = new Map<string, Kept>();

  /** @param load reads the ground, where no thread holds it yet */
  async ask(gridId: string, question: SpillQuestion, load: () => Promise<SpillGroundOrder>): Promise<SpillAnswer> {
    const kept = this.#threads.get(gridId) ?? this.#open(gridId, load);
    clearTimeout(kept.idle);
    kept.idle = this.#timer(gridId);
    const answer = Promise.allSettled([kept.ready, kept.last]).then(async ([ready]) => {
      if (ready.status === 'rejected') throw ready.reason;
      return askThread<SpillAnswer>(kept.worker, question);
    });
    kept.last = answer;
    return answer;
  }

  #timer(gridId: string): NodeJS.Timeout {
    return setTimeout(() => void this.#end(gridId), IDLE_MS).unref();
  }

  #open(gridId: string, load: () => Promise<SpillGroundOrder>): Kept {
    for (const oldest of [...this.#threads.keys()].slice(0, Math.max(0, this.#threads.size - MOST_GRIDS + 1))) void this.#end(oldest);
    const worker = new Worker(join(import.meta.dirname, 'spill-thread.ts'), { execArgv: [] });
    worker.unref();
    const ready = load().then(async (order) => {
      await askThread(worker, order);
    });
    const kept: Kept = { worker, ready, last: ready, idle: this.#timer(gridId) };
    this.#threads.set(gridId, kept);
    // a ground that could not be read is tried again by the next question
    ready.catch(() => this.#end(gridId));
    worker.on('error', () => this.#threads.get(gridId) === kept && this.#threads.delete(gridId));
    return kept;
  }

  async #end(gridId: string): Promise<void> {
    const kept = this.#threads.get(gridId);
    if (kept === undefined) return;
    this.#threads.delete(gridId);
    clearTimeout(kept.idle);
    await Promise.allSettled([kept.last]);
    await kept.worker.terminate();
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await Promise.all([...this.#threads.keys()].map((id) => this.#end(id)));
  }
}

function askThread<T>(worker: Worker, message: SpillGroundOrder | SpillQuestion): Promise<T> {
  return new Promise((resolve, reject) => {
    // while somebody waits, the process stays
    worker.ref();
    const done = (end: () => void): void => {
      worker.removeAllListeners('message').removeListener('error', failed).removeListener('exit', gone).unref();
      end();
    };
    const failed = (error: unknown): void => done(() => reject(error instanceof Error ? error : new Error(String(error))));
    const gone = (): void => done(() => reject(new Error('the thread of the spill levels has ended')));
    worker.once('message', (answer: T) => done(() => resolve(answer)));
    worker.once('error', failed);
    worker.once('exit', gone);
    worker.postMessage(message);
  });
}
