import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';
import type { Collection, PropertyKind } from '../domain/collection.ts';

/** A feature ready for the table. */
export interface FeatureRow {
  readonly id: string;
  /** Hexadecimal EWKB in EPSG:25832, or none. */
  readonly ewkb: string | null;
  /** GeoJSON in CRS84. */
  readonly body: string;
}

export interface Kept {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Keeps features by their ids, in the order given; what is the same stays untouched. Ids are different from each other. */
export async function upsertFeatures(tx: Tx, collectionId: string, rows: readonly FeatureRow[], now: Temporal.Instant): Promise<Kept> {
  if (rows.length === 0) return { created: 0, changed: 0, unchanged: 0 };
  const { rows: counted } = await sql<{ created: number; changed: number }>`
    with input as materialized (
      select nextval('geodata.feature_seq') as seq, r.id, r.ewkb, r.body
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (id text, ewkb text, body text)) with ordinality as r (id, ewkb, body, place)
      order by r.place
    ), kept as (
      insert into geodata.feature as f (collection_id, seq, id, geometry, properties, body, changed_at)
      select ${collectionId}, seq, id, ewkb::geometry, coalesce(nullif(body::jsonb -> 'properties', 'null'), '{}'), body, ${now.toString()}::timestamptz from input
      on conflict (collection_id, id) do update set geometry = excluded.geometry, properties = excluded.properties, body = excluded.body,
        version = f.version + 1, changed_at = excluded.changed_at
        where f.body is distinct from excluded.body
      returning version
    )
    select count(*) filter (where version = 1) as created, count(*) filter (where version > 1) as changed from kept`.execute(tx);
  const { created, changed } = counted[0]!;
  return { created, changed, unchanged: rows.length - created - changed };
}

/** Removes features written before a run that were not in it. @returns how many */
export async function deleteOthers(tx: Tx, collectionId: string, keep: readonly string[]): Promise<number> {
  const { rows } = await sql`delete from geodata.feature where collection_id = ${collectionId}
    and not (id in (select jsonb_array_elements_text(${JSON.stringify(keep)}::jsonb))) returning 1`.execute(tx);
  return rows.length;
}

/** What is known of a collection, after its features have changed. */
export async function updateSummary(
  tx: Tx,
  id: string,
  now: Temporal.Instant,
  {
    added,
    extent,
    properties,
    geometryTypes,
  }: { readonly added: number; readonly properties: Readonly<Record<string, PropertyKind>> } & Pick<Collection, 'extent' | 'geometryTypes'>,
): Promise<void> {
  await sql`update geodata.collection set features = features + ${added}, extent = ${extent === undefined ? null : `{${extent.join(',')}}`}::float8[],
    properties = ${JSON.stringify(properties)}::jsonb, geometry_types = array(select jsonb_array_elements_text(${JSON.stringify(geometryTypes)}::jsonb)),
    changed_at = ${now.toString()}::timestamptz where id = ${id}`.execute(tx);
}
