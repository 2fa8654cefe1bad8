import { parentPort } from 'node:worker_threads';
import type { Attachment } from './port.ts';
import { createTypesetter } from './typesetter.ts';

/** An order to the thread; `at` is the epoch in milliseconds. */
export interface Order {
  readonly id: number;
  readonly at: number;
  readonly template: string;
  readonly data: unknown;
  readonly attach: readonly Attachment[];
}

/** What comes back: the PDF, or why there is none. */
export type Delivery = { readonly id: number; readonly pdf: Uint8Array } | { readonly id: number; readonly error: unknown };

let at = 0;
const typesetter = createTypesetter({ clock: () => Temporal.Instant.fromEpochMilliseconds(at) });

parentPort!.on('message', (order: Order) => void set(order));

async function set(order: Order): Promise<void> {
  at = order.at;
  try {
    const pdf = new Uint8Array(await typesetter.compile(order.template, order.data, order.attach));
    parentPort!.postMessage({ id: order.id, pdf } satisfies Delivery, [pdf.buffer]);
  } catch (error) {
    parentPort!.postMessage({ id: order.id, error } satisfies Delivery);
  }
}
