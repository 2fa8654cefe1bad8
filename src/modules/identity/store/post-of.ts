import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import { inForce } from './mandates.ts';

/** Accounts whose post somebody receives under a mandate in force, of whatever service. */
export async function holdersWithPostTo(db: Sql, agentId: string, day: Temporal.PlainDate): Promise<string[]> {
  const rows = await sql<{ id: string }>`select distinct m.holder_id as id from identity.mandate m
    where m.agent_id = ${agentId} and m.receives and ${inForce(day)} order by id`.execute(db);
  return rows.rows.map(({ id }) => id);
}
