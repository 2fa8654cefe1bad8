import { sql, type RawBuilder } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { FilterPlan } from '../domain/cql2-plan.ts';
import type { Crs } from '../domain/crs.ts';
import { compileCql2 } from './compile-cql2.ts';

/** A part of a collection in the order of `seq`. */
export interface FeatureQuery {
  readonly collectionId: string;
  readonly plans: readonly FilterPlan[];
  readonly crs: Crs;
  /** Only what comes after. */
  readonly after: number;
  readonly limit: number;
}

/** Features as GeoJSON texts with commas between, how many, and the last one's place. */
export interface FeatureChunk {
  readonly text: string;
  readonly count: number;
  readonly last: number;
}

/** The text as kept where CRS84 is asked for; else written anew with its geometry in the system asked for. */
function bodyIn({ srid, flipped, uri }: Crs): RawBuilder<string> {
  if (uri.endsWith('CRS84')) return sql`f.body`;
  const placed = srid === 25832 ? sql`f.geometry` : sql`st_transform(f.geometry, ${sql.lit(srid)})`;
  const geometry = sql`coalesce(st_asgeojson(${flipped ? sql`st_flipcoordinates(${placed})` : placed}, ${sql.lit(srid === 4326 ? 8 : 3)}, 0), 'null')`;
  return sql`'{"type":"Feature","id":' || to_json(f.id)::text || ',"geometry":' || ${geometry} || ',"properties":' || f.properties::text || '}'`;
}

/** One chunk, put together in the database: one row comes over, however many features it holds. */
export async function readChunk(db: Sql, { collectionId, plans, crs, after, limit }: FeatureQuery): Promise<FeatureChunk> {
  const conditions = plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const { rows } = await sql<{ text: string | null; count: number; last: string | null }>`
    select string_agg(body, ',' order by seq) as text, count(*)::int as count, max(seq)::text as last from (
      select f.seq, ${bodyIn(crs)} as body from geodata.feature f
      where f.collection_id = ${collectionId} and f.seq > ${after} ${sql.join(conditions, sql``)}
      order by f.seq limit ${limit}
    ) p`.execute(db);
  const { text, count, last } = rows[0]!;
  return { text: text ?? '', count, last: Number(last ?? after) };
}

/** A feature as it is kept, with its geometry (WKB) where another system than degrees is asked for. */
export interface FeatureRow {
  readonly seq: number;
  readonly body: string;
  readonly geometry: Uint8Array | null;
}

/** One chunk as rows, for formats that are not GeoJSON. */
export async function readRows(db: Sql, { collectionId, plans, crs: { srid }, after, limit }: FeatureQuery): Promise<readonly FeatureRow[]> {
  const conditions = plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const placed = srid === 4326 ? sql`null` : sql`st_asbinary(${srid === 25832 ? sql`f.geometry` : sql`st_transform(f.geometry, ${sql.lit(srid)})`})`;
  const { rows } = await sql<FeatureRow>`select f.seq, f.body, ${placed} as geometry from geodata.feature f
    where f.collection_id = ${collectionId} and f.seq > ${after} ${sql.join(conditions, sql``)} order by f.seq limit ${limit}`.execute(db);
  return rows;
}

/** Place of the last feature of a page that another one follows; `undefined` on the last page. */
export async function placeOfNext(db: Sql, { collectionId, plans, after, limit }: Omit<FeatureQuery, 'crs'>): Promise<number | undefined> {
  const conditions = plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const { rows } = await sql<{ seq: number }>`select f.seq from geodata.feature f
    where f.collection_id = ${collectionId} and f.seq > ${after} ${sql.join(conditions, sql``)} order by f.seq offset ${limit - 1} limit 2`.execute(db);
  return rows.length === 2 ? rows[0]!.seq : undefined;
}

/** Whether anything comes after this place. */
export async function hasMore(db: Sql, query: Omit<FeatureQuery, 'limit' | 'crs'>): Promise<boolean> {
  const conditions = query.plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const { rows } = await sql`select 1 from geodata.feature f
    where f.collection_id = ${query.collectionId} and f.seq > ${query.after} ${sql.join(conditions, sql``)} order by f.seq limit 1`.execute(db);
  return rows.length > 0;
}

export interface FeatureText {
  readonly text: string;
  readonly version: number;
}

export async function readFeature(db: Sql, collectionId: string, id: string, crs: Crs): Promise<FeatureText | undefined> {
  const { rows } =
    await sql<FeatureText>`select ${bodyIn(crs)} as text, f.version from geodata.feature f where f.collection_id = ${collectionId} and f.id = ${id}`.execute(
      db,
    );
  return rows[0];
}
