import { codeOf } from '../../../kernel/error-code.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Collection } from '../domain/collection.ts';
import type { Crs } from '../domain/crs.ts';
import { readItemQuery, readItemsQuery, type ItemsQuery } from '../domain/items-query.ts';
import { hasMore, readChunk, readFeature, TooCostly, type FeatureChunk, type FeatureText } from '../store/read-features.ts';
import { collectionFor } from './collections.ts';

/** Features read at once: few enough that a reader never holds the whole answer in memory. */
const CHUNK = 2_000;

export interface Items {
  readonly collection: Collection;
  readonly query: ItemsQuery;
  /** The features, a chunk at a time; the first has been read. */
  readonly chunks: AsyncGenerator<FeatureChunk>;
  /** Where the next page begins, asked after the last chunk; `undefined` on the last page. */
  readonly next: () => Promise<number | undefined>;
}

/** A page of a collection. @param after place of the last feature of the page before */
export async function readItems(
  ctx: Pick<Context, 'database'>,
  actor: Actor,
  id: string,
  options: URLSearchParams,
  after: number,
): Promise<Result<Items, Problem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const query = readItemsQuery(options, found.value);
  if (!query.ok) return query;
  const { plans, crs, limit } = query.value;
  const from = { collectionId: id, plans, crs };
  // a filter is looked up once: its chunks would each search anew
  const size = plans.length > 0 ? limit : CHUNK;
  const first = await reckoned(() => readChunk(ctx.database, { ...from, after, limit: Math.min(size, limit) }));
  if (!first.ok) return first;
  let { last, count: read } = first.value;
  async function* chunks(): AsyncGenerator<FeatureChunk> {
    let chunk = (first as { readonly value: FeatureChunk }).value;
    yield chunk;
    while (chunk.count === size && read < limit) {
      chunk = await readChunk(ctx.database, { ...from, after: last, limit: Math.min(size, limit - read) });
      last = chunk.last;
      read += chunk.count;
      if (chunk.count > 0) yield chunk;
    }
  }
  const next = async (): Promise<number | undefined> => (read < limit || !(await hasMore(ctx.database, { ...from, after: last })) ? undefined : last);
  return ok({ collection: found.value, query: query.value, chunks: chunks(), next });
}

const TOO_COSTLY: Problem = {
  kind: 'too-costly',
  detail: 'Die Abfrage dauert zu lange. Grenzen Sie sie ein, zum Beispiel mit bbox oder weniger Bedingungen in filter.',
};

/** What a filter cannot be answered for: time, numbers that nothing can hold (22003), a root of a negative number (2201F). */
export async function reckoned<T>(read: () => Promise<T>): Promise<Result<T, Problem>> {
  try {
    return ok(await read());
  } catch (error) {
    if (error instanceof TooCostly) return refuse(TOO_COSTLY);
    const code = codeOf(error);
    if (code !== '22003' && code !== '2201F') throw error;
    return refuse({ kind: 'malformed-filter', detail: 'filter: Eine Rechnung darin hat kein Ergebnis. Nehmen Sie kleinere Zahlen.' });
  }
}

export interface Item extends FeatureText {
  readonly collection: Collection;
  readonly crs: Crs;
}

export async function readItem(
  ctx: Pick<Context, 'database'>,
  actor: Actor,
  id: string,
  featureId: string,
  options: URLSearchParams,
): Promise<Result<Item, Problem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const crs = readItemQuery(options);
  if (!crs.ok) return crs;
  const feature = await readFeature(ctx.database.read, id, featureId, crs.value);
  if (feature === undefined) return refuse({ kind: 'not-found', detail: 'Dieses Objekt gibt es in der Sammlung nicht. Sehen Sie unter /items nach.' });
  return ok({ ...feature, collection: found.value, crs: crs.value });
}
