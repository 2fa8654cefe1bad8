import { sql, type RawBuilder } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { TileBox } from '../domain/tile-address.ts';

/** More than a map can show; the tile stays small enough to send. */
const MOST = 20_000;
/** Below this zoom one point in a square of four pixels stands for all. */
const THIN_BELOW = 14;
/** Four pixels of 1024, in tile coordinates. */
const SQUARE = 16;

/** A feature near a tile; its geometry in EPSG:25832 as WKB, simplified to half a pixel of 1024. */
export interface TileRow {
  readonly seq: number;
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: Uint8Array;
}

/** What lies in a tile or beside it, in the order kept. */
export async function readTile(db: Sql, collectionId: string, { zoom, unitMetres, area }: TileBox): Promise<readonly TileRow[]> {
  const here = sql`f.collection_id = ${collectionId} and f.geometry && st_setsrid(st_geomfromgeojson(${JSON.stringify(area)}), 25832)`;
  const chosen = zoom < THIN_BELOW ? sql`f.collection_id = ${collectionId} and f.seq in (${thinned(here, unitMetres * SQUARE)})` : here;
  const { rows } = await sql<TileRow>`
    select f.seq, f.id, f.properties - 'cityjson' as properties, st_asbinary(case when st_dimension(f.geometry) = 0 then f.geometry else st_simplify(f.geometry, ${unitMetres * 2}::float8, true) end) as geometry
    from geodata.feature f where ${chosen} order by f.seq limit ${MOST}`.execute(db);
  return rows;
}

/** Of points in the same square the first; lines and areas are all there. */
const thinned = (here: RawBuilder<unknown>, squareMetres: number): RawBuilder<unknown> => sql`
  select min(f.seq) from geodata.feature f where ${here}
  group by floor(st_xmin(f.geometry) / ${squareMetres}::float8), floor(st_ymin(f.geometry) / ${squareMetres}::float8), case when geometrytype(f.geometry) = 'POINT' then null else f.seq end
  order by 1 limit ${MOST}`;
