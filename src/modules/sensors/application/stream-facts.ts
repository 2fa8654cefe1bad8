import type { Context } from '../../../platform/context.ts';
import { findStreams } from '../store/write-links.ts';
import type { Changes } from './changes.ts';

/** What must be known of a stream before its observations may go out. */
export interface StreamFacts {
  readonly multi: boolean;
  readonly internal: boolean;
}

const MOST_KNOWN = 50_000;
/** What another process or a hand in the database changes is seen after this. */
const KEPT_MS = 5000;

/**
 * Facts of streams, forgotten with each write that touches a stream: what this process closes to the public is
 * closed before the write is answered.
 */
export class KnownStreams {
  readonly #ctx: Pick<Context, 'database' | 'clock'>;
  #known = new Map<number, StreamFacts>();
  #since = 0;
  /** Writes that touched streams: what was read before one may be read anew. */
  writes = 0;

  constructor(ctx: Pick<Context, 'database' | 'clock'>) {
    this.#ctx = ctx;
  }

  /** Looks at changes as they are told. */
  follow({ entities }: Changes): void {
    if (!entities.some(({ entity, what }) => what === 'deleted' || entity === 'Datastream' || entity === 'MultiDatastream')) return;
    this.writes += 1;
    this.#known.clear();
  }

  /** Makes the facts of these streams known; until the next turn of the loop `get` tells them as they are. */
  async learn(ids: readonly number[]): Promise<void> {
    for (;;) {
      this.#forgetOld();
      const missing = [...new Set(ids)].filter((id) => !this.#known.has(id));
      if (missing.length === 0) return;
      const { writes } = this;
      const found = await findStreams(this.#ctx.database.read, missing);
      // a stream that was written meanwhile may have been read before
      if (writes !== this.writes) continue;
      for (const id of missing) this.#known.set(id, found.get(id) ?? GONE);
      return;
    }
  }

  get(id: number): StreamFacts | undefined {
    return this.#known.get(id);
  }

  #forgetOld(): void {
    const now = this.#ctx.clock().epochMilliseconds;
    if (now - this.#since < KEPT_MS && this.#known.size < MOST_KNOWN) return;
    this.#known = new Map();
    this.#since = now;
  }
}

/** Nobody is told of a stream that is not there. */
const GONE: StreamFacts = { multi: false, internal: true };
