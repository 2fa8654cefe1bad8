import { sql, type RawBuilder } from 'kysely';
import type { Database, Sql } from '../../../platform/database/port.ts';
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

/** A filter would take too long. */
export class TooCostly extends Error {}

/** What a filter asks is bounded; a walk along the order of a collection is not, being as long as its limit. @throws TooCostly */
async function askBounded<Row>(database: Database, { plans }: Pick<FeatureQuery, 'plans'>, query: RawBuilder<Row>): Promise<readonly Row[]> {
  if (plans.length === 0) return (await query.execute(database.read)).rows;
  const rows = await database.askBounded(query.compile(database.read));
  if (rows === 'too-costly') throw new TooCostly();
  return rows;
}

/** One chunk, put together in the database: one row comes over, however many features it holds. */
export async function readChunk(database: Database, { collectionId, plans, crs, after, limit }: FeatureQuery): Promise<FeatureChunk> {
  const conditions = plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const query = sql<{ text: string | null; count: number; last: string | null }>`
    select string_agg(body, ',' order by seq) as text, count(*)::int as count, max(seq)::text as last from (
      select f.seq, ${bodyIn(crs)} as body from geodata.feature f
      where f.collection_id = ${collectionId} and f.seq > ${after} ${sql.join(conditions, sql``)}
      order by f.seq limit ${limit}
    ) p`;
  const rows = await askBounded(database, { plans }, query);
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
export async function readRows(database: Database, { collectionId, plans, crs: { srid }, after, limit }: FeatureQuery): Promise<readonly FeatureRow[]> {
  const conditions = plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const placed = srid === 4326 ? sql`null` : sql`st_asbinary(${srid === 25832 ? sql`f.geometry` : sql`st_transform(f.geometry, ${sql.lit(srid)})`})`;
  return askBounded(
    database,
    { plans },
    sql<FeatureRow>`select f.seq, f.body, ${placed} as geometry from geodata.feature f
    where f.collection_id = ${collectionId} and f.seq > ${after} ${sql.join(conditions, sql``)} order by f.seq limit ${limit}`,
  );
}

/** Place of the last feature of a page that another one follows; `undefined` on the last page. */
export async function placeOfNext(database: Database, { collectionId, plans, after, limit }: Omit<FeatureQuery, 'crs'>): Promise<number | undefined> {
  const conditions = plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const rows = await askBounded(
    database,
    { plans },
    sql<{ seq: number }>`select f.seq from geodata.feature f
    where f.collection_id = ${collectionId} and f.seq > ${after} ${sql.join(conditions, sql``)} order by f.seq offset ${limit - 1} limit 2`,
  );
  return rows.length === 2 ? rows[0]!.seq : undefined;
}

/** Whether anything comes after this place; where that costs too much to know, something may. */
export async function hasMore(database: Database, { plans, collectionId, after }: Omit<FeatureQuery, 'limit' | 'crs'>): Promise<boolean> {
  const conditions = plans.map((plan) => sql` and ${compileCql2(plan)}`);
  const query = sql`select 1 from geodata.feature f
    where f.collection_id = ${collectionId} and f.seq > ${after} ${sql.join(conditions, sql``)} order by f.seq limit 1`;
  try {
    return (await askBounded(database, { plans }, query)).length > 0;
  } catch (error) {
    if (error instanceof TooCostly) return true;
    throw error;
  }
}

/** The state of a feature `f`; a feature deleted and made anew has another place, so no tag ever comes twice. */
export const TAG = sql<string>`(f.seq || '-' || f.version)`;

export interface FeatureText {
  readonly text: string;
  /** ETag, without its quotes. */
  readonly tag: string;
}

export async function readFeature(db: Sql, collectionId: string, id: string, crs: Crs): Promise<FeatureText | undefined> {
  const { rows } =
    await sql<FeatureText>`select ${bodyIn(crs)} as text, ${TAG} as tag from geodata.feature f where f.collection_id = ${collectionId} and f.id = ${id}`.execute(
      db,
    );
  return rows[0];
}
