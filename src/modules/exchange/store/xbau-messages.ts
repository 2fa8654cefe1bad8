import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { XbauParty, XbauReference } from '../domain/xbau-message.ts';

/** A message that came or went. */
export interface KeptMessage {
  readonly messageId: string;
  readonly caseId: string;
  readonly direction: 'in' | 'out';
  readonly type: string;
  readonly reference: string | null;
  readonly createdAt: string;
  readonly author: XbauParty | null;
}

const columns = sql`message_id as "messageId", case_id as "caseId", direction, type, reference, created_at as "createdAt", author`;

/** Keeps that a message belongs to a case; once, however often it comes. */
export async function keepMessage(tx: Tx, message: KeptMessage, at: Temporal.Instant): Promise<void> {
  await sql`insert into exchange.xbau_message (message_id, case_id, direction, type, reference, created_at, author, kept_at)
    values (${message.messageId}, ${message.caseId}, ${message.direction}, ${message.type}, ${message.reference}, ${message.createdAt},
      ${message.author}, ${at})
    on conflict (message_id) do nothing`.execute(tx);
}

export async function findMessage(db: Sql, messageId: string): Promise<KeptMessage | undefined> {
  return (await sql<KeptMessage>`select ${columns} from exchange.xbau_message where message_id = ${messageId}`.execute(db)).rows[0];
}

/** The last message that came to a case: who to answer, and what the answer refers to. */
export async function lastReceived(db: Sql, caseId: string): Promise<KeptMessage | undefined> {
  const rows = await sql<KeptMessage>`select ${columns} from exchange.xbau_message
    where case_id = ${caseId} and direction = 'in' order by kept_at desc, message_id desc limit 1`.execute(db);
  return rows.rows[0];
}

/** The case that a message speaks of, by the message it answers or by the portal's number. */
export async function caseOfReference(db: Sql, { message, reference }: XbauReference): Promise<string | undefined> {
  const rows = await sql<{ caseId: string }>`select case_id as "caseId" from exchange.xbau_message
    where message_id = ${message?.id ?? null} or reference = ${reference ?? null} order by kept_at limit 1`.execute(db);
  return rows.rows[0]?.caseId;
}

/** The portal's number of a case's application, if it came in XBau. */
export async function referenceOf(db: Sql, caseId: string): Promise<string | undefined> {
  const rows = await sql<{ reference: string }>`select reference from exchange.xbau_message
    where case_id = ${caseId} and reference is not null order by kept_at limit 1`.execute(db);
  return rows.rows[0]?.reference;
}
