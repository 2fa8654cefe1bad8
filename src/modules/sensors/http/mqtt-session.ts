import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'aedes';
import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import type { Listener } from '../application/audience.ts';
import { Pace, type MqttLimits } from './mqtt-limits.ts';

/** What a message costs beside its topic and payload. */
const HEAD_BYTES = 64;

/** One connected client, with what it may and how much of it is under way. */
export class Session implements Listener {
  readonly actor: Actor;
  readonly seesInternal: boolean;
  readonly filters = new Set<string>();
  readonly publishing: Pace;
  readonly subscribing: Pace;
  readonly address: string;
  gone = false;
  /** What is sent at subscriptions, one after the other. */
  latest: Promise<void> = Promise.resolve();
  readonly #client: Client;
  readonly #mostQueued: number;
  readonly #stalled: () => void;
  #queued = 0;

  constructor(client: Client, who: { readonly actor: Actor; readonly address: string }, limits: MqttLimits, stalled: () => void) {
    this.#client = client;
    this.actor = who.actor;
    this.address = who.address;
    this.seesInternal = worksForCity(who.actor);
    this.#mostQueued = limits.queuedBytes;
    this.#stalled = stalled;
    this.publishing = new Pace(limits.publishesPerSecond, performance.now());
    this.subscribing = new Pace(limits.subscribesPerSecond, performance.now());
  }

  send(topic: string, payload: Buffer, { qos, retain }: { readonly qos: 0 | 1; readonly retain: boolean }): void {
    if (this.gone) return;
    const bytes = HEAD_BYTES + topic.length + payload.length;
    if (this.#queued + bytes > this.#mostQueued) {
      this.#stalled();
      return this.end();
    }
    this.#queued += bytes;
    this.#client.publish({ cmd: 'publish', topic, payload, qos, retain, dup: false }, () => {
      this.#queued -= bytes;
    });
  }

  get pressed(): boolean {
    return !this.gone && this.#queued > this.#mostQueued / 2;
  }

  async drained(): Promise<void> {
    while (!this.gone && this.#queued > this.#mostQueued / 4) await sleep(5);
  }

  /** At once: what is still queued is dropped. */
  end(): void {
    this.gone = true;
    this.#client.conn.destroy();
  }
}

/** Waits as long as a pace asks. */
export async function inPace(pace: Pace): Promise<void> {
  const wait = pace.take(performance.now());
  if (wait > 0) await sleep(wait);
}
