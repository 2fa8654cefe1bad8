import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { Geometry } from '../domain/cql2-tree.ts';

/** So far along `seq` features are looked at in order, before the index of places is asked. */
const LOOKED = 5000;

export interface AreaRow {
  readonly seq: number;
  /** GeoJSON in CRS84, as kept. */
  readonly body: string;
}

/**
 * What touches an area of EPSG:25832, in the order of `seq`; without an area, all.
 * @param inOrder looks along `seq` until there are enough, and not far: right where much of the collection lies in the area
 */
export async function readArea(
  db: Sql,
  collectionId: string,
  { area, inOrder, after, limit }: { readonly area: Geometry | undefined; readonly inOrder: boolean; readonly after: number; readonly limit: number },
): Promise<AreaRow[]> {
  const touching =
    area === undefined
      ? sql`true`
      : inOrder
        ? sql`st_intersects(f.geometry, (select area from here))`
        : sql`f.geometry && (select area from here) and st_intersects(f.geometry, (select area from here))`;
  // bounded by `seq` and not by a limit: without statistics, as after an import, all would be sorted first
  const nearBy = inOrder
    ? sql` and f.seq <= ${sql.lit(LOOKED)} + (select min(seq) from geodata.feature where collection_id = ${collectionId} and seq > ${after})`
    : sql``;
  const { rows } = await sql<{ seq: string; body: string }>`
    with here as materialized (select st_setsrid(st_geomfromgeojson(${area === undefined ? null : JSON.stringify(area)}), 25832) as area)
    select f.seq::text as seq, f.body from geodata.feature f
    where f.collection_id = ${collectionId} and f.seq > ${after}${nearBy} and ${touching} order by f.seq limit ${limit}`.execute(db);
  return rows.map(({ seq, body }) => ({ seq: Number(seq), body }));
}
