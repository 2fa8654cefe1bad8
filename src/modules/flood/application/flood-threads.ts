import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EnsembleRecord, FloodRecord } from '../domain/records.ts';
import type { MemberInput } from '../domain/run.ts';
import type { ThreadAnswer, ThreadGround, TogetherOrder } from './flood-thread.ts';

/** Memory of one thread beside the grids it shares. */
const HEAP_MEGABYTES = 1_024;

/** The calculation had to end: it took more memory than it may, somebody ended it, or the model has a bug (the cause). */
export class FloodThreadEnded extends Error {
  readonly why: 'memory' | 'stopped' | 'broken';

  constructor(why: FloodThreadEnded['why'], cause?: Error) {
    super(`the thread of a flood has ended: ${why}${cause === undefined ? '' : `, ${cause.message}`}`, { cause });
    this.why = why;
  }
}

export type MemberAnswer = Extract<ThreadAnswer, { kind: 'member' }>;

/** A thread that holds the ground of one run and calculates its members one by one. */
export interface FloodThread {
  readonly prepare: (order: ThreadGround) => Promise<void>;
  readonly member: (member: MemberInput, told: (share: number) => void) => Promise<MemberAnswer>;
  readonly together: (records: readonly FloodRecord[]) => Promise<EnsembleRecord>;
  /** Ends it at once, also in the middle of a calculation; whoever waits is told. */
  readonly end: () => Promise<void>;
}

/** One run at a time: its threads share the cores that people do not need. */
export class FloodThreads {
  /** Threads for a member: one core stays for who is being answered. */
  readonly bands: number;
  /** The city stops: what ends now is to go on later. */
  closing = false;
  #last: Promise<void> = Promise.resolve();
  #open: FloodThread | undefined;

  constructor(cores: number) {
    this.bands = Math.max(1, cores - 1);
  }

  /** Ends what is being calculated; its run goes on when the city is back. */
  async close(): Promise<void> {
    this.closing = true;
    await this.#open?.end();
  }

  /** Waits for its turn, opens a thread for the work, and ends it afterwards. */
  async use<T>(work: (thread: FloodThread) => Promise<T>): Promise<T> {
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    await before;
    const thread = openThread();
    this.#open = thread;
    try {
      return await work(thread);
    } finally {
      await thread.end();
      turn.resolve();
    }
  }
}

function openThread(): FloodThread {
  // flags of this process are not meant for threads; threads of a thread end with it
  const worker = new Worker(join(import.meta.dirname, 'flood-thread.ts'), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES } });
  let ended: FloodThreadEnded | undefined;
  let waiting: PromiseWithResolvers<ThreadAnswer> | undefined;
  let tell: (share: number) => void = () => {};
  const fail = (error: FloodThreadEnded): void => {
    ended ??= error;
    waiting?.reject(ended);
    waiting = undefined;
  };
  worker.on('message', (answer: ThreadAnswer) => {
    if (answer.kind === 'share') {
      tell(answer.share);
      return;
    }
    waiting?.resolve(answer);
    waiting = undefined;
  });
  worker.on('error', (thrown: unknown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    fail(memory ? new FloodThreadEnded('memory') : new FloodThreadEnded('broken', error));
  });
  worker.on('exit', () => fail(new FloodThreadEnded('stopped')));
  const ask = (message: ThreadGround | MemberInput | TogetherOrder): Promise<ThreadAnswer> => {
    if (ended !== undefined) return Promise.reject(ended);
    waiting = Promise.withResolvers<ThreadAnswer>();
    worker.postMessage(message);
    return waiting.promise;
  };
  return {
    async prepare(order) {
      await ask(order);
    },
    async member(member, told) {
      tell = told;
      const answer = await ask(member);
      if (answer.kind !== 'member') throw new Error('the thread answers something else');
      return answer;
    },
    async together(records) {
      const answer = await ask({ records });
      if (answer.kind !== 'together') throw new Error('the thread answers something else');
      return answer.result;
    },
    async end() {
      await worker.terminate();
    },
  };
}
