import { sql, type RawBuilder } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { DrawnFeature, PictureSquare } from '../domain/picture-square.ts';

/** More than a picture can show; it stays small enough to send. */
const MOST = 20_000;
/** Below this zoom one point in a square of four pixels of 1024 stands for all. */
const THIN_BELOW = 14;

/** Features spread over the whole of a collection, about so many: reading all of a large one would keep everybody waiting. */
const sampled = (collectionId: string, about: number): RawBuilder<unknown> => sql`
  select distinct on (f.seq) f.seq, f.id, f.properties - 'cityjson' as properties, st_transform(f.geometry, 3857) as geometry
  from (select min(seq) as first, max(seq) as last from geodata.feature where collection_id = ${collectionId}) ends,
    generate_series(ends.first, ends.last, greatest(1, (ends.last - ends.first) / ${sql.lit(about)})) place,
    lateral (select * from geodata.feature where collection_id = ${collectionId} and seq >= place order by seq limit 1) f`;

const inArea = (collectionId: string, area: object): RawBuilder<unknown> => sql`
  select f.seq, f.id, f.properties - 'cityjson' as properties, st_transform(f.geometry, 3857) as geometry from geodata.feature f
  where f.collection_id = ${collectionId} and f.geometry && st_setsrid(st_geomfromgeojson(${JSON.stringify(area)}), 25832)`;

/**
 * What lies in a square around a picture, clipped, simplified to half a pixel of 1024, in the square's coordinates.
 * @param about reads only about so many of the whole collection
 */
export async function readPicture(
  db: Sql,
  collectionId: string,
  { zoom, west, south, size, extent, area }: PictureSquare,
  about: number | undefined,
): Promise<readonly DrawnFeature[]> {
  const scale = extent / size;
  const square = sql`st_makeenvelope(${west}, ${south}, ${west + size}, ${south + size}, 3857)`;
  const { rows } = await sql<{ id: string; geometry: string; properties: Record<string, unknown> }>`
    with here as (${about === undefined ? inArea(collectionId, area) : sampled(collectionId, about)}), cut as (
      select seq, id, properties, case when st_dimension(geometry) = 0 then geometry else
        st_simplifypreservetopology(st_clipbybox2d(geometry, ${square}), ${size / 2048}) end as geometry
      from here where geometry && ${square}
    ), placed as (
      select seq, id, properties, st_transscale(geometry, ${-west}::float8, ${-south}::float8, ${scale}::float8, ${scale}::float8) as geometry
      from cut where not st_isempty(geometry)
    ), thinned as (
      select *, case when ${zoom < THIN_BELOW} and st_geometrytype(geometry) = 'ST_Point'
        then row_number() over (partition by st_geometrytype(geometry) = 'ST_Point', floor(st_xmin(geometry) / 16), floor(st_ymin(geometry) / 16) order by seq)
        else 1 end as place
      from placed
    )
    select id, properties, st_asgeojson(geometry, 0, 0) as geometry from thinned where place = 1 order by seq limit ${MOST}`.execute(db);
  return rows.map(({ id, geometry, properties }) => ({ id, geometry: JSON.parse(geometry) as DrawnFeature['geometry'], properties }));
}
