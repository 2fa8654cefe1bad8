import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ThreadAnswer, ThreadOrder } from './model-thread.ts';

/** Memory of one thread beside the data it is handed. */
const HEAP_MEGABYTES = 768;

/** The calculation had to end: it took more memory than it may, somebody ended it, or the model has a bug (the cause). */
export class ThreadEnded extends Error {
  readonly why: 'memory' | 'stopped' | 'broken';

  constructor(why: ThreadEnded['why'], cause?: Error) {
    super(`the thread of a model has ended: ${why}${cause === undefined ? '' : `, ${cause.message}`}`, { cause });
    this.why = why;
  }
}

/** A thread that holds the data of one job and calculates its members one by one. */
export interface ModelThread {
  readonly prepare: (order: ThreadOrder) => Promise<ThreadAnswer>;
  readonly member: (number: number) => Promise<ThreadAnswer>;
  /** Ends it at once, also in the middle of a calculation; whoever waits is told. */
  readonly end: () => Promise<void>;
}

/** Models calculate in threads of their own, few at a time: a city that answers people must not stand still for them. */
export class ModelThreads {
  readonly #most: number;
  #busy = 0;
  readonly #queue: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for its turn, opens a thread for the work, and ends it afterwards. */
  async use<T>(work: (thread: ModelThread) => Promise<T>): Promise<T> {
    // who is woken takes over the place of who ends
    if (this.#busy < this.#most) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    let thread: ModelThread | undefined;
    try {
      thread = openThread();
      return await work(thread);
    } finally {
      await thread?.end();
      const next = this.#queue.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }
}

function openThread(): ModelThread {
  // flags of this process are not meant for threads
  const worker = new Worker(join(import.meta.dirname, 'model-thread.ts'), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES } });
  let ended: ThreadEnded | undefined;
  let waiting: PromiseWithResolvers<ThreadAnswer> | undefined;
  const fail = (error: ThreadEnded): void => {
    ended ??= error;
    waiting?.reject(ended);
    waiting = undefined;
  };
  worker.on('message', (answer: ThreadAnswer) => {
    waiting?.resolve(answer);
    waiting = undefined;
  });
  worker.on('error', (thrown: unknown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    fail(memory ? new ThreadEnded('memory') : new ThreadEnded('broken', error));
  });
  worker.on('exit', () => fail(new ThreadEnded('stopped')));
  const ask = (message: ThreadOrder | number): Promise<ThreadAnswer> => {
    if (ended !== undefined) return Promise.reject(ended);
    waiting = Promise.withResolvers<ThreadAnswer>();
    worker.postMessage(message);
    return waiting.promise;
  };
  return {
    prepare: ask,
    member: ask,
    end: async () => {
      await worker.terminate();
    },
  };
}
