import { Readable } from 'node:stream';
import type { Client } from 'aedes';

/*
 * aedes asks a store for sessions, retained messages and wills, and an emitter to bring messages to subscribers.
 * Here the database holds what is true and `Teller` brings it on its way; so both keep nothing, and what a stranger
 * publishes or asks to be remembered costs no memory.
 */

type Done = (error?: Error | null) => void;

/** Drops what is published: subscribers are told of what has been kept, not of what was sent. */
export const noEmitter = {
  on: (_topic: string, _listener: unknown, done?: Done): void => done?.(),
  removeListener: (_topic: string, _listener: unknown, done?: Done): void => done?.(),
  emit: (_packet: unknown, done?: Done): void => done?.(),
  close: (done?: Done): void => done?.(),
};

const EMPTY = (): Readable => Readable.from([]);

/** A client that remembers which messages of quality 2 it has sent and not yet released. */
export class InboundTwice {
  readonly #open = new WeakMap<Client, Set<number>>();

  has(client: Client, messageId: number): boolean {
    return this.#open.get(client)?.has(messageId) === true;
  }

  add(client: Client, messageId: number): void {
    this.#open.set(client, (this.#open.get(client) ?? new Set()).add(messageId));
  }

  delete(client: Client, messageId: number): void {
    this.#open.get(client)?.delete(messageId);
  }
}

/** @param inbound what of quality 2 has come and is not to come twice */
export function noPersistence(inbound: InboundTwice): object {
  const nothing = async (): Promise<void> => {};
  const none = async (): Promise<[]> => [];
  return {
    // aedes insists on an async function
    async setup() {},
    addSubscriptions: nothing,
    removeSubscriptions: nothing,
    cleanSubscriptions: nothing,
    subscriptionsByClient: none,
    subscriptionsByTopic: none,
    countOffline: async () => ({ subsCount: 0, clientsCount: 0 }),
    outgoingEnqueue: nothing,
    outgoingEnqueueCombi: nothing,
    outgoingUpdate: nothing,
    outgoingClearMessageId: nothing,
    outgoingStream: EMPTY,
    storeRetained: nothing,
    createRetainedStream: EMPTY,
    createRetainedStreamCombi: EMPTY,
    putWill: nothing,
    getWill: nothing,
    delWill: nothing,
    streamWill: EMPTY,
    async incomingStorePacket(client: Client, { messageId }: { messageId: number }) {
      inbound.add(client, messageId);
    },
    async incomingGetPacket(client: Client, packet: { messageId: number }) {
      if (!inbound.has(client, packet.messageId)) throw new Error('no such packet');
      return packet;
    },
    async incomingDelPacket(client: Client, { messageId }: { messageId: number }) {
      inbound.delete(client, messageId);
    },
    cleanIncoming: nothing,
    destroy: nothing,
  };
}
