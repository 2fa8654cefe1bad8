import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Source } from '../domain/events.ts';

/** An application as its source names it. */
export interface ReceivedRow {
  readonly source: Source;
  readonly reference: string;
  readonly caseId: string;
  readonly receivedAt: Temporal.Instant;
  /** Plain JSON that only the source understands. */
  readonly replyTo?: unknown;
}

/** The case that came of it. */
export async function findReceived(db: Sql, source: Source, reference: string): Promise<string | undefined> {
  const found = await sql<{ caseId: string }>`select case_id as "caseId" from procedure.received
    where source = ${source} and reference = ${reference}`.execute(db);
  return found.rows[0]?.caseId;
}

/** Takes the reference; waits for whoever takes it at the same moment. @returns false when it was taken before */
export async function insertReceived(tx: Tx, row: ReceivedRow): Promise<boolean> {
  const { source, reference, caseId, receivedAt, replyTo } = row;
  const inserted = await sql`insert into procedure.received (source, reference, case_id, received_at, reply_to)
    values (${source}, ${reference}, ${caseId}, ${receivedAt}, ${replyTo === undefined ? null : JSON.stringify(replyTo)}::jsonb)
    on conflict (source, reference) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

/** What the source needs to answer about the case. */
export async function replyOf(db: Sql, caseId: string): Promise<Pick<ReceivedRow, 'source' | 'reference' | 'replyTo'> | undefined> {
  const found = await sql<Pick<ReceivedRow, 'source' | 'reference' | 'replyTo'>>`select source, reference, reply_to as "replyTo" from procedure.received
    where case_id = ${caseId}`.execute(db);
  return found.rows[0];
}
