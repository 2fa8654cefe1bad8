import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import type { Clock } from '../../kernel/time.ts';
import type { Pdf, Typesetter } from './port.ts';
import type { Delivery, Order } from './typeset-thread.ts';

interface Waiting {
  readonly resolve: (pdf: Pdf) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sets letters in a thread of its own: Typst takes some ten milliseconds of pure computing a letter,
 * and a city that answers people must not stand still for them. A thread that dies is replaced; the
 * letters it held fail and are written again by their jobs.
 */
export function createThreadedTypesetter(clock: Clock): Typesetter & { close(): Promise<void> } {
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let thread: Worker | undefined;

  const fail = (error: unknown): void => {
    thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const started = (): Worker => {
    if (thread !== undefined) return thread;
    const worker = new Worker(join(import.meta.dirname, 'typeset-thread.ts'));
    worker.on('message', (delivery: Delivery) => {
      const one = waiting.get(delivery.id);
      waiting.delete(delivery.id);
      if ('pdf' in delivery) one?.resolve(delivery.pdf);
      else one?.reject(delivery.error);
      if (waiting.size === 0) worker.unref();
    });
    worker.on('error', fail);
    worker.on('exit', () => thread === worker && fail(new Error('the typesetting thread has ended')));
    thread = worker;
    return worker;
  };
  return {
    compile: (template, data, attach = []) =>
      new Promise<Pdf>((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        const worker = started();
        worker.ref();
        worker.postMessage({ id, at: clock().epochMilliseconds, template, data, attach } satisfies Order);
      }),
    async close() {
      await thread?.terminate();
    },
  };
}
