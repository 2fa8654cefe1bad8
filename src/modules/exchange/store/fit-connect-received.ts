import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** A submission that was fetched and judged; `answer` is our signed event. */
export interface Received {
  readonly submissionId: string;
  readonly fitCaseId: string;
  readonly destinationId: string;
  readonly caseId: string | null;
  readonly outcome: 'accepted' | 'rejected';
  /** URIs of what was wrong. */
  readonly problems: readonly string[];
  readonly answer: string;
  readonly answerJti: string;
  readonly receivedAt: Temporal.Instant;
  readonly answeredAt: Temporal.Instant | null;
}

const columns = sql`submission_id as "submissionId", fit_case_id as "fitCaseId", destination_id as "destinationId", case_id as "caseId", outcome, problems,
  answer, answer_jti as "answerJti", received_at as "receivedAt", answered_at as "answeredAt"`;

export async function findReceived(db: Sql, submissionId: string): Promise<Received | undefined> {
  return (await sql<Received>`select ${columns} from exchange.fit_connect_received where submission_id = ${submissionId}`.execute(db)).rows[0];
}

/** Keeps the judgement. @returns false when somebody else was faster */
export async function insertReceived(tx: Tx, one: Omit<Received, 'answeredAt'>): Promise<boolean> {
  const inserted = await sql`insert into exchange.fit_connect_received
    (submission_id, fit_case_id, destination_id, case_id, outcome, problems, answer, answer_jti, received_at)
    values (${one.submissionId}, ${one.fitCaseId}, ${one.destinationId}, ${one.caseId}, ${one.outcome}, ${JSON.stringify(one.problems)}::jsonb, ${one.answer},
      ${one.answerJti}, ${one.receivedAt}) on conflict (submission_id) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

/** @returns whether it was unanswered until now */
export async function setAnswered(tx: Tx, submissionId: string, at: Temporal.Instant): Promise<boolean> {
  const updated = await sql`update exchange.fit_connect_received set answered_at = ${at} where submission_id = ${submissionId} and answered_at is null`.execute(
    tx,
  );
  return Number(updated.numAffectedRows ?? 0) === 1;
}

/** Judged submissions whose answer the delivery service has not taken yet, oldest first. */
export async function unanswered(db: Sql, limit: number): Promise<Received[]> {
  return (await sql<Received>`select ${columns} from exchange.fit_connect_received where answered_at is null order by received_at limit ${limit}`.execute(db))
    .rows;
}

/** The latest judged submissions, newest first. */
export async function listReceived(db: Sql, limit: number): Promise<Received[]> {
  return (await sql<Received>`select ${columns} from exchange.fit_connect_received order by received_at desc, submission_id limit ${limit}`.execute(db)).rows;
}
