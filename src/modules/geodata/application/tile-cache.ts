export interface Tile {
  readonly bytes: Uint8Array;
  /** Changes with the collection. */
  readonly tag: string;
}

/** Tiles lately asked for, within a bound of bytes; the one not used for longest goes first. */
export class TileCache {
  readonly #tiles = new Map<string, Tile>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  has(key: string): boolean {
    return this.#tiles.has(key);
  }

  /** The tile, if it is of this state of the collection. */
  get(key: string, tag: string): Tile | undefined {
    const tile = this.#tiles.get(key);
    if (tile === undefined) return undefined;
    this.#drop(key, tile);
    if (tile.tag !== tag) return undefined;
    this.#keep(key, tile);
    return tile;
  }

  set(key: string, tile: Tile): void {
    const before = this.#tiles.get(key);
    if (before !== undefined) this.#drop(key, before);
    this.#keep(key, tile);
    for (const [oldest, { bytes }] of this.#tiles) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#tiles.delete(oldest);
      this.#bytes -= cost(oldest, bytes);
    }
  }

  #keep(key: string, tile: Tile): void {
    this.#tiles.set(key, tile);
    this.#bytes += cost(key, tile.bytes);
  }

  #drop(key: string, tile: Tile): void {
    this.#tiles.delete(key);
    this.#bytes -= cost(key, tile.bytes);
  }
}

/** An empty tile costs its entry, a full one is kept compressed as well. */
const cost = (key: string, bytes: Uint8Array): number => key.length + 2 * bytes.length + 200;
