import { setImmediate } from 'node:timers/promises';
import type { Sql } from '../../../platform/database/port.ts';
import { GramIndex } from '../domain/gram-index.ts';
import { searchedText } from '../domain/passage-index.ts';
import type { SearchedCollection } from '../store/collections.ts';
import { passageTexts, readyDocuments } from '../store/passages.ts';

/** Memory that all indexes together may take; the ones not asked for longest go first, and come again when they are asked. */
const MOST_BYTES = 512 * 1024 * 1024;

interface Held {
  version: number;
  readonly index: GramIndex;
  /** The change that is being followed; searches of one collection wait for each other. */
  turn: Promise<unknown>;
}

/** Indexes of collections in memory, one for each, made from the stored passages when somebody first asks, kept fresh by versions. */
export class CollectionIndexes {
  readonly #held = new Map<string, Held>();
  readonly #mostBytes: number;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** The index of a collection as new as `version`. */
  async fresh(db: Sql, { id, version }: SearchedCollection): Promise<GramIndex> {
    const held = this.#held.get(id) ?? { version: -1, index: new GramIndex(), turn: Promise.resolve() };
    // the last one asked for stands last
    this.#held.delete(id);
    this.#held.set(id, held);
    if (held.version < version) {
      const followed = held.turn.then(() => (held.version < version ? follow(db, id, held, version) : undefined));
      held.turn = followed.catch(() => {});
      await followed;
      this.#makeRoom(id);
    }
    return held.index;
  }

  #makeRoom(asked: string): void {
    let bytes = 0;
    for (const { index } of this.#held.values()) bytes += index.weight;
    for (const [id, { index }] of this.#held) {
      if (bytes <= this.#mostBytes) return;
      if (id === asked) continue;
      bytes -= index.weight;
      this.#held.delete(id);
    }
  }

  /** Bytes they take, roughly. */
  get weight(): number {
    return [...this.#held.values()].reduce((sum, { index }) => sum + index.weight, 0);
  }
}

async function follow(db: Sql, id: string, held: Held, version: number): Promise<void> {
  const ready = await readyDocuments(db, id);
  const now = new Set(ready);
  for (const document of held.index.documents()) if (!now.has(document)) held.index.remove(document);
  for (const document of ready) {
    if (held.index.has(document)) continue;
    const texts = await passageTexts(db, document);
    held.index.add(document, texts.map(searchedText));
    // a large collection is read in when it is first asked: others are answered meanwhile
    await setImmediate();
  }
  held.version = version;
}
