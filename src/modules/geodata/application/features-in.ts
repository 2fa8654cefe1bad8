import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Collection } from '../domain/collection.ts';
import { MAX_LIMIT } from '../domain/items-query.ts';
import { readItems } from './read-items.ts';

/** Features in a box, as they are kept: each text holds GeoJSON features with commas between. */
export interface FeaturesIn {
  readonly collection: Collection;
  readonly texts: readonly string[];
  readonly count: number;
}

/**
 * All features of a collection that meet the box (west, south, east, north in CRS84).
 * @param most more than these are refused
 */
export async function featuresIn(
  ctx: Pick<Context, 'database'>,
  actor: Actor,
  id: string,
  box: readonly [number, number, number, number],
  most: number,
): Promise<Result<FeaturesIn, Problem>> {
  const options = new URLSearchParams({ bbox: box.join(','), limit: String(MAX_LIMIT) });
  const texts: string[] = [];
  let count = 0;
  for (let after = 0; ;) {
    const items = await readItems(ctx, actor, id, options, after);
    if (!items.ok) return items;
    for await (const chunk of items.value.chunks) {
      if (chunk.count > 0) texts.push(chunk.text);
      count += chunk.count;
    }
    if (count > most)
      return refuse({
        kind: 'too-large',
        detail: `In diesem Gebiet hat die Sammlung „${items.value.collection.title}“ mehr als ${most} Objekte. Wählen Sie ein kleineres Gebiet.`,
      });
    const next = await items.value.next();
    if (next === undefined) return ok({ collection: items.value.collection, texts, count });
    after = next;
  }
}
