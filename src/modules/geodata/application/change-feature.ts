import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Collection } from '../domain/collection.ts';
import type { NewFeature, Properties } from '../domain/feature.ts';
import { readGeometry } from '../domain/geometry.ts';
import { deleteFeature, lockFeature, type KeptFeature } from '../store/change-feature.ts';
import { lockCollection } from '../store/collections.ts';
import { updateSummary } from '../store/keep-features.ts';
import { NO_COLLECTION } from './collections.ts';
import { keepFeatures, prepare } from './keep-features.ts';

type Changing = Pick<Context, 'database' | 'journal' | 'clock'>;

/** `unguarded`: the caller did not say which version it has seen; `stale`: another one came first. */
export type ChangeProblem = Problem<'invalid-input' | 'not-found' | 'conflict' | 'stale' | 'unguarded'>;

export interface ChangeWish {
  readonly collection: string;
  /** Absent: a new feature. */
  readonly feature?: string;
  readonly how: 'create' | 'replace' | 'merge' | 'delete';
  /** GeoJSON in CRS84; of `merge` a JSON Merge Patch (RFC 7396) of one. */
  readonly body?: unknown;
  /** Tag of the state the caller has seen. */
  readonly seen?: string;
}

const NO_FEATURE: ChangeProblem = { kind: 'not-found', detail: 'Dieses Objekt gibt es in der Sammlung nicht. Prüfen Sie die Adresse.' };

/** Creates, replaces, changes or deletes one feature (OGC 20-002), and keeps what is known of the collection. */
export function changeFeature(ctx: Changing, actor: Actor, wish: ChangeWish): Promise<Result<{ readonly id: string; readonly tag: string }, ChangeProblem>> {
  return ctx.database.transaction(async (tx) => {
    const collection = await lockCollection(tx, wish.collection);
    if (collection === undefined) return refuse(NO_COLLECTION as ChangeProblem);
    const now = ctx.clock();
    if (wish.how === 'create') {
      const made = toFeature(wish.body, collection, undefined, newId(now.epochMilliseconds));
      if (!made.ok) return made;
      const { id } = made.value;
      if ((await lockFeature(tx, collection.id, id)) !== undefined)
        return refuse<ChangeProblem>({ kind: 'conflict', detail: `„${id.slice(0, 80)}“ gibt es in dieser Sammlung schon. Ändern Sie das vorhandene Objekt.` });
      await keepFeatures(tx, collection, prepare([made.value]), now);
      await note(ctx, tx, actor, collection, 'created', id, now);
      return ok({ id, tag: await tagOf(tx, collection, id) });
    }
    const id = wish.feature ?? '';
    const kept = await lockFeature(tx, collection.id, id);
    if (kept === undefined) return refuse(NO_FEATURE);
    const unfit = guard(kept, wish.seen);
    if (unfit !== undefined) return refuse(unfit);
    if (wish.how === 'delete') {
      await deleteFeature(tx, collection.id, id);
      await updateSummary(tx, collection.id, now, { ...collection, added: -1 });
      await note(ctx, tx, actor, collection, 'deleted', id, now);
      return ok({ id, tag: kept.tag });
    }
    const changed = toFeature(wish.how === 'merge' ? mergePatch(JSON.parse(kept.body), wish.body) : wish.body, collection, id, id);
    if (!changed.ok) return changed;
    await keepFeatures(tx, collection, prepare([changed.value]), now);
    await note(ctx, tx, actor, collection, 'changed', id, now);
    return ok({ id, tag: await tagOf(tx, collection, id) });
  });
}

const tagOf = async (tx: Tx, { id }: Collection, feature: string): Promise<string> => (await lockFeature(tx, id, feature))!.tag;

function guard({ tag }: KeptFeature, seen: string | undefined): ChangeProblem | undefined {
  if (seen === undefined)
    return {
      kind: 'unguarded',
      detail: 'Senden Sie den Kopf „If-Match“ mit dem ETag, den Sie zuletzt gelesen haben. So überschreibt niemand, was er nicht gesehen hat.',
    };
  return seen === tag
    ? undefined
    : { kind: 'stale', detail: 'Jemand hat dieses Objekt inzwischen geändert. Lesen Sie es neu und wiederholen Sie Ihre Änderung.' };
}

/** @param id the address's; a feature's key never changes */
function toFeature(body: unknown, collection: Collection, id: string | undefined, otherwise: string): Result<NewFeature, ChangeProblem> {
  const { type, geometry, properties, id: own } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (type !== 'Feature') return refuse(invalidField('type', 'Senden Sie ein GeoJSON-Feature (RFC 7946).'));
  if (properties !== null && properties !== undefined && (typeof properties !== 'object' || Array.isArray(properties)))
    return refuse(invalidField('properties', '„properties“ ist ein JSON-Objekt.'));
  const values = (properties ?? {}) as Properties;
  const key = collection.keyProperty === undefined ? own : values[collection.keyProperty];
  const named = typeof key === 'string' || typeof key === 'number' ? String(key).trim() : '';
  if (collection.keyProperty !== undefined && named === '')
    return refuse(invalidField(`properties.${collection.keyProperty}`, 'Dieses Merkmal unterscheidet die Objekte und darf nicht fehlen.'));
  if (id !== undefined && named !== '' && named !== id) return refuse(invalidField(collection.keyProperty ?? 'id', `Das Objekt heißt „${id}“ und bleibt so.`));
  const given = id ?? (named === '' ? otherwise : named);
  if (given.length > 500) return refuse(invalidField('id', 'Eine Kennung hat höchstens 500 Zeichen.'));
  if (geometry === null || geometry === undefined) return ok({ id: given, geometry: null, properties: values });
  const read = readGeometry(geometry);
  return 'reason' in read ? refuse(invalidField('geometry', read.reason)) : ok({ id: given, geometry: read.geometry, properties: values });
}

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? (target as Record<string, unknown>) : {};
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

async function note(ctx: Changing, tx: Tx, actor: Actor, { id }: Collection, what: string, feature: string, now: Temporal.Instant): Promise<void> {
  await ctx.journal.append(tx, actor, now, [{ stream: `geodata:${id}`, kind: `geodata.feature-${what}`, payload: { feature } }]);
}
