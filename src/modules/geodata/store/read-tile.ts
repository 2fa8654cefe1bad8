import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { TileFeature } from '../domain/mvt.ts';
import type { TileBox } from '../domain/tile-address.ts';

/** More than a map can show; the tile stays small enough to send. */
const MOST = 20_000;
/** Below this zoom one point in a square of four pixels stands for all. */
const THIN_BELOW = 14;

/** What lies in a tile, clipped, simplified to half a pixel of 1024 and in its coordinates, 0 to 4096. */
export async function readTile(db: Sql, collectionId: string, { zoom, west, south, size, margin, area }: TileBox): Promise<readonly TileFeature[]> {
  const scale = 4096 / size;
  const { rows } = await sql<{ id: string; geometry: string; properties: Record<string, unknown>; name: string }>`
    with here as (
      select f.seq, f.id, f.properties, st_transform(f.geometry, 3857) as geometry from geodata.feature f
      where f.collection_id = ${collectionId} and f.geometry && st_setsrid(st_geomfromgeojson(${JSON.stringify(area)}), 25832)
    ), cut as (
      select seq, id, properties, case when st_dimension(geometry) = 0 then geometry else
        st_simplifypreservetopology(st_clipbybox2d(geometry, st_makeenvelope(${west - margin}, ${south - margin}, ${west + size + margin}, ${south + size + margin}, 3857)), ${size / 2048})
        end as geometry
      from here where geometry && st_makeenvelope(${west - margin}, ${south - margin}, ${west + size + margin}, ${south + size + margin}, 3857)
    ), placed as (
      select seq, id, properties, st_transscale(geometry, ${-west}::float8, ${-south}::float8, ${scale}::float8, ${scale}::float8) as geometry
      from cut where not st_isempty(geometry)
    ), thinned as (
      select *, case when ${zoom < THIN_BELOW} and st_geometrytype(geometry) = 'ST_Point'
        then row_number() over (partition by st_geometrytype(geometry) = 'ST_Point', floor(st_xmin(geometry) / 16), floor(st_ymin(geometry) / 16) order by seq)
        else 1 end as place
      from placed
    )
    select seq::text as id, id as name, properties, st_asgeojson(geometry, 0, 0) as geometry from thinned where place = 1 order by seq limit ${MOST}`.execute(
    db,
  );
  return rows.map(({ id, geometry, properties, name }) => ({
    id: Number(id),
    geometry: JSON.parse(geometry) as TileFeature['geometry'],
    properties: { ...properties, id: name },
  }));
}
