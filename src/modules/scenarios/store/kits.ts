import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Kit } from '../domain/kit.ts';

const KIT = sql`id, owner, title, question, views, to_json(scenario_ids) as "scenarioIds", source, created_at as "createdAt"`;

export async function insertKit(tx: Tx, { id, owner, title, question, views, scenarioIds, source, createdAt }: Kit): Promise<void> {
  await sql`insert into scenarios.kit (id, owner, title, question, views, scenario_ids, source, created_at)
    values (${id}, ${owner}, ${title}, ${question}, ${JSON.stringify(views)}::jsonb, ${scenarioIds}::uuid[], ${source}, ${createdAt})`.execute(tx);
}

/** Newest first. */
export async function listKits(db: Sql, owner: string): Promise<readonly Kit[]> {
  return (await sql<Kit>`select ${KIT} from scenarios.kit where owner = ${owner} order by id desc`.execute(db)).rows;
}

export async function findKit(db: Sql, id: string, owner: string): Promise<Kit | undefined> {
  return (await sql<Kit>`select ${KIT} from scenarios.kit where id = ${id} and owner = ${owner}`.execute(db)).rows[0];
}

export async function deleteKit(tx: Tx, id: string): Promise<void> {
  await sql`delete from scenarios.kit where id = ${id}`.execute(tx);
}
