/** Entries kept at most; the oldest go first. A demo has few visitors. */
const MAX_ENTRIES = 5000;

interface Kept {
  readonly payload: Payload;
  readonly expiresAt: number;
}

/** What oidc-provider keeps of its sessions, codes and tokens. */
export interface Payload {
  readonly uid?: string;
  readonly grantId?: string;
  consumed?: number;
}

/** The demo provider's memory: bounded, with expiry, gone with the process. */
export class DemoStore {
  readonly #entries = new Map<string, Kept>();
  readonly #milliseconds: () => number;
  readonly #max: number;

  constructor(milliseconds: () => number = Date.now, max = MAX_ENTRIES) {
    this.#milliseconds = milliseconds;
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The adapter that oidc-provider asks for, one for each kind of thing it keeps. */
  adapter = (model: string) => {
    const key = (id: string): string => `${model}:${id}`;
    return {
      upsert: async (id: string, payload: Payload, expiresIn = 3600) => this.#put(key(id), payload, expiresIn),
      find: async (id: string) => this.#get(key(id)),
      findByUid: async (uid: string) => this.#findWhere(`${model}:`, (payload) => payload.uid === uid),
      findByUserCode: async () => undefined, // the device flow is off
      consume: async (id: string) => {
        const payload = this.#get(key(id));
        if (payload !== undefined) payload.consumed = Math.floor(this.#milliseconds() / 1000);
      },
      destroy: async (id: string) => void this.#entries.delete(key(id)),
      revokeByGrantId: async (grantId: string) => this.#deleteWhere((payload) => payload.grantId === grantId),
    };
  };

  /** Forgets a session, so that its browser begins a new one. */
  endSession(uid: string): void {
    for (const [key, { payload }] of this.#entries) if (key.startsWith('Session:') && payload.uid === uid) this.#entries.delete(key);
  }

  #put(key: string, payload: Payload, expiresInSeconds: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { payload, expiresAt: this.#milliseconds() + expiresInSeconds * 1000 });
    if (this.#entries.size <= this.#max) return;
    const now = this.#milliseconds();
    for (const [old, { expiresAt }] of this.#entries) if (expiresAt <= now) this.#entries.delete(old);
    while (this.#entries.size > this.#max) this.#entries.delete(this.#entries.keys().next().value!);
  }

  #get(key: string): Payload | undefined {
    const kept = this.#entries.get(key);
    if (kept === undefined) return undefined;
    if (kept.expiresAt > this.#milliseconds()) return kept.payload;
    this.#entries.delete(key);
    return undefined;
  }

  #findWhere(prefix: string, matches: (payload: Payload) => boolean): Payload | undefined {
    for (const [key, { payload }] of this.#entries) {
      if (key.startsWith(prefix) && matches(payload)) return this.#get(key);
    }
    return undefined;
  }

  #deleteWhere(matches: (payload: Payload) => boolean): void {
    for (const [key, { payload }] of this.#entries) if (matches(payload)) this.#entries.delete(key);
  }
}
