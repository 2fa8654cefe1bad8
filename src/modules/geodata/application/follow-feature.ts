import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Properties } from '../domain/feature.ts';
import { readGeometry } from '../domain/geometry.ts';
import { deleteFeature, lockFeature } from '../store/change-feature.ts';
import { lockCollection } from '../store/collections.ts';
import { updateSummary } from '../store/keep-features.ts';
import { NO_COLLECTION } from './collections.ts';
import { keepFeatures, prepare } from './keep-features.ts';

type Following = Pick<Context, 'database' | 'journal' | 'clock'>;

/** A feature whose truth is another module's. */
export interface FollowedFeature {
  readonly id: string;
  /** GeoJSON in CRS84. */
  readonly geometry: unknown;
  readonly properties: Properties;
}

/**
 * Makes a feature say what another module says now. Nobody has seen a version of it: who follows owns it
 * whole, so there is no `If-Match`. The same again changes nothing. Opens a transaction of its own.
 */
export function followFeature(
  ctx: Following,
  actor: Actor,
  collectionId: string,
  one: FollowedFeature,
): Promise<Result<{ readonly changed: boolean }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    const collection = await lockCollection(tx, collectionId);
    if (collection === undefined) return refuse(NO_COLLECTION);
    const read = one.geometry === null ? { geometry: null } : readGeometry(one.geometry);
    if ('reason' in read) throw new Error(`a followed feature has no geometry: ${read.reason}`);
    const now = ctx.clock();
    const kept = await keepFeatures(tx, collection, prepare([{ id: one.id, geometry: read.geometry, properties: one.properties }]), now);
    const what = kept.created > 0 ? 'created' : kept.changed > 0 ? 'changed' : undefined;
    if (what !== undefined) {
      await ctx.journal.append(tx, actor, now, [{ stream: `geodata:${collectionId}`, kind: `geodata.feature-${what}`, payload: { feature: one.id } }]);
    }
    return ok({ changed: what !== undefined });
  });
}

/** Takes a followed feature away; nothing happens where it is not. @returns whether it was there */
export function unfollowFeature(ctx: Following, actor: Actor, collectionId: string, featureId: string): Promise<boolean> {
  return ctx.database.write(async (tx) => {
    const collection = await lockCollection(tx, collectionId);
    if (collection === undefined || (await lockFeature(tx, collectionId, featureId)) === undefined) return false;
    const now = ctx.clock();
    await deleteFeature(tx, collectionId, featureId);
    await updateSummary(tx, collectionId, now, { ...collection, added: -1 });
    await ctx.journal.append(tx, actor, now, [{ stream: `geodata:${collectionId}`, kind: 'geodata.feature-deleted', payload: { feature: featureId } }]);
    return true;
  });
}
