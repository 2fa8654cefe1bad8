import { sql } from 'kysely';
import type { PropertyKind } from '../../src/modules/geodata/domain/collection.ts';
import type { Database } from '../../src/platform/database/port.ts';

export interface TestFeature {
  readonly id: string;
  /** GeoJSON in CRS84. */
  readonly geometry: object | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A collection with these features, as an import would leave it. */
export async function addCollection(
  database: Database,
  collection: {
    readonly id: string;
    readonly title?: string;
    readonly access?: 'open' | 'internal';
    readonly properties: Readonly<Record<string, PropertyKind>>;
    readonly about?: object;
  },
  features: readonly TestFeature[],
): Promise<void> {
  const { id, title = id, access = 'open', properties, about = {} } = collection;
  await database.write(async (tx) => {
    await sql`insert into geodata.collection (id, title, access, properties, about, created_at, changed_at)
      values (${id}, ${title}, ${access}, ${JSON.stringify(properties)}::jsonb, ${JSON.stringify(about)}::jsonb, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z')`.execute(
      tx,
    );
    const { rows } = await sql<{ number: number }>`select number from geodata.collection where id = ${id}`.execute(tx);
    await sql`create table ${sql.raw(`geodata.feature_${rows[0]!.number}`)} partition of geodata.feature for values in (${sql.lit(id)})`.execute(tx);
    const texts = features.map((feature) => JSON.stringify({ type: 'Feature', id: feature.id, geometry: feature.geometry, properties: feature.properties }));
    await sql`insert into geodata.feature (collection_id, seq, id, geometry, properties, body, changed_at)
      select ${id}, nextval('geodata.feature_seq'), t.body::jsonb ->> 'id',
        st_transform(st_setsrid(st_geomfromgeojson(nullif(t.body::jsonb -> 'geometry', 'null')), 4326), 25832), t.body::jsonb -> 'properties', t.body, '2026-11-01T00:00:00Z'
      from unnest(${texts}::text[]) with ordinality as t (body, place) order by t.place`.execute(tx);
    await sql`update geodata.collection c set features = s.n, extent = s.extent, geometry_types = coalesce(s.types, '{}') from (
        select count(*) as n, array_agg(distinct substr(st_geometrytype(geometry), 4)) filter (where geometry is not null) as types,
          case when count(geometry) > 0 then array[min(st_xmin(g)), min(st_ymin(g)), max(st_xmax(g)), max(st_ymax(g))] end as extent
        from (select geometry, st_transform(geometry, 4326) as g from geodata.feature where collection_id = ${id}) f
      ) s where c.id = ${id}`.execute(tx);
  });
}
