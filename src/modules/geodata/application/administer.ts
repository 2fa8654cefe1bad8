import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Collection } from '../domain/collection.ts';
import { checkDescription, type Description } from '../domain/describe.ts';
import { freshnessOf } from '../domain/import-order.ts';
import { findCollection, insertCollection, listCollections, lockCollection, replaceDescription } from '../store/collections.ts';
import { lastImports, type LastImport } from '../store/import-orders.ts';
import { NO_COLLECTION } from './collections.ts';

export type { Description, LastImport };
type Writing = Pick<Context, 'database' | 'journal' | 'clock'>;

/** A collection as those see it who look after it. */
export interface Holding {
  readonly collection: Collection;
  readonly freshness: ReturnType<typeof freshnessOf>;
  readonly lastImport?: LastImport;
}

/** Every collection with how fresh it is and how its last import went. */
export async function holdings({ database, clock }: Pick<Context, 'database' | 'clock'>): Promise<readonly Holding[]> {
  const [collections, imports] = [await listCollections(database.read, true), await lastImports(database.read)];
  return collections.map((collection) => holdingOf(collection, imports.get(collection.id), clock()));
}

export async function holding({ database, clock }: Pick<Context, 'database' | 'clock'>, id: string): Promise<Result<Holding, Problem>> {
  const collection = await findCollection(database.read, id, true);
  if (collection === undefined) return refuse(NO_COLLECTION);
  return ok(holdingOf(collection, (await lastImports(database.read)).get(id), clock()));
}

const holdingOf = (collection: Collection, lastImport: LastImport | undefined, now: Temporal.Instant): Holding => ({
  collection,
  freshness: freshnessOf(collection.changedAt, collection.about.renewedEvery, now),
  ...(lastImport === undefined ? {} : { lastImport }),
});

/** A description that says only what must be said. */
export const BLANK: Description = {
  title: '',
  description: '',
  owner: '',
  contact: '',
  licence: '',
  attribution: '',
  source: '',
  keywords: [],
  renewedEvery: '',
  quality: '',
  access: 'open',
  keyProperty: '',
  dataAsOf: '',
};

/** What is told of a collection, for changing it. */
export const descriptionOf = ({ title, description, about, access, keyProperty, dataAsOf }: Collection): Description => ({
  title,
  description,
  owner: about.owner ?? '',
  contact: about.contact ?? '',
  licence: about.licence ?? '',
  attribution: about.attribution ?? '',
  source: about.source ?? '',
  keywords: about.keywords ?? [],
  renewedEvery: about.renewedEvery ?? '',
  quality: about.quality ?? '',
  access,
  keyProperty: keyProperty ?? '',
  dataAsOf: dataAsOf?.toString() ?? '',
});

/** Makes an empty collection. */
export function makeCollection(ctx: Writing, actor: Actor, id: string, input: Description): Promise<Result<{ readonly id: string }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    if (!/^[a-z][a-z0-9_-]{0,62}$/.test(id))
      return refuse(invalidField('id', 'Der Name beginnt mit einem kleinen Buchstaben und hat bis zu 63 Zeichen aus a-z, 0-9, _ und -.'));
    const checked = checkDescription(input);
    if (!checked.ok) return checked;
    const now = ctx.clock();
    if (!(await insertCollection(tx, { id, ...checked.value }, now)))
      return refuse(invalidField('id', `Eine Sammlung „${id}“ gibt es schon. Nehmen Sie einen anderen Namen.`));
    const { title, access } = checked.value;
    await ctx.journal.append(tx, actor, now, [{ stream: `geodata:${id}`, kind: 'geodata.collection-made', payload: { title, access } }]);
    return ok({ id });
  });
}

/** Tells of a collection anew. */
export function describe(ctx: Writing, actor: Actor, id: string, input: Description): Promise<Result<{ readonly id: string }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    const before = await lockCollection(tx, id);
    if (before === undefined) return refuse(NO_COLLECTION);
    const checked = checkDescription(input, before.about);
    if (!checked.ok) return checked;
    await replaceDescription(tx, { id, ...checked.value });
    const { title, access, about } = checked.value;
    await ctx.journal.append(tx, actor, ctx.clock(), [
      {
        stream: `geodata:${id}`,
        kind: 'geodata.collection-described',
        payload: { title, access, ...(about.licence === undefined ? {} : { licence: about.licence }) },
      },
    ]);
    return ok({ id });
  });
}
