import { setImmediate } from 'node:timers/promises';
import type { Context } from '../../../platform/context.ts';
import { openCollectionTags } from '../store/collections.ts';

/**
 * How open collections stand, asked once for all who wait. An answer is never older than its question, so what
 * another process has closed or changed is seen by the very next reader; there is nothing to make invalid.
 */
export class OpenCollections {
  readonly #ctx: Pick<Context, 'database'>;
  #waiting: Map<string, PromiseWithResolvers<string | undefined>> = new Map();
  #asking = false;

  constructor(ctx: Pick<Context, 'database'>) {
    this.#ctx = ctx;
  }

  /** The tag of its state; `undefined` when it is not there, or not open. */
  tagOf(id: string): Promise<string | undefined> {
    const others = this.#waiting.get(id);
    if (others !== undefined) return others.promise;
    const mine = Promise.withResolvers<string | undefined>();
    this.#waiting.set(id, mine);
    if (!this.#asking) void this.#ask();
    return mine.promise;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#waiting.size > 0) {
      // who has come in the same moment is asked for, too
      await setImmediate();
      const asked = this.#waiting;
      this.#waiting = new Map();
      try {
        const tags = await openCollectionTags(this.#ctx.database.read, [...asked.keys()]);
        for (const [id, { resolve }] of asked) resolve(tags.get(id));
      } catch (error) {
        for (const { reject } of asked.values()) reject(error);
      }
    }
    this.#asking = false;
  }
}
