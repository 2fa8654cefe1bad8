import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Crs } from '../domain/crs.ts';
import { readItemsQuery } from '../domain/items-query.ts';
import { readWkb } from '../domain/read-wkb.ts';
import { FlatGeobufWriter, type WrittenFeature } from '../domain/write-flatgeobuf.ts';
import { placeOfNext, readRows, type FeatureRow } from '../store/read-features.ts';
import { collectionFor } from './collections.ts';
import { reckoned } from './read-items.ts';

/** Features read at once; the file is sent in pieces of them. */
const CHUNK = 2_000;
/** With a filter each chunk searches anew, so it is larger. */
const FILTERED_CHUNK = 20_000;

export interface FlatGeobufFile {
  readonly crs: Crs;
  /** Where the next page begins: a file has no place for it, so it is known before. */
  readonly next: number | undefined;
  /** Pieces of the file, each read when the one before has been taken. */
  readonly pieces: AsyncGenerator<Uint8Array>;
}

/** A page of a collection as a FlatGeobuf file. @param after place of the last feature of the page before */
export async function readFlatGeobufFile(
  ctx: Pick<Context, 'database'>,
  actor: Actor,
  id: string,
  options: URLSearchParams,
  after: number,
): Promise<Result<FlatGeobufFile, Problem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const query = readItemsQuery(options, found.value);
  if (!query.ok) return query;
  const { plans, crs, limit } = query.value;
  const size = Math.min(limit, plans.length > 0 ? FILTERED_CHUNK : CHUNK);
  const all = limit >= found.value.features;
  const read = (last: number, left: number) => readRows(ctx.database, { collectionId: id, plans, crs, after: last, limit: Math.min(size, left) });
  const first = await reckoned(() => read(after, limit));
  if (!first.ok) return first;
  const start = first.value;
  const next = await reckoned(async () => (all ? undefined : placeOfNext(ctx.database, { collectionId: id, plans, after, limit })));
  if (!next.ok) return next;
  const writer = new FlatGeobufWriter(found.value, crs);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let rows = start;
    let left = limit;
    for (;;) {
      for (const row of rows) writer.add(featureOf(row));
      yield writer.take();
      left -= rows.length;
      if (rows.length < size || left === 0) return;
      rows = await read(rows.at(-1)!.seq, left);
    }
  }
  return ok({ crs, next: next.value, pieces: pieces() });
}

function featureOf({ body, geometry }: FeatureRow): WrittenFeature {
  const feature = JSON.parse(body) as WrittenFeature;
  if (geometry === null) return feature;
  const read = readWkb(geometry);
  if ('reason' in read) throw new Error(`feature ${feature.id}: ${read.reason}`);
  return { ...feature, geometry: read.geometry };
}
