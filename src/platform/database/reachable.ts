import { sql } from 'kysely';
import type { Sql } from './port.ts';

/** Whether the database answers and has been migrated. */
export async function isReachable(db: Sql): Promise<boolean> {
  return sql`select 1 from platform.journal_head`.execute(db).then(
    () => true,
    () => false,
  );
}
