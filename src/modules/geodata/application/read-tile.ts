import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { encodeTile, type TileFeature } from '../domain/mvt.ts';
import { tileAt, type TileBox } from '../domain/tile-address.ts';
import { tileGeometry } from '../domain/tile-geometry.ts';
import { tagOf } from '../store/collections.ts';
import { readTile } from '../store/read-tile.ts';
import { collectionFor } from './collections.ts';
import type { OpenCollections } from './open-collections.ts';
import type { Tile, TileCache } from './tile-cache.ts';

export interface TileWish {
  readonly id: string;
  readonly z: string;
  readonly y: string;
  readonly x: string;
}

type Reading = Pick<Context, 'database'>;
const keyOf = ({ id, z, y, x }: TileWish): string => `${id}/${z}/${y}/${x}`;

/** A tile of an open collection, if it is in memory and still as the collection is; at once `undefined` when it is not in memory. */
export function rememberedTile(cache: TileCache, open: OpenCollections, wish: TileWish): Promise<Tile | undefined> | undefined {
  const key = keyOf(wish);
  return cache.has(key) ? open.tagOf(wish.id).then((tag) => (tag === undefined ? undefined : cache.get(key, tag))) : undefined;
}

/** A vector tile of a collection, from memory when nothing has changed. */
export async function tileFor(ctx: Reading, cache: TileCache, actor: Actor, wish: TileWish): Promise<Result<Tile, Problem>> {
  const { id, z, y, x } = wish;
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const box = tileAt(z, y, x);
  if (box === undefined) return refuse({ kind: 'not-found', detail: 'Diese Kachel gibt es nicht. Prüfen Sie Zoom, Zeile und Spalte.' });
  const tag = tagOf(found.value);
  const key = keyOf(wish);
  const known = cache.get(key, tag);
  if (known !== undefined) return ok(known);
  const tile = { bytes: await drawTile(ctx, id, box), tag };
  cache.set(key, tile);
  return ok(tile);
}

async function drawTile(ctx: Reading, id: string, box: TileBox): Promise<Uint8Array> {
  const rows = await readTile(ctx.database.read, id, box);
  const geometryOf = tileGeometry(box);
  const features = rows.flatMap((row): TileFeature[] => {
    const geometry = geometryOf(row.geometry);
    return geometry === undefined ? [] : [{ id: row.seq, geometry, properties: { ...row.properties, id: row.id } }];
  });
  return encodeTile(id, features).slice();
}
