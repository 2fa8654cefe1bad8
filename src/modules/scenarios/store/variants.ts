import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Plan } from '../domain/plan.ts';
import type { Variant } from '../domain/scenario.ts';

/** All variants of a scenario, the base first. */
export async function listVariants(db: Sql, scenarioId: string): Promise<readonly Variant[]> {
  const { rows } = await sql<Variant>`select id, scenario_id as "scenarioId", number, name, description, plan, version
    from scenarios.variant where scenario_id = ${scenarioId} order by number`.execute(db);
  return rows;
}

export async function insertVariant(tx: Tx, { id, scenarioId, number, name, description, plan }: Omit<Variant, 'version'>): Promise<void> {
  await sql`insert into scenarios.variant (id, scenario_id, number, name, description, plan)
    values (${id}, ${scenarioId}, ${number}, ${name}, ${description}, ${JSON.stringify(plan)}::jsonb)`.execute(tx);
}

export async function setPlan(tx: Tx, id: string, plan: Plan): Promise<void> {
  await sql`update scenarios.variant set plan = ${JSON.stringify(plan)}::jsonb, version = version + 1 where id = ${id}`.execute(tx);
}

export async function describeVariant(tx: Tx, id: string, { name, description }: Pick<Variant, 'name' | 'description'>): Promise<void> {
  await sql`update scenarios.variant set name = ${name}, description = ${description} where id = ${id}`.execute(tx);
}

export async function deleteVariant(tx: Tx, id: string): Promise<void> {
  await sql`delete from scenarios.variant where id = ${id}`.execute(tx);
}
