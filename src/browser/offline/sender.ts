import type { OfflineDatabase } from './database.ts';
import { afterAnswer, followUps, keyOf, nextToSend, outcomeOf, type Entry, type Outcome } from './queue.ts';

/** How long nothing is tried after a try that came to nothing. */
const PAUSE_MS = 5000;

/** Sends what was entered, in its order and each once, whenever there is a network. */
export class Sender {
  readonly #database: OfflineDatabase;
  readonly #owner: string;
  readonly #changed: (entries: readonly Entry[], signIn: boolean) => void;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(database: OfflineDatabase, owner: string, changed: (entries: readonly Entry[], signIn: boolean) => void) {
    this.#database = database;
    this.#owner = owner;
    this.#changed = changed;
  }

  /** Keeps an entry, then tries to send. Resolves when it is kept. */
  async enter(entry: Entry): Promise<void> {
    await this.#database.keepEntry(entry);
    void this.send();
  }

  /** One page of this device sends at a time; the key of each try keeps it single all the same. */
  async send(): Promise<void> {
    clearTimeout(this.#again);
    const outcome = await navigator.locks.request('kontor-lage-queue', () => this.#sendAll());
    this.#changed(await this.#database.queue(), outcome === 'sign-in');
    if (outcome !== 'done') this.#again = setTimeout(() => void this.send(), PAUSE_MS);
  }

  async #sendAll(): Promise<'done' | 'later' | 'sign-in'> {
    for (;;) {
      const queue = await this.#database.queue();
      this.#changed(queue, false);
      const entry = nextToSend(queue, this.#owner);
      if (entry === undefined) return 'done';
      const outcome = await sendOne(entry);
      if (outcome.kind === 'later' || outcome.kind === 'sign-in') return outcome.kind;
      const left = afterAnswer(entry, outcome);
      if (outcome.kind === 'kept') for (const one of followUps(queue, entry, outcome.answer)) await this.#database.keepEntry(one);
      if (left === undefined) await this.#database.dropEntry(entry.id);
      else await this.#database.keepEntry(left);
    }
  }
}

async function sendOne(entry: Entry): Promise<Outcome> {
  try {
    const answer = await fetch(entry.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': keyOf(entry) },
      body: JSON.stringify(entry.body),
      redirect: 'manual',
    });
    const problem = (answer.headers.get('content-type') ?? '').includes('json') ? ((await answer.json()) as Record<string, unknown>) : undefined;
    return outcomeOf(answer.status, problem, (name) => answer.headers.get(name));
  } catch {
    return { kind: 'later' };
  }
}
