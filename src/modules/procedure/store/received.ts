import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

export interface ReceivedRow {
  readonly source: string;
  readonly reference: string;
  readonly caseId: string;
  readonly receivedAt: Temporal.Instant;
  readonly replyTo: unknown;
}

/** Takes an application's name for a case; another one at the same moment waits. @returns the case that has it */
export async function claimReceived(tx: Tx, row: ReceivedRow): Promise<string> {
  await sql`insert into procedure.received (source, reference, case_id, received_at, reply_to)
    values (${row.source}, ${row.reference}, ${row.caseId}, ${row.receivedAt}, ${row.replyTo === undefined ? null : JSON.stringify(row.replyTo)}::jsonb)
    on conflict (source, reference) do nothing`.execute(tx);
  const found = await sql<{ caseId: string }>`select case_id as "caseId" from procedure.received
    where source = ${row.source} and reference = ${row.reference}`.execute(tx);
  return found.rows[0]!.caseId;
}
