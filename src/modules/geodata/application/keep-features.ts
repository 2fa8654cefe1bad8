import type { Tx } from '../../../platform/database/port.ts';
import type { Collection } from '../domain/collection.ts';
import { bodyOf, withKinds, type NewFeature } from '../domain/feature.ts';
import { boxOf, joinBoxes, toEwkb } from '../domain/geometry.ts';
import { updateSummary, upsertFeatures, type FeatureRow, type Kept } from '../store/keep-features.ts';

/** Checked features as their rows: written before the collection is locked. */
export interface Prepared {
  readonly features: readonly NewFeature[];
  readonly rows: readonly FeatureRow[];
}

export const prepare = (features: readonly NewFeature[]): Prepared => ({
  features,
  rows: features.map((feature) => ({
    id: feature.id,
    ewkb: feature.geometry === null ? null : toEwkb(feature.geometry),
    body: bodyOf(feature),
  })),
});

/** Keeps features, and what is known of their collection. @param collection locked by the caller */
export async function keepFeatures(tx: Tx, collection: Collection, { features, rows }: Prepared, now: Temporal.Instant): Promise<Kept> {
  const kept = await upsertFeatures(tx, collection.id, rows, now);
  const geometries = features.flatMap(({ geometry }) => geometry ?? []);
  const extent = joinBoxes(collection.extent, boxOf(geometries));
  await updateSummary(tx, collection.id, now, {
    added: kept.created,
    properties: withKinds(collection.properties, features),
    geometryTypes: [...new Set([...collection.geometryTypes, ...geometries.map(({ type }) => type)])].toSorted(),
    ...(extent === undefined ? {} : { extent }),
  });
  return kept;
}
