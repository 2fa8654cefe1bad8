import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Collection } from '../domain/collection.ts';
import {
  deleteCollection,
  describeCollection,
  findCollection,
  insertCollection,
  listCollections,
  lockCollection,
  type NewCollection,
} from '../store/collections.ts';

export type { NewCollection };
type Writing = Pick<Context, 'database' | 'journal' | 'clock'>;

/** Collections the actor may see, by id. */
export const collectionsFor = (ctx: Pick<Context, 'database'>, actor: Actor): Promise<readonly Collection[]> =>
  listCollections(ctx.database.read, worksForCity(actor));

export async function collectionFor(ctx: Pick<Context, 'database'>, actor: Actor, id: string): Promise<Result<Collection, Problem>> {
  const found = await findCollection(ctx.database.read, id, worksForCity(actor));
  return found === undefined ? refuse(NO_COLLECTION) : ok(found);
}

export const NO_COLLECTION: Problem = {
  kind: 'not-found',
  detail: 'Diese Sammlung gibt es nicht, oder sie ist nicht öffentlich. Sehen Sie in der Liste der Sammlungen nach.',
};

/** Makes a collection, or describes the one that is there anew. @returns whether it was made */
export function setCollection(ctx: Writing, actor: Actor, wish: NewCollection): Promise<Result<{ readonly made: boolean }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    if (!/^[a-z][a-z0-9_-]{0,62}$/.test(wish.id))
      return refuse(
        invalidField('collection', 'Der Name einer Sammlung beginnt mit einem kleinen Buchstaben und hat bis zu 63 Zeichen aus a-z, 0-9, _ und -.'),
      );
    const now = ctx.clock();
    const made = await insertCollection(tx, wish, now);
    if (!made) await describeCollection(tx, wish.id, wish);
    const access = wish.access ?? (made ? 'open' : undefined);
    const payload = { title: wish.title, ...(access === undefined ? {} : { access }) };
    await ctx.journal.append(tx, actor, now, [
      { stream: `geodata:${wish.id}`, kind: made ? 'geodata.collection-made' : 'geodata.collection-described', payload },
    ]);
    return ok({ made });
  });
}

/** Deletes a collection with everything in it. */
export function removeCollection(ctx: Writing, actor: Actor, id: string): Promise<Result<{ readonly features: number }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    const found = await lockCollection(tx, id);
    if (found === undefined) return refuse(NO_COLLECTION);
    await deleteCollection(tx, found);
    await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: `geodata:${id}`, kind: 'geodata.collection-deleted', payload: { features: found.features } }]);
    return ok({ features: found.features });
  });
}
