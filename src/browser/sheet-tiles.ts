/** Side of a tile in pixels, as the server draws it. */
export const TILE = 512;
const MAX_KEPT = 120;
/** The server draws one after the other; asking for more only makes a line. */
const AT_ONCE = 4;
/** A busy city refuses now and then; a tile that never comes leaves the coarse picture. */
const TRIES = 4;
const WAIT_MS = 1500;

/** Tiles of one page by `zoom/x/y`, asked for in the order in which they are wanted. */
export class Tiles {
  readonly #base: string;
  readonly #changed: () => void;
  readonly #failed: () => void;
  readonly #kept = new Map<string, HTMLImageElement>();
  readonly #running = new Set<string>();
  readonly #tries = new Map<string, number>();
  #wanted: readonly string[] = [];

  constructor(base: string, changed: () => void, failed: () => void) {
    this.#base = base;
    this.#changed = changed;
    this.#failed = failed;
  }

  get(key: string): HTMLImageElement | undefined {
    return this.#kept.get(key);
  }

  /** What is on the screen now; what was asked for and is gone from it is forgotten. */
  want(keys: readonly string[]): void {
    this.#wanted = keys.filter((key) => !this.#kept.has(key) && !this.#running.has(key) && (this.#tries.get(key) ?? 0) < TRIES);
    this.#fetch();
  }

  #fetch(): void {
    while (this.#running.size < AT_ONCE && this.#wanted.length > 0) {
      const [key, ...rest] = this.#wanted;
      this.#wanted = rest;
      this.#load(key!);
    }
  }

  #load(key: string): void {
    const image = new Image();
    this.#running.add(key);
    image.addEventListener('load', () => {
      this.#running.delete(key);
      this.#kept.set(key, image);
      // the first tile shows the whole page; it stays
      for (const old of this.#kept.keys()) if (this.#kept.size > MAX_KEPT && !old.startsWith('0/')) this.#kept.delete(old);
      this.#changed();
      this.#fetch();
    });
    image.addEventListener('error', () => {
      this.#running.delete(key);
      const tries = (this.#tries.get(key) ?? 0) + 1;
      this.#tries.set(key, tries);
      if (key.startsWith('0/') && tries >= TRIES) this.#failed();
      else setTimeout(this.#changed, WAIT_MS * tries);
      this.#fetch();
    });
    image.src = `${this.#base}/${key}`;
  }
}
