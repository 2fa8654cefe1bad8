import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

export async function insertImported(tx: Tx, sourceId: string, objectIds: readonly string[]): Promise<void> {
  await sql`insert into feeds.imported (source_id, object_id) select ${sourceId}::uuid, id from unnest(${[...objectIds]}::text[]) as o (id)`.execute(tx);
}

/** An import of this Lage, held, with what it brought. */
export async function lockImport(tx: Tx, lageId: string, id: string): Promise<{ readonly active: boolean; readonly objects: readonly string[] } | undefined> {
  const { rows } = await sql<{
    active: boolean;
  }>`select active from feeds.source where lage_id = ${lageId} and id = ${id}::uuid and kind = 'import' for update`.execute(tx);
  const active = rows[0]?.active;
  if (active === undefined) return undefined;
  const objects = await sql<{ id: string }>`select object_id as id from feeds.imported where source_id = ${id}::uuid`.execute(tx);
  return { active, objects: objects.rows.map((row) => row.id) };
}
