import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { encodeTile } from '../domain/mvt.ts';
import { tileAt } from '../domain/tile-address.ts';
import { readTile } from '../store/read-tile.ts';
import { collectionFor } from './collections.ts';

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

/** An empty tile costs its entry. */
const cost = (key: string, bytes: Uint8Array): number => key.length + bytes.length + 200;

export interface TileWish {
  readonly id: string;
  readonly z: string;
  readonly y: string;
  readonly x: string;
}

/** A vector tile of a collection, from memory when nothing has changed. */
export async function tileFor(ctx: Pick<Context, 'database'>, cache: TileCache, actor: Actor, { id, z, y, x }: TileWish): Promise<Result<Tile, Problem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const box = tileAt(z, y, x);
  if (box === undefined) return refuse({ kind: 'not-found', detail: 'Diese Kachel gibt es nicht. Prüfen Sie Zoom, Zeile und Spalte.' });
  const { number, changedAt } = found.value;
  const tag = `${String(number)}-${String(changedAt.epochNanoseconds / 1000n)}`;
  const key = `${id}/${String(box.zoom)}/${y}/${x}`;
  const known = cache.get(key, tag);
  if (known !== undefined) return ok(known);
  const tile = { bytes: encodeTile(id, await readTile(ctx.database.read, id, box)).slice(), tag };
  cache.set(key, tile);
  return ok(tile);
}
