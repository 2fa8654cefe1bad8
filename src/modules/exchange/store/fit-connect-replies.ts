import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { AuthenticationTags } from '../domain/fit-connect-events.ts';

export type ReplyState = 'prepared' | 'submitted' | 'failed' | 'by-post';

/** A letter that goes back through FIT-Connect, or why it does not. */
export interface Reply {
  readonly id: string;
  readonly caseId: string;
  readonly letterKey: string;
  readonly fitCaseId: string | null;
  readonly replyId: string | null;
  readonly tags: AuthenticationTags | null;
  readonly state: ReplyState;
  readonly reason: string | null;
  readonly preparedAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
}

const columns = sql`id, case_id as "caseId", letter_key as "letterKey", fit_case_id as "fitCaseId", reply_id as "replyId", tags, state, reason,
  prepared_at as "preparedAt", changed_at as "changedAt"`;

/** Keeps what is to be sent. @returns false when this letter was prepared before */
export async function insertReply(tx: Tx, reply: Omit<Reply, 'replyId' | 'changedAt'>): Promise<boolean> {
  const { id, caseId, letterKey, fitCaseId, tags, state, reason, preparedAt } = reply;
  const inserted = await sql`insert into exchange.fit_connect_reply (id, case_id, letter_key, fit_case_id, tags, state, reason, prepared_at, changed_at)
    values (${id}, ${caseId}, ${letterKey}, ${fitCaseId}, ${tags === null ? null : JSON.stringify(tags)}::jsonb, ${state}, ${reason}, ${preparedAt}, ${preparedAt})
    on conflict (case_id, letter_key) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

export async function findReply(db: Sql, caseId: string, letterKey: string): Promise<Reply | undefined> {
  const rows = await sql<Reply>`select ${columns} from exchange.fit_connect_reply where case_id = ${caseId} and letter_key = ${letterKey}`.execute(db);
  return rows.rows[0];
}

/** What the delivery service calls it; the first who announced it names it. @returns the name that counts */
export async function setReplyAnnounced(tx: Tx, id: string, replyId: string, at: Temporal.Instant): Promise<string> {
  const rows = await sql<{ replyId: string }>`update exchange.fit_connect_reply set reply_id = coalesce(reply_id, ${replyId}), changed_at = ${at}
    where id = ${id} returning reply_id as "replyId"`.execute(tx);
  return rows.rows[0]!.replyId;
}

/** The delivery service forgot it: it has to be announced anew. */
export async function forgetReplyAnnounced(tx: Tx, id: string, at: Temporal.Instant): Promise<void> {
  await sql`update exchange.fit_connect_reply set reply_id = null, changed_at = ${at} where id = ${id}`.execute(tx);
}

/** Ends it, and forgets the encrypted parts. @returns false when it had ended before */
export async function endReply(tx: Tx, id: string, state: 'submitted' | 'failed', reason: string | null, at: Temporal.Instant): Promise<boolean> {
  const updated = await sql`update exchange.fit_connect_reply set state = ${state}, reason = ${reason}, changed_at = ${at}
    where id = ${id} and state = 'prepared'`.execute(tx);
  await sql`delete from exchange.fit_connect_reply_part where reply = ${id}`.execute(tx);
  return Number(updated.numAffectedRows ?? 0) === 1;
}

export async function insertReplyPart(tx: Tx, reply: string, { part, jwe }: { readonly part: string; readonly jwe: string }): Promise<void> {
  await sql`insert into exchange.fit_connect_reply_part (reply, part, jwe) values (${reply}, ${part}, ${jwe})`.execute(tx);
}

export async function readReplyPart(db: Sql, reply: string, part: string): Promise<string | undefined> {
  return (await sql<{ jwe: string }>`select jwe from exchange.fit_connect_reply_part where reply = ${reply} and part = ${part}`.execute(db)).rows[0]?.jwe;
}

/** Our latest replies, newest first. */
export async function listReplies(db: Sql, limit: number): Promise<Reply[]> {
  return (await sql<Reply>`select ${columns} from exchange.fit_connect_reply order by prepared_at desc, id limit ${limit}`.execute(db)).rows;
}

/** Those of one case, oldest first. */
export async function repliesOfCase(db: Sql, caseId: string): Promise<Reply[]> {
  return (await sql<Reply>`select ${columns} from exchange.fit_connect_reply where case_id = ${caseId} order by prepared_at, id`.execute(db)).rows;
}
