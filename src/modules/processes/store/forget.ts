import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

/** Forgets what somebody has ordered. What is being calculated ends as nobody's, and is tidied away with the rest. */
export async function forgetOwner(tx: Tx, owner: string): Promise<void> {
  await sql`delete from processes.job where owner = ${owner} and status not in ('accepted', 'running')`.execute(tx);
  await sql`update processes.job set owner = 'citizen:deleted', share_hash = null where owner = ${owner}`.execute(tx);
}
