import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Section } from '../domain/lage.ts';

export async function listSections(db: Sql, lageId: string): Promise<Section[]> {
  const { rows } = await sql<Section>`select id, parent_id as "parentId", kind, name, leader, area from situation.section
    where lage_id = ${lageId} and ended_at is null order by name limit 500`.execute(db);
  return rows;
}

/** @returns `false` when the name is taken */
export async function insertSection(tx: Tx, lageId: string, one: Section): Promise<boolean> {
  const { rows } = await sql`insert into situation.section (id, lage_id, parent_id, kind, name, leader, area)
    values (${one.id}, ${lageId}, ${one.parentId}, ${one.kind}, ${one.name}, ${one.leader}, ${one.area === null ? null : JSON.stringify(one.area)}::jsonb)
    on conflict (lage_id, name) do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function setSection(tx: Tx, lageId: string, id: string, { leader, area }: Pick<Section, 'leader' | 'area'>): Promise<Section | undefined> {
  const { rows } = await sql<Section>`update situation.section set leader = ${leader}, area = ${area === null ? null : JSON.stringify(area)}::jsonb
    where lage_id = ${lageId} and id = ${id} and ended_at is null returning id, parent_id as "parentId", kind, name, leader, area`.execute(tx);
  return rows[0];
}

/** @returns ids of the section and of those within it */
export async function endSections(tx: Tx, lageId: string, id: string, now: Temporal.Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update situation.section set ended_at = ${now}, name = name || ' (' || left(id::text, 18) || ')'
    where lage_id = ${lageId} and (id = ${id} or parent_id = ${id}) and ended_at is null returning id`.execute(tx);
  return rows.map((row) => row.id);
}
