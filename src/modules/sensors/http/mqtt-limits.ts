import type { Socket } from 'node:net';

/** What one client, and all together, may cost. Tests set smaller ones. */
export const MQTT_LIMITS = {
  connections: 2000,
  /** Of clients without a key, from one address. */
  connectionsOfAddress: 50,
  packetBytes: 128 * 1024,
  topicLength: 512,
  topicLevels: 12,
  subscriptions: 100,
  /** A client that sends more is read more slowly; nothing is lost. */
  publishesPerSecond: 20_000,
  subscribesPerSecond: 20,
  /** Of messages on their way to one client; one that does not take them is disconnected. */
  queuedBytes: 1024 * 1024,
  /** Observations of writes that wait to be told on; what comes beyond is kept but not told. */
  waitingObservations: 500_000,
  connectSeconds: 10,
  /** A key that was revoked opens nothing after this. */
  recheckSeconds: 5,
};
export type MqttLimits = typeof MQTT_LIMITS;

/** So many a second, and as many at once; who wants more waits. */
export class Pace {
  readonly #perMs: number;
  readonly #most: number;
  #left: number;
  #at: number;

  /** @param perSecond 0: no limit */
  constructor(perSecond: number, nowMs: number) {
    this.#perMs = perSecond / 1000;
    this.#most = perSecond;
    this.#left = perSecond;
    this.#at = nowMs;
  }

  /** @returns milliseconds to wait before the next one is due */
  take(nowMs: number): number {
    if (this.#most === 0) return 0;
    this.#left = Math.min(this.#most, this.#left + Math.max(0, nowMs - this.#at) * this.#perMs) - 1;
    this.#at = nowMs;
    return this.#left >= 0 ? 0 : Math.ceil(-this.#left / this.#perMs);
  }
}

/**
 * Ends a connection as soon as a packet says that it is larger than allowed: the parser behind it would gather all
 * of it first. Watches what is read, packet after packet, without copying it.
 */
export function guardPackets(socket: Socket, mostBytes: number, refuse: () => void): void {
  const watch = packetWatch(mostBytes);
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk = read(size) as Buffer | null;
    if (chunk === null || watch(chunk)) return chunk;
    refuse();
    socket.destroy();
    return null;
  };
}

/** @returns false when a packet in the chunk is too large or says no length */
export function packetWatch(mostBytes: number): (chunk: Uint8Array) => boolean {
  /** Bytes of the running packet still to come; in the header -1 for its first byte, below for its length. */
  let left = 0;
  let header: 'type' | 'length' | 'body' = 'type';
  let digits = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (header === 'body') {
        const taken = Math.min(left, chunk.length - at);
        left -= taken;
        at += taken;
        if (left === 0) header = 'type';
      } else if (header === 'type') {
        header = 'length';
        [left, digits] = [0, 0];
        at += 1;
      } else {
        const byte = chunk[at]!;
        at += 1;
        left += (byte & 0x7f) * 128 ** digits;
        digits += 1;
        if (left > mostBytes || digits > 4) return false;
        if ((byte & 0x80) === 0) header = left === 0 ? 'type' : 'body';
      }
    }
    return true;
  };
}
